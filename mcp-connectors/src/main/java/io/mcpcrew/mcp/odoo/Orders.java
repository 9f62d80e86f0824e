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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Quotations and orders, from the wish to the end. Prices are Odoo's: nobody can name one here.
final class Orders {
  private static final String MODEL = "sale.order";
  private static final List<String> WANTED =
      List.of(
          "name",
          "state",
          "delivery_status",
          "amount_total",
          "currency_id",
          "date_order",
          "origin",
          "partner_id");
  private static final Effects.Kind ORDER =
      new Effects.Kind("order", MODEL, "origin", WANTED, Orders::order);

  private static final Step CONFIRM =
      new Step("confirm_order", "action_confirm", Set.of("draft", "sent"), "sale", "confirmed");
  private static final Step CANCEL =
      new Step(
          "cancel_order", "action_cancel", Set.of("draft", "sent", "sale"), "cancel", "cancelled");

  private final Odoo odoo;
  private final OdooFields fields;
  private final Effects effects;
  private final Receipts receipts;
  private final Customers customers;
  private final Prices prices;

  /// From one state of an order to another.
  ///
  /// @param from the states in which Odoo lets it happen
  private record Step(String tool, String method, Set<String> from, String to, String done) {}

  Orders(
      Odoo odoo,
      OdooFields fields,
      Effects effects,
      Receipts receipts,
      Customers customers,
      Prices prices) {
    this.odoo = odoo;
    this.fields = fields;
    this.effects = effects;
    this.receipts = receipts;
    this.customers = customers;
    this.prices = prices;
  }

  List<ConnectorTool> tools() {
    return List.of(createOrder(), confirmOrder(), orderStatus(), cancelOrder());
  }

  private ConnectorTool createOrder() {
    return ConnectorTool.keyed(
        "create_order",
        "Create a quotation",
        "Makes a quotation with the products that a customer wants, at the customer's own prices. It binds nobody until it is confirmed. A customer who is not known yet is noted as a contact. Look with dry_run at the total first and tell it to the customer. A second call with the same key gives the quotation of the first.",
        "order.create",
        "find_by_key",
        Customers.arguments(JsonSchema.writeArguments())
            .optional("customer_name", "string", "The name, for a customer who is not known yet.")
            .requiredList(
                "lines",
                JsonSchema.object()
                    .required("code", "string", "The product's code, e.g. `FUR-650`.")
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
                            "How much of it.")),
                50,
                "What is wanted.")
            .optional("customer_reference", "string", "The customer's own number for this order.")
            .dryRun(),
        JsonSchema.result()
            .objects(
                "records",
                "id, name, date, total, currency, state and its label in pt, en and es; of a dry run lines, tax, total and currency"),
        this::create);
  }

  private ConnectorTool confirmOrder() {
    return ConnectorTool.checkable(
        "confirm_order",
        "Confirm an order",
        "Turns a quotation into an order that binds both sides: goods are reserved and may be delivered. Only when the customer has said yes to products and total. An order that is confirmed already stays so.",
        "order.confirm",
        "order_status",
        stepArguments(),
        stepResult(),
        given -> step(given, CONFIRM));
  }

  private ConnectorTool cancelOrder() {
    return ConnectorTool.checkable(
        "cancel_order",
        "Cancel an order",
        "Cancels a quotation or an order. What was delivered or invoiced is not taken back by it: such an order needs a person. One that is cancelled already stays so.",
        "order.cancel",
        "order_status",
        stepArguments(),
        stepResult(),
        given -> step(given, CANCEL));
  }

  private static JsonSchema stepArguments() {
    return whose(
            JsonSchema.writeArguments()
                .required("reference", "string", "The order's number, e.g. `S00012`."),
            "If given, an order of anybody else is refused.")
        .dryRun();
  }

  private static JsonSchema whose(JsonSchema schema, String description) {
    return schema.property(
        "customer_id", Map.of("type", "integer", "minimum", 1, "description", description));
  }

  private static JsonSchema stepResult() {
    return JsonSchema.result()
        .objects("records", "as in order_status; of a dry run would_change, and nothing changes");
  }

  private ConnectorTool orderStatus() {
    return ConnectorTool.read(
        "order_status",
        "Order status",
        "Tells where one order is, by its number. Gives state and total, and nothing about the person who ordered.",
        "order.status",
        whose(
            JsonSchema.arguments()
                .required("reference", "string", "The order's number, e.g. `S00012`."),
            "If given, an order of anybody else is not found. Give it when a customer asks."),
        JsonSchema.result()
            .objects(
                "records", "id, name, date, total, currency, state and its label in pt, en and es"),
        this::status);
  }

  private ToolAnswer create(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    return call.isDryRun()
        ? new ToolAnswer.Result(
            "a dry run; nothing was stored", Map.of("records", List.of(preview(call))))
        : effects.once(call, ORDER, () -> sheet(call));
  }

  private Map<String, Object> preview(OdooCall call) throws IOException, InterruptedException {
    Optional<Row> customer = customers.known(call);
    Prices.Form form = prices.form(call, customer, wanted(call));
    Map<String, Object> preview = new LinkedHashMap<>(form.sums());
    preview.put("lines", form.lines());
    preview.put("new_customer", customer.isEmpty());
    preview.put("dry_run", true);
    return preview;
  }

  private List<Prices.Wanted> wanted(OdooCall call) throws IOException, InterruptedException {
    var wanted = new ArrayList<Prices.Wanted>();
    for (Arguments line : call.arguments().objects("lines")) {
      wanted.add(
          new Prices.Wanted(
              prices.product(call, line.text("code")), line.quantity("quantity", BigDecimal.ONE)));
    }
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("lines must hold at least one product");
    }
    return wanted;
  }

  private Sheet sheet(OdooCall call) throws IOException, InterruptedException {
    var lines = new ArrayList<Map<String, Object>>();
    for (Prices.Wanted wanted : wanted(call)) {
      Map<String, Object> line = Sheet.head("product_id/.id", wanted.product());
      line.put("product_uom_qty", wanted.quantity().toPlainString());
      lines.add(line);
    }
    Map<String, Object> order = Sheet.head("partner_id/.id", customer(call));
    order.put("origin", EffectKey.of(call).mark());
    call.arguments()
        .optionalText("customer_reference")
        .ifPresent(reference -> order.put("client_order_ref", reference));
    return new Sheet(order, "order_line", lines);
  }

  private long customer(OdooCall call) throws IOException, InterruptedException {
    Optional<String> name = call.arguments().optionalText("customer_name");
    return name.isPresent() ? customers.knownOrNew(call, name.get()) : customers.named(call).id();
  }

  private ToolAnswer status(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    List<Map<String, Object>> records =
        byReference(call).stream().filter(order -> isOf(order, call)).map(Orders::order).toList();
    return new ToolAnswer.Result(
        records.isEmpty() ? "no order " + reference(call) : "order " + reference(call),
        Map.of("records", records));
  }

  private static String reference(OdooCall call) {
    return call.arguments().text("reference").toUpperCase(Locale.ROOT);
  }

  private List<Row> byReference(OdooCall call) throws IOException, InterruptedException {
    return odoo.search(
        call,
        MODEL,
        Query.where(List.of("name", "=", reference(call)))
            .give(fields.present(call, MODEL, WANTED))
            .most(2));
  }

  /// Odoo itself refuses a second confirmation; the state is looked at first, so that a repeated
  /// call is told what is instead of being refused.
  private ToolAnswer step(ToolCall given, Step step) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    if (!call.isDryRun() && receipts.isThere(call)) {
      return told(call, "the order was %s with this key already".formatted(step.done()));
    }
    Row order = theOne(call);
    String state = order.text("state");
    if (!state.equals(step.to()) && !step.from().contains(state)) {
      throw new IllegalArgumentException(
          "the order is %s and cannot be %s"
              .formatted(OrderStates.labels(state, "").get("state_label_en"), step.done()));
    }
    if (call.isDryRun()) {
      return dryRun(order, step);
    }
    if (!state.equals(step.to())) {
      odoo.call(call, MODEL, step.method(), Map.of("ids", List.of(order.id())));
    }
    receipts.write(call, MODEL, order.id(), step.tool());
    return told(call, "the order is " + step.done());
  }

  private static ToolAnswer dryRun(Row order, Step step) {
    Map<String, Object> told = new LinkedHashMap<>(order(order));
    told.put("dry_run", true);
    told.put("would_change", !order.text("state").equals(step.to()));
    return new ToolAnswer.Result(
        "a dry run; nothing was changed", Map.of("records", List.of(told)));
  }

  private ToolAnswer told(OdooCall call, String line) throws IOException, InterruptedException {
    return new ToolAnswer.Result(line, Map.of("records", List.of(order(theOne(call)))));
  }

  private Row theOne(OdooCall call) throws IOException, InterruptedException {
    List<Row> found = byReference(call);
    if (found.size() > 1) {
      throw new IllegalArgumentException("several orders have this number; a person must choose");
    }
    return found.stream()
        .filter(order -> isOf(order, call))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("there is no order %s here".formatted(reference(call))));
  }

  /// Whether it is the order of the customer whom the call names, if it names one.
  private static boolean isOf(Row order, OdooCall call) {
    Optional<Long> customer = call.arguments().optionalId("customer_id");
    return customer.isEmpty() || order.reference("partner_id").orElse(0) == customer.get();
  }

  private static Map<String, Object> order(Row row) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("id", row.id());
    order.put("name", row.text("name"));
    order.put("date", row.text("date_order"));
    order.put("state", row.text("state"));
    order.putAll(OrderStates.labels(row.text("state"), row.text("delivery_status")));
    row.number("amount_total").ifPresent(total -> order.put("total", total));
    order.put("currency", row.label("currency_id"));
    return order;
  }
}
