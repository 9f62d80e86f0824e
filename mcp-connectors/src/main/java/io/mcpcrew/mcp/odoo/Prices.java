package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What things cost, for whom. Odoo's own rules of price lists, quantities and taxes are asked, by
/// letting it fill in an order form that nobody saves.
final class Prices {
  private static final String PRODUCT = "product.product";
  private static final Map<String, Object> NAMED =
      Map.of("fields", Map.of("display_name", Map.of()));
  private static final Map<String, Object> LINE =
      Map.of(
          "product_id", NAMED,
          "product_uom_qty", Map.of(),
          "price_unit", Map.of(),
          "discount", Map.of(),
          "price_subtotal", Map.of());
  private static final Map<String, Object> FORM =
      Map.of(
          "currency_id", NAMED,
          "amount_untaxed", Map.of(),
          "amount_tax", Map.of(),
          "amount_total", Map.of(),
          "order_line", Map.of("fields", LINE));

  private final Odoo odoo;
  private final Customers customers;

  Prices(Odoo odoo, Customers customers) {
    this.odoo = odoo;
    this.customers = customers;
  }

  /// A product and how much of it.
  record Wanted(long product, BigDecimal quantity) {}

  /// An order that nobody saves.
  ///
  /// @param sums tax, total and currency
  record Form(List<Map<String, Object>> lines, Map<String, Object> sums) {}

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            "price_for",
            "Price for a customer",
            "Tells what a product costs a certain customer at a certain quantity, with the customer's own price list and taxes. Without a customer it is what everybody pays.",
            "price.for",
            Customers.arguments(
                    JsonSchema.arguments()
                        .required("code", "string", "The product's code, e.g. `FUR-650`."))
                .property(
                    "quantity",
                    Map.of(
                        "type",
                        "number",
                        "exclusiveMinimum",
                        0,
                        "default",
                        1,
                        "description",
                        "How much of it; more may cost less each.")),
            JsonSchema.result()
                .objects(
                    "records",
                    "name, quantity, unit_price, discount_percent, subtotal, tax, total, currency"),
            this::priceFor));
  }

  private ToolAnswer priceFor(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    Wanted wanted =
        new Wanted(
            product(call, arguments.text("code")), arguments.quantity("quantity", BigDecimal.ONE));
    Optional<Row> customer =
        Customers.isNamed(arguments) ? Optional.of(customers.named(call)) : Optional.empty();
    Form form = form(call, customer, List.of(wanted));
    Map<String, Object> price = new LinkedHashMap<>(form.lines().getFirst());
    price.putAll(form.sums());
    return new ToolAnswer.Result("1 price", Map.of("records", List.of(price)));
  }

  /// The one product with a code that is sold.
  ///
  /// @throws IllegalArgumentException when there is none, or more than one
  long product(OdooCall call, String code) throws IOException, InterruptedException {
    List<Row> found =
        odoo.search(
            call,
            PRODUCT,
            Query.where(
                    List.of("default_code", "=ilike", literally(code)),
                    List.of("sale_ok", "=", true))
                .give("name")
                .most(2));
    if (found.size() == 1) {
      return found.getFirst().id();
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no product has the code %s; find_products tells the codes".formatted(code)
            : "several products have the code %s; a person must choose".formatted(code));
  }

  /// Codes may hold what stands for any text in a pattern.
  private static String literally(String code) {
    return code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /// What an order would come to: its lines, total and currency. Nothing is stored.
  Form form(OdooCall call, Optional<Row> customer, List<Wanted> wanted)
      throws IOException, InterruptedException {
    Map<String, Object> values = new LinkedHashMap<>();
    customer.ifPresent(partner -> {
      values.put("partner_id", partner.id());
      // The form takes the list into account only if it is there before the lines.
      partner
          .reference("property_product_pricelist")
          .ifPresent(id -> values.put("pricelist_id", id));
    });
    values.put("order_line", commands(wanted));
    JsonNode form =
        odoo.call(
                call,
                "sale.order",
                "onchange",
                Map.of("values", values, "field_names", List.of(), "fields_spec", FORM))
            .path("value");
    List<Map<String, Object>> lines = told(form.path("order_line"));
    if (lines.size() != wanted.size()) {
      throw new IOException("Odoo's form has other lines than were asked for");
    }
    return new Form(
        lines,
        Map.of(
            "tax", form.path("amount_tax").decimalValue(),
            "total", form.path("amount_total").decimalValue(),
            "currency", form.path("currency_id").path("display_name").asString("")));
  }

  private static List<Object> commands(List<Wanted> wanted) {
    var commands = new ArrayList<Object>();
    for (Wanted line : wanted) {
      commands.add(
          List.of(
              0,
              "line" + commands.size(),
              Map.of("product_id", line.product(), "product_uom_qty", line.quantity())));
    }
    return commands;
  }

  private static List<Map<String, Object>> told(JsonNode commands) {
    var lines = new ArrayList<Map<String, Object>>();
    for (JsonNode command : commands) {
      JsonNode line = command.path(2);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("name", line.path("product_id").path("display_name").asString(""));
      told.put("quantity", line.path("product_uom_qty").decimalValue());
      told.put("unit_price", line.path("price_unit").decimalValue());
      told.put("discount_percent", line.path("discount").decimalValue());
      told.put("subtotal", line.path("price_subtotal").decimalValue());
      lines.add(told);
    }
    return lines;
  }
}
