package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tools for what an account's Odoo has beyond what every one has, made of the models, fields and
/// rights found there.
final class FoundTools {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Odoo odoo;
  private final FoundModels models;
  private final Effects effects;
  private final Receipts receipts;

  FoundTools(Odoo odoo, FoundModels models, Effects effects, Receipts receipts) {
    this.odoo = odoo;
    this.models = models;
    this.effects = effects;
    this.receipts = receipts;
  }

  List<ConnectorTool> tools(ToolCall given) throws IOException, InterruptedException {
    var tools = new ArrayList<ConnectorTool>();
    for (FoundModel model : models.find(OdooCall.of(given))) {
      tools.add(search(model));
      if (model.isCompletable()) {
        tools.add(create(model));
      }
    }
    return tools;
  }

  private ConnectorTool search(FoundModel model) {
    JsonSchema arguments =
        JsonSchema.arguments().optional("text", "string", "Words of the record's name.");
    model.fields().stream()
        .filter(FoundTools::isAsked)
        .forEach(field -> arguments.property(field.name(), schema(field)));
    return ConnectorTool.read(
        "search_" + model.word(),
        "Search: " + model.title(),
        "Searches %s (%s) in this company's Odoo. What is given must all hold; text fields need only contain it."
            .formatted(model.title(), model.model()),
        null,
        arguments.number("limit", 1, 50, 10, "How many at most."),
        JsonSchema.result().objects("records", "id, name, and the fields of the form"),
        call -> search(OdooCall.of(call), model));
  }

  private ConnectorTool create(FoundModel model) {
    JsonSchema arguments = JsonSchema.writeArguments();
    for (FoundModel.Field field : model.writable()) {
      if (field.needed()) {
        arguments.required(field.name(), schema(field));
      } else {
        arguments.property(field.name(), schema(field));
      }
    }
    return ConnectorTool.keyed(
        "create_" + model.word(),
        "Create: " + model.title(),
        "Creates a record of %s (%s) in this company's Odoo. A second call with the same key gives the record of the first."
            .formatted(model.title(), model.model()),
        null,
        "find_by_key",
        arguments,
        JsonSchema.result().objects("records", "id and name of the record"),
        call -> create(OdooCall.of(call), model));
  }

  /// What records can be told apart by; amounts and times are seldom known exactly.
  private static boolean isAsked(FoundModel.Field field) {
    return field.isText()
        || field.isReference()
        || field.type().equals("selection")
        || field.type().equals("boolean");
  }

  private static Map<String, Object> schema(FoundModel.Field field) {
    Map<String, Object> schema = new LinkedHashMap<>();
    String more = "";
    switch (field.type()) {
      case "integer" -> schema.put("type", "integer");
      case "float", "monetary" -> schema.put("type", "number");
      case "boolean" -> schema.put("type", "boolean");
      case "many2one" -> {
        schema.put("type", "integer");
        schema.put("minimum", 1);
        more = ": an id of " + field.relation();
      }
      case "selection" -> {
        schema.put("type", "string");
        schema.put("enum", List.copyOf(field.selection().keySet()));
        more = ": " + String.join(", ", field.selection().values());
      }
      case "date" -> {
        schema.put("type", "string");
        more = ": a day like `2026-12-01`";
      }
      case "datetime" -> {
        schema.put("type", "string");
        more = ": UTC, like `2026-12-01 14:30:00`";
      }
      default -> schema.put("type", "string");
    }
    schema.put("description", field.label() + more);
    return schema;
  }

  private ToolAnswer search(OdooCall call, FoundModel model)
      throws IOException, InterruptedException {
    Arguments arguments = call.arguments();
    List<Object> domain = new ArrayList<>();
    arguments
        .optionalText("text")
        .ifPresent(text -> domain.add(List.of("display_name", "ilike", text)));
    for (FoundModel.Field field : model.fields()) {
      if (isAsked(field)) {
        value(arguments, field)
            .ifPresent(
                value -> domain.add(List.of(field.name(), field.isText() ? "ilike" : "=", value)));
      }
    }
    List<String> names = new ArrayList<>(List.of("display_name"));
    model.fields().forEach(field -> names.add(field.name()));
    Query query =
        Query.of(domain).give(names).most(arguments.number("limit", 10, 1, 50)).order("id desc");
    List<Map<String, Object>> records =
        odoo.search(call, model.model(), query).stream().map(row -> told(row, model)).toList();
    return new ToolAnswer.Result(
        records.isEmpty()
            ? "0 records that this account's Odoo user may see"
            : records.size() + " records",
        Map.of("records", records));
  }

  /// Empty fields are left out.
  private static Map<String, Object> told(Row row, FoundModel model) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", row.id());
    told.put("name", row.text("display_name"));
    for (FoundModel.Field field : model.fields()) {
      JsonNode value = row.fields().path(field.name());
      if (field.isReference() && row.reference(field.name()).isPresent()) {
        told.put(
            field.name(),
            Map.of("id", row.reference(field.name()).getAsLong(), "name", row.label(field.name())));
      } else if (field.type().equals("boolean") || !isEmpty(value)) {
        told.put(field.name(), JSON.convertValue(value, Object.class));
      }
    }
    return told;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.isBoolean();
  }

  private static Optional<Object> value(Arguments arguments, FoundModel.Field field) {
    return switch (field.type()) {
      case "many2one" -> arguments.optionalId(field.name()).map(id -> id);
      case "boolean", "integer", "float", "monetary" -> arguments.value(field.name());
      default -> arguments.optionalText(field.name()).map(text -> text);
    };
  }

  private ToolAnswer create(OdooCall call, FoundModel model)
      throws IOException, InterruptedException {
    var key = EffectKey.of(call);
    Optional<Effects.Made> there = effects.find(call, key);
    if (there.isPresent() && !there.get().model().equals(model.model())) {
      throw Effects.usedOtherwise();
    }
    long id =
        there.isPresent()
            ? there.get().id()
            : effects.make(call, model.model(), key, Sheet.of(record(call, model)));
    receipts.settle(call, key, model.model(), id, "created by create_" + model.word());
    String name =
        odoo.read(call, model.model(), id, List.of("display_name"))
            .map(row -> row.text("display_name"))
            .orElseThrow(
                () -> new IllegalArgumentException("the record of this key has been deleted"));
    return new ToolAnswer.Result(
        there.isPresent() ? "the record was there already" : "created",
        Map.of("records", List.of(Map.of("id", id, "name", name))));
  }

  private static Map<String, Object> record(OdooCall call, FoundModel model) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (FoundModel.Field field : model.writable()) {
      value(call.arguments(), field)
          .ifPresent(value ->
              record.put(
                  field.isReference() ? field.name() + "/.id" : field.name(),
                  field.type().equals("html") ? Html.of(value.toString()) : stored(value)));
    }
    if (record.isEmpty()) {
      throw new IllegalArgumentException("a record needs at least one value");
    }
    return record;
  }

  /// As `load()` reads it.
  private static Object stored(Object value) {
    return value instanceof Boolean yes ? (yes ? 1 : 0) : value;
  }
}
