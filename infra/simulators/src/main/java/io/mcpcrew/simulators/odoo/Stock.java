package io.mcpcrew.simulators.odoo;

import java.util.List;

/// How much there is, how much of it is promised, and what is left: functions of quants and
/// confirmed orders, so that confirming and cancelling need no bookkeeping.
final class Stock {
  private Stock() {}

  /// In the company's own places.
  static double onHand(View view, long product) {
    return quants(view, product).stream().mapToDouble(quant -> quant.number("quantity")).sum();
  }

  static double forecast(View view, Row product) {
    return product.flag("is_storable") ? onHand(view, product.id()) - owed(view, product.id()) : 0;
  }

  static double free(View view, long product) {
    double onHand = onHand(view, product);
    return onHand - Math.min(Math.max(onHand, 0), owed(view, product));
  }

  /// A product's quants are promised one after the other.
  static double reserved(View view, Row quant) {
    Long product = quant.reference("product_id");
    if (product == null || !isInternal(view, quant)) {
      return 0;
    }
    double owed = owed(view, product);
    for (Row earlier : quants(view, product)) {
      if (earlier.id() == quant.id()) {
        break;
      }
      owed -= earlier.number("quantity");
    }
    return Math.clamp(owed, 0, Math.max(quant.number("quantity"), 0));
  }

  /// Sold in confirmed orders and not delivered yet.
  private static double owed(View view, long product) {
    return view.rowsReferring(SaleModels.LINE, "product_id", product).stream()
        .filter(line -> isConfirmed(view, line))
        .mapToDouble(
            line -> Math.max(line.number("product_uom_qty") - line.number("qty_delivered"), 0))
        .sum();
  }

  private static boolean isConfirmed(View view, Row line) {
    return view.follow(line, "order_id", SaleModels.ORDER)
        .filter(order -> order.text("state").equals("sale"))
        .isPresent();
  }

  private static List<Row> quants(View view, long product) {
    return view.rowsReferring(ProductModels.QUANT, "product_id", product).stream()
        .filter(quant -> isInternal(view, quant))
        .toList();
  }

  private static boolean isInternal(View view, Row quant) {
    return view.follow(quant, "location_id", ProductModels.LOCATION)
        .filter(place -> place.text("usage").equals("internal"))
        .isPresent();
  }
}
