package io.mcpcrew.simulators.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Quotations and orders.
final class SaleModels {
  static final String ORDER = "sale.order";
  static final String LINE = "sale.order.line";

  static final List<Model> ALL = List.of(order(), line());

  private SaleModels() {}

  private static Model order() {
    return Model.of(
            ORDER,
            Field.text("name", "Order Reference").asRequired(),
            Field.many2one("partner_id", "Customer", BaseModels.PARTNER).asRequired(),
            Field.selection(
                    "state",
                    "Status",
                    "draft",
                    "Quotation",
                    "sent",
                    "Quotation Sent",
                    "sale",
                    "Sales Order",
                    "cancel",
                    "Cancelled")
                .otherwise("draft"),
            Field.of(FieldType.DATETIME, "date_order", "Order Date").asRequired(),
            Field.of(FieldType.MONETARY, "amount_untaxed", "Untaxed Amount")
                .computedBy(SaleModels::total),
            Field.of(FieldType.MONETARY, "amount_tax", "Taxes").computedBy((_, _) -> 0.0),
            Field.of(FieldType.MONETARY, "amount_total", "Total").computedBy(SaleModels::total),
            Field.many2one("currency_id", "Currency", BaseModels.CURRENCY)
                .computedBy((_, _) -> BaseModels.ONLY),
            Field.many2one("user_id", "Salesperson", BaseModels.USER).otherwise(BaseModels.ONLY),
            Field.many2one("pricelist_id", "Pricelist", ProductModels.PRICE_LIST),
            Field.one2many("order_line", "Order Lines", LINE, "order_id"),
            Field.text("client_order_ref", "Customer Reference"),
            Field.text("origin", "Source Document"),
            Field.selection(
                    "invoice_status",
                    "Invoice Status",
                    "upselling",
                    "Upselling Opportunity",
                    "invoiced",
                    "Fully Invoiced",
                    "to invoice",
                    "To Invoice",
                    "no",
                    "Nothing to Invoice")
                .otherwise("no"),
            Field.selection(
                    "delivery_status",
                    "Delivery Status",
                    "pending",
                    "Not Delivered",
                    "started",
                    "Started",
                    "partial",
                    "Partially Delivered",
                    "full",
                    "Fully Delivered")
                .computedBy(SaleModels::delivery),
            Field.of(FieldType.HTML, "note", "Terms and conditions"),
            Field.text("access_url", "Portal Access URL")
                .computedBy((_, row) -> "/my/orders/" + row.id()),
            Field.text("access_token", "Security Token"))
        .orderedBy("date_order desc, id desc")
        .withMessages()
        .ruledBy(new OrderRules());
  }

  private static Object total(View view, Row order) {
    return cents(
        view.rowsReferring(LINE, "order_id", order.id()).stream()
            .mapToDouble(SaleModels::subtotal)
            .sum());
  }

  private static double subtotal(Row line) {
    double price = line.number("price_unit") * (1 - line.number("discount") / 100);
    return cents(line.number("product_uom_qty") * price);
  }

  private static double cents(double amount) {
    return Math.round(amount * 100) / 100.0;
  }

  /// Empty until the order is confirmed, and for orders without goods.
  private static @Nullable Object delivery(View view, Row order) {
    var goods =
        view.rowsReferring(LINE, "order_id", order.id()).stream()
            .filter(line -> isGoods(view, line))
            .toList();
    if (!order.text("state").equals("sale") || goods.isEmpty()) {
      return null;
    }
    if (goods.stream().allMatch(SaleModels::isDelivered)) {
      return "full";
    }
    boolean begun = goods.stream().anyMatch(line -> line.number("qty_delivered") > 0);
    return begun ? "partial" : "pending";
  }

  private static boolean isDelivered(Row line) {
    return line.number("qty_delivered") >= line.number("product_uom_qty");
  }

  private static boolean isGoods(View view, Row line) {
    return view.follow(line, "product_id", ProductModels.PRODUCT)
        .filter(product -> product.text("type").equals("consu"))
        .isPresent();
  }

  private static Model line() {
    return Model.of(
            LINE,
            Field.many2one("order_id", "Order Reference", ORDER).asPart(),
            Field.many2one("product_id", "Product", ProductModels.PRODUCT).asRequired(),
            Field.of(FieldType.TEXT, "name", "Description").asRequired(),
            Field.of(FieldType.FLOAT, "product_uom_qty", "Quantity").otherwise(1.0),
            Field.of(FieldType.FLOAT, "qty_delivered", "Delivery Quantity").otherwise(0.0),
            Field.of(FieldType.FLOAT, "price_unit", "Unit Price").asRequired(),
            Field.of(FieldType.FLOAT, "discount", "Discount (%)").otherwise(0.0),
            Field.of(FieldType.MONETARY, "price_subtotal", "Subtotal")
                .computedBy((_, row) -> subtotal(row)),
            Field.many2one("currency_id", "Currency", BaseModels.CURRENCY)
                .computedBy((_, _) -> BaseModels.ONLY),
            Field.many2one("order_partner_id", "Customer", BaseModels.PARTNER)
                .computedBy((view, row) ->
                    view.follow(row, "order_id", ORDER)
                        .map(order -> order.reference("partner_id"))
                        .orElse(null)),
            Field.text("state", "Order Status")
                .computedBy((view, row) ->
                    view.follow(row, "order_id", ORDER)
                        .map(order -> order.text("state"))
                        .orElse(null)))
        .namedBy(SaleModels::lineName)
        .ruledBy(new LineRules());
  }

  private static Object lineName(View view, Row line) {
    String order = view.follow(line, "order_id", ORDER).map(found -> found.text("name")).orElse("");
    return order + " - " + line.text("name");
  }

  private static final class OrderRules implements Model.Rules {
    @Override
    public Map<String, Object> defaults(Draft draft, Map<String, Object> given) {
      Map<String, Object> defaults = new HashMap<>(Map.of("date_order", draft.now()));
      if (!given.containsKey("name")) {
        defaults.put("name", nextName(draft));
      }
      if (given.get("partner_id") instanceof Long id) {
        draft
            .find(BaseModels.PARTNER, id)
            .map(partner -> partner.reference("property_product_pricelist"))
            .ifPresent(list -> defaults.put("pricelist_id", list));
      }
      return defaults;
    }

    private static String nextName(Draft draft) {
      return "S%05d".formatted(BaseModels.nextNumber(draft, ORDER));
    }

    @Override
    public void beforeDelete(Draft draft, Row row) {
      if (row.text("state").equals("sale") || row.text("state").equals("sent")) {
        throw OdooError.user(
            "You can not delete a sent quotation or a confirmed sales order. You must first cancel"
                + " it.");
      }
    }
  }

  private static final class LineRules implements Model.Rules {
    /// The price is the order's price list's, or the product's.
    @Override
    public Map<String, Object> defaults(Draft draft, Map<String, Object> given) {
      Long id = given.get("product_id") instanceof Long chosen ? chosen : null;
      return (id == null ? Optional.<Row>empty() : draft.find(ProductModels.PRODUCT, id))
          .map(product ->
              Map.<String, Object>of(
                  "name",
                  description(draft, product),
                  "price_unit",
                  PriceLists.price(draft, list(draft, given), product, quantity(given))))
          .orElseGet(Map::of);
    }

    private static @Nullable Long list(Draft draft, Map<String, Object> given) {
      return given.get("order_id") instanceof Long order
          ? draft.find(ORDER, order).map(found -> found.reference("pricelist_id")).orElse(null)
          : null;
    }

    private static double quantity(Map<String, Object> given) {
      return given.get("product_uom_qty") instanceof Number number ? number.doubleValue() : 1;
    }

    private static String description(Draft draft, Row product) {
      String name = draft.displayName(ProductModels.PRODUCT, product);
      String more = product.text("description_sale");
      return more.isEmpty() ? name : name + "\n" + more;
    }

    @Override
    public void beforeDelete(Draft draft, Row row) {
      boolean confirmed =
          draft
              .follow(row, "order_id", ORDER)
              .filter(order -> order.text("state").equals("sale"))
              .isPresent();
      if (confirmed) {
        throw OdooError.user(
            "Once a sales order is confirmed, you can't remove one of its lines (we need to track"
                + " if something gets invoiced or delivered).\nSet the quantity to 0 instead.");
      }
    }
  }
}
