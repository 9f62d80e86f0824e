package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Invoices, as far as customers ask about them, and the pages on which they see them.
final class AccountModels {
  static final String MOVE = "account.move";

  static final List<Model> ALL = List.of(move());

  private AccountModels() {}

  private static Model move() {
    return Model.of(
            MOVE,
            Field.text("name", "Number").asRequired(),
            Field.selection(
                    "move_type",
                    "Type",
                    "entry",
                    "Journal Entry",
                    "out_invoice",
                    "Customer Invoice",
                    "out_refund",
                    "Customer Credit Note",
                    "in_invoice",
                    "Vendor Bill")
                .asRequired()
                .otherwise("entry"),
            Field.selection(
                    "state", "Status", "draft", "Draft", "posted", "Posted", "cancel", "Cancelled")
                .asRequired()
                .otherwise("draft"),
            Field.selection(
                    "payment_state",
                    "Payment Status",
                    "not_paid",
                    "Not Paid",
                    "in_payment",
                    "In Payment",
                    "paid",
                    "Paid",
                    "partial",
                    "Partially Paid",
                    "reversed",
                    "Reversed")
                .otherwise("not_paid"),
            Field.many2one("partner_id", "Partner", BaseModels.PARTNER),
            Field.of(FieldType.DATE, "invoice_date", "Invoice/Bill Date"),
            Field.of(FieldType.DATE, "invoice_date_due", "Due Date"),
            Field.of(FieldType.MONETARY, "amount_total", "Total").otherwise(0.0),
            Field.of(FieldType.MONETARY, "amount_residual", "Amount Due").otherwise(0.0),
            Field.many2one("currency_id", "Currency", BaseModels.CURRENCY)
                .computedBy((_, _) -> BaseModels.ONLY),
            Field.text("invoice_origin", "Origin"),
            Field.text("access_url", "Portal Access URL")
                .computedBy((_, row) -> "/my/invoices/" + row.id()),
            Field.text("access_token", "Security Token"))
        .orderedBy("invoice_date desc, id desc")
        .withMessages();
  }

  /// `get_portal_url`: the page, with a token that is made when it is first asked for.
  static Object portal(Draft draft, Call call) {
    if (call.ids().size() != 1) {
      throw OdooError.value("Expected singleton: %s%s".formatted(call.model().name(), call.ids()));
    }
    var records = new Records(draft);
    Row row = records.existing(call.model(), call.ids()).getFirst();
    String token = row.text("access_token");
    if (token.isEmpty()) {
      token = UUID.randomUUID().toString();
      records.write(call.model(), call.ids(), Map.of("access_token", token));
    }
    return call.model().field("access_url").valueIn(draft, row) + "?access_token=" + token;
  }
}
