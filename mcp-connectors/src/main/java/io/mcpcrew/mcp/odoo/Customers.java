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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who the customer is in Odoo. A customer is named by id, or as a conversation knows people: by
/// telephone number or e-mail address. What fits several is nobody: a wrong customer is worse than
/// a question.
final class Customers {
  static final String MODEL = "res.partner";
  private static final List<String> FIELDS =
      List.of(
          "name", "phone", "email", "email_normalized", "is_company", "property_product_pricelist");

  /// Fewer digits say too little, and more may be written in several ways.
  private static final int DIGITS = 8;

  private final Odoo odoo;
  private final OdooFields fields;
  private final Effects effects;

  Customers(Odoo odoo, OdooFields fields, Effects effects) {
    this.odoo = odoo;
    this.fields = fields;
    this.effects = effects;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            "find_customer",
            "Find a customer",
            "Finds who a customer is, by telephone number, e-mail address or name. Use it before tools that need a customer_id; ask back when several fit.",
            "customer.find",
            JsonSchema.arguments()
                .optional(
                    "phone", "string", "With country code; how it is written does not matter.")
                .optional("email", "string", "The whole address.")
                .optional("name", "string", "A part of the name; use it only without the others.")
                .number("limit", 1, 20, 5, "How many at most."),
            JsonSchema.result().objects("records", "id, name, phone, email, is_company"),
            this::find));
  }

  /// What tools that are about a customer ask for.
  static JsonSchema arguments(JsonSchema schema) {
    return schema
        .property(
            "customer_id",
            Map.of(
                "type",
                "integer",
                "minimum",
                1,
                "description",
                "From find_customer, if it is known."))
        .optional("phone", "string", "Else the customer's telephone number, with country code.")
        .optional("email", "string", "Else the customer's e-mail address.");
  }

  private ToolAnswer find(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    int limit = arguments.number("limit", 5, 1, 20);
    List<Row> found = byContact(call);
    Optional<String> name = arguments.optionalText("name");
    if (found.isEmpty() && name.isPresent() && !hasContact(arguments)) {
      found = search(call, List.of("name", "ilike", name.get()), limit);
    } else if (name.isEmpty() && !hasContact(arguments)) {
      return new ToolAnswer.Refused("give a phone, an email or a name");
    }
    return new ToolAnswer.Result(
        found.size() + " customers",
        Map.of("records", found.stream().limit(limit).map(Customers::customer).toList()));
  }

  private static Map<String, Object> customer(Row row) {
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("id", row.id());
    customer.put("name", row.text("name"));
    customer.put("phone", row.text("phone"));
    customer.put("email", row.text("email"));
    customer.put("is_company", row.flag("is_company"));
    return customer;
  }

  static boolean hasContact(Arguments arguments) {
    return arguments.optionalText("phone").isPresent()
        || arguments.optionalText("email").isPresent();
  }

  static boolean isNamed(Arguments arguments) {
    return arguments.optionalId("customer_id").isPresent() || hasContact(arguments);
  }

  /// The one customer that the arguments name.
  ///
  /// @throws IllegalArgumentException when there is none, or more than one
  Row named(OdooCall call) throws IOException, InterruptedException {
    return known(call)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no customer has this phone or email; ask for another, or for the name"));
  }

  /// Empty when nobody has this number or address.
  Optional<Row> known(OdooCall call) throws IOException, InterruptedException {
    Optional<Long> id = call.arguments().optionalId("customer_id");
    if (id.isPresent()) {
      return Optional.of(byId(call, id.get()));
    }
    if (!hasContact(call.arguments())) {
      throw new IllegalArgumentException("give a customer_id, a phone or an email");
    }
    List<Row> found = byContact(call);
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "several customers fit: %s; choose one with customer_id"
              .formatted(
                  found.stream().map(row -> row.text("name") + " (" + row.id() + ")").toList()));
    }
    return found.stream().findFirst();
  }

  private Row byId(OdooCall call, long id) throws IOException, InterruptedException {
    return odoo.read(call, MODEL, id, fields.present(call, MODEL, FIELDS))
        .orElseThrow(() -> new IllegalArgumentException("there is no customer " + id));
  }

  /// Known already, or noted now under the key of the call: a second call finds the same contact.
  long knownOrNew(OdooCall call, String name) throws IOException, InterruptedException {
    Optional<Row> known = known(call);
    if (known.isPresent()) {
      return known.get().id();
    }
    Map<String, Object> contact = Sheet.head("name", name);
    call.arguments().optionalText("phone").ifPresent(phone -> contact.put("phone", phone));
    call.arguments().optionalText("email").ifPresent(email -> contact.put("email", email));
    return effects.make(call, MODEL, EffectKey.of(call).part("customer"), Sheet.of(contact));
  }

  private List<Row> byContact(OdooCall call) throws IOException, InterruptedException {
    Optional<String> email = call.arguments().optionalText("email");
    Optional<String> phone = call.arguments().optionalText("phone");
    List<Row> found =
        email.isPresent()
            ? search(
                call, List.of("email_normalized", "=", email.get().toLowerCase(Locale.ROOT)), 10)
            : List.of();
    return found.isEmpty() && phone.isPresent() ? byPhone(call, phone.get()) : found;
  }

  /// Numbers are kept as people write them: so the digits are asked for with anything between, and
  /// what comes back is compared.
  private List<Row> byPhone(OdooCall call, String phone) throws IOException, InterruptedException {
    String digits = digits(phone);
    if (digits.length() < DIGITS) {
      throw new IllegalArgumentException("phone needs at least %d digits".formatted(DIGITS));
    }
    String last = digits.substring(digits.length() - DIGITS);
    var found = new ArrayList<Row>();
    String pattern = last.chars().mapToObj(Character::toString).collect(Collectors.joining("%"));
    for (Row row : search(call, List.of("phone", "ilike", pattern), 50)) {
      String own = digits(row.text("phone"));
      if (own.endsWith(digits) || (own.length() >= DIGITS && digits.endsWith(own))) {
        found.add(row);
      }
    }
    return found;
  }

  private static String digits(String phone) {
    return phone.replaceAll("[^0-9]", "");
  }

  private List<Row> search(OdooCall call, List<?> condition, int limit)
      throws IOException, InterruptedException {
    return odoo.search(
        call,
        MODEL,
        Query.where(condition).give(fields.present(call, MODEL, FIELDS)).most(limit).order("id"));
  }
}
