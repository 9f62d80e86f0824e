package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a customer has still to pay, and where the customer finds a second copy.
final class Invoices {
  private static final String MODEL = "account.move";
  private static final List<String> WANTED =
      List.of(
          "name",
          "invoice_date",
          "invoice_date_due",
          "amount_total",
          "amount_residual",
          "currency_id");

  private final Odoo odoo;
  private final OdooFields fields;
  private final Customers customers;
  private final InstantSource clock;

  Invoices(Odoo odoo, OdooFields fields, Customers customers, InstantSource clock) {
    this.odoo = odoo;
    this.fields = fields;
    this.customers = customers;
    this.clock = clock;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            "open_invoices",
            "Open invoices",
            "Lists what a customer has still to pay, the earliest due first: amount, due date, and a link to a second copy. The link opens the invoice without a login: give it only to that customer.",
            "invoice.open",
            Customers.arguments(JsonSchema.arguments())
                .optional("reference", "string", "Only this invoice, by its number.")
                .number("limit", 1, 10, 5, "How many at most."),
            JsonSchema.result()
                .objects(
                    "records",
                    "name, date, due, overdue, total, amount_due, currency, link to a second copy"),
            this::open));
  }

  private ToolAnswer open(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    var conditions = new ArrayList<List<?>>();
    conditions.add(List.of("move_type", "=", "out_invoice"));
    conditions.add(List.of("state", "=", "posted"));
    conditions.add(List.of("payment_state", "in", List.of("not_paid", "partial")));
    conditions.add(List.of("partner_id", "child_of", List.of(customers.named(call).id())));
    arguments
        .optionalText("reference")
        .ifPresent(name -> conditions.add(List.of("name", "=ilike", name)));
    List<Row> found =
        odoo.search(
            call,
            MODEL,
            Query.of(conditions)
                .give(fields.present(call, MODEL, WANTED))
                .most(arguments.number("limit", 5, 1, 10))
                .order("invoice_date_due, id"));
    var invoices = new ArrayList<Map<String, Object>>();
    for (Row row : found) {
      invoices.add(invoice(call, row));
    }
    return new ToolAnswer.Result(invoices.size() + " open invoices", Map.of("records", invoices));
  }

  private Map<String, Object> invoice(OdooCall call, Row row)
      throws IOException, InterruptedException {
    Map<String, Object> invoice = new LinkedHashMap<>();
    invoice.put("name", row.text("name"));
    invoice.put("date", row.text("invoice_date"));
    String due = row.text("invoice_date_due");
    invoice.put("due", due);
    invoice.put("overdue", !due.isEmpty() && LocalDate.parse(due).isBefore(today(call)));
    row.number("amount_total").ifPresent(total -> invoice.put("total", total));
    row.number("amount_residual").ifPresent(open -> invoice.put("amount_due", open));
    invoice.put("currency", row.label("currency_id"));
    invoice.put("link", link(call, row.id()));
    return invoice;
  }

  private LocalDate today(OdooCall call) {
    return LocalDate.ofInstant(clock.instant(), call.timezone());
  }

  /// The page of the customers' portal, with the token that opens just this invoice. Odoo makes the
  /// token when it is first asked for, and keeps it.
  private String link(OdooCall call, long id) throws IOException, InterruptedException {
    String path = odoo.call(call, MODEL, "get_portal_url", Map.of("ids", List.of(id))).asString("");
    return Objects.toString(call.odoo().url()).replaceAll("/+$", "") + path;
  }
}
