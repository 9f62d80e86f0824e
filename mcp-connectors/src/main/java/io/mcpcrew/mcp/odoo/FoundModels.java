package io.mcpcrew.mcp.odoo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Finds out which further models an account's Odoo has, and what its user may do with them: those
/// of the installed applications that people open from a menu and make records of, as far as the
/// operator's patterns name them, and what those name whole.
final class FoundModels {
  /// More would fill a model's context and help nobody.
  private static final int MOST_MODELS = 30;

  private static final int MOST_FIELDS = 20;

  private static final List<String> TOLD =
      List.of("string", "type", "relation", "required", "readonly", "selection", "store");

  private static final Set<String> TYPES =
      Set.of(
          "char",
          "text",
          "html",
          "integer",
          "float",
          "monetary",
          "boolean",
          "date",
          "datetime",
          "selection",
          "many2one");

  /// There are better tools for these.
  private static final Set<String> OURS =
      Set.of(
          "res.partner",
          "product.product",
          "product.template",
          "sale.order",
          "account.move",
          "crm.lead",
          "calendar.event");

  private final Odoo odoo;
  private final OdooSettings settings;

  FoundModels(Odoo odoo, OdooSettings settings) {
    this.odoo = odoo;
    this.settings = settings;
  }

  List<FoundModel> find(OdooCall call) throws IOException, InterruptedException {
    var found = new ArrayList<FoundModel>();
    for (String model : named(call)) {
      if (found.size() < MOST_MODELS) {
        describe(call, model)
            .filter(known -> known.creatable() || settings.foundModels().contains(model))
            .ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  /// What is named whole needs no search, which only administrators may do.
  private Set<String> named(OdooCall call) throws IOException, InterruptedException {
    Set<String> models = new LinkedHashSet<>();
    settings.foundModels().stream().filter(name -> !name.endsWith("*")).forEach(models::add);
    if (settings.foundModels().stream().anyMatch(name -> name.endsWith("*"))) {
      installed(call).stream()
          .filter(model -> OutOfReach.isOffered(model) && !OURS.contains(model))
          .filter(settings::isFound)
          .forEach(models::add);
    }
    return models;
  }

  private Set<String> installed(OdooCall call) throws IOException, InterruptedException {
    try {
      List<String> applications =
          texts(
              odoo.search(
                  call,
                  "ir.module.module",
                  Query.where(List.of("application", "=", true), List.of("state", "=", "installed"))
                      .give("name")),
              "name");
      List<Long> ids =
          odoo
              .search(
                  call,
                  "ir.model.data",
                  Query.where(
                          List.of("model", "=", "ir.model"), List.of("module", "in", applications))
                      .give("res_id"))
              .stream()
              .map(row -> row.fields().path("res_id").asLong())
              .toList();
      List<String> models =
          texts(
              odoo.search(
                  call,
                  "ir.model",
                  Query.where(List.of("id", "in", ids), List.of("transient", "=", false))
                      .give("model")),
              "model");
      return new TreeSet<>(
          texts(
              odoo.search(
                  call,
                  "ir.actions.act_window",
                  Query.where(List.of("res_model", "in", models)).give("res_model")),
              "res_model"));
    } catch (OdooRefusal notAnAdministrator) {
      return Set.of();
    }
  }

  private static List<String> texts(List<Row> rows, String field) {
    return rows.stream().map(row -> row.text(field)).distinct().toList();
  }

  /// Empty for a model that is not there, or that the account's user may not read.
  private Optional<FoundModel> describe(OdooCall call, String model)
      throws IOException, InterruptedException {
    try {
      if (!may(call, model, "read")) {
        return Optional.empty();
      }
      JsonNode form =
          odoo.call(call, model, "get_views", Map.of("views", List.of(List.of(false, "form"))));
      String arch = form.path("views").path("form").path("arch").asString("");
      JsonNode known = odoo.call(call, model, "fields_get", Map.of("attributes", TOLD));
      boolean creatable = may(call, model, "create");
      List<FoundModel.Field> fields = fields(call, model, FormFields.of(arch), known, creatable);
      return Optional.of(new FoundModel(model, FormFields.title(arch, model), fields, creatable));
    } catch (OdooRefusal notThere) {
      return Optional.empty();
    }
  }

  /// Model-wide: which records it may see or make is for rules that only Odoo knows.
  private boolean may(OdooCall call, String model, String operation)
      throws IOException, InterruptedException {
    return odoo.call(
            call,
            model,
            "check_access_rights",
            Map.of("operation", operation, "raise_exception", false))
        .asBoolean(false);
  }

  /// What is needed comes first, so that no limit cuts it off.
  private List<FoundModel.Field> fields(
      OdooCall call, String model, List<String> shown, JsonNode known, boolean creatable)
      throws IOException, InterruptedException {
    Set<String> needed = creatable ? needed(call, model, known) : Set.of();
    Set<String> names = new LinkedHashSet<>(needed);
    names.addAll(shown);
    return names.stream()
        .filter(name -> isOffered(name, known.path(name)))
        .limit(MOST_FIELDS)
        .map(name -> field(name, known.path(name), needed.contains(name)))
        .toList();
  }

  /// Required fields for which Odoo has no value of its own.
  private Set<String> needed(OdooCall call, String model, JsonNode known)
      throws IOException, InterruptedException {
    Set<String> required = new TreeSet<>();
    for (var field : known.properties()) {
      if (field.getValue().path("required").asBoolean(false)) {
        required.add(field.getKey());
      }
    }
    JsonNode defaults = defaults(call, model, List.copyOf(required));
    required.removeIf(name -> defaults.has(name) && !isEmpty(defaults.path(name)));
    return required;
  }

  /// The argument's name is another one before version 19.
  private JsonNode defaults(OdooCall call, String model, List<String> fields)
      throws IOException, InterruptedException {
    try {
      return odoo.call(call, model, "default_get", Map.of("fields", fields));
    } catch (OdooRefusal olderThan19) {
      return odoo.call(call, model, "default_get", Map.of("fields_list", fields));
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isBoolean() && !value.asBoolean());
  }

  private static boolean isOffered(String name, JsonNode field) {
    String relation = field.path("relation").asString("");
    return TYPES.contains(field.path("type").asString(""))
        && field.path("store").asBoolean(true)
        && OutOfReach.isOfferedField(name)
        && (relation.isEmpty() || OutOfReach.isOffered(relation));
  }

  private static FoundModel.Field field(String name, JsonNode field, boolean needed) {
    Map<String, String> selection = new LinkedHashMap<>();
    field
        .path("selection")
        .forEach(pair -> selection.put(pair.path(0).asString(""), pair.path(1).asString("")));
    String relation = field.path("relation").asString("");
    return new FoundModel.Field(
        name,
        field.path("string").asString(name),
        field.path("type").asString(""),
        selection,
        relation.isEmpty() ? null : relation,
        field.path("readonly").asBoolean(false),
        needed);
  }
}
