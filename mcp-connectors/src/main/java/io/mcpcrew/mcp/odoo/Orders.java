package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Where orders are.
final class Orders {
  private static final String MODEL = "sale.order";
  private static final List<String> WANTED =
      List.of("name", "state", "delivery_status", "amount_total", "currency_id", "date_order");

  private final OdooJson2 odoo;
  private final OdooFields fields;

  Orders(OdooJson2 odoo, OdooFields fields) {
    this.odoo = odoo;
    this.fields = fields;
  }

  ToolAnswer status(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String reference = call.arguments().text("reference").toUpperCase(Locale.ROOT);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("domain", List.of(List.of("name", "=", reference)));
    body.put("fields", fields.present(call, MODEL, WANTED));
    body.put("limit", 2);
    List<Map<String, Object>> records = new ArrayList<>();
    for (JsonNode row : odoo.call(call.odoo(), MODEL, "search_read", body, call.left())) {
      records.add(order(new Row(row)));
    }
    return new ToolAnswer.Result(
        records.isEmpty() ? "no order " + reference : "order " + reference,
        Map.of("records", records));
  }

  private static Map<String, Object> order(Row row) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("name", row.text("name"));
    order.put("date", row.text("date_order"));
    order.put("state", row.text("state"));
    order.putAll(OrderStates.labels(row.text("state"), row.text("delivery_status")));
    row.number("amount_total").ifPresent(total -> order.put("total", total));
    order.put("currency", row.label("currency_id"));
    return order;
  }
}
