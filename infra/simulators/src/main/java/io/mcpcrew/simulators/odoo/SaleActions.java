package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What can be done with orders.
final class SaleActions {
  private static final Set<String> OPEN = Set.of("draft", "sent");

  private SaleActions() {}

  static Object confirm(Draft draft, Call call) {
    var records = new Records(draft);
    List<Row> orders = records.existing(call.model(), call.ids());
    if (!orders.stream().allMatch(order -> OPEN.contains(order.text("state")))) {
      throw OdooError.user("Some orders are not in a state requiring confirmation.");
    }
    for (Row order : orders) {
      boolean hasLines = !draft.referring(SaleModels.LINE, "order_id", order.id()).isEmpty();
      records.write(
          call.model(),
          List.of(order.id()),
          Map.of(
              "state",
              "sale",
              "date_order",
              draft.now(),
              "invoice_status",
              hasLines ? "to invoice" : "no"));
    }
    return true;
  }

  static Object cancel(Draft draft, Call call) {
    new Records(draft)
        .write(call.model(), call.ids(), Map.of("state", "cancel", "invoice_status", "no"));
    return true;
  }
}
