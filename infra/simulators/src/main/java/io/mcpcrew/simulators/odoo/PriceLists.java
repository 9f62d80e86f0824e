package io.mcpcrew.simulators.odoo;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What certain customers pay. Of the rules that fit, one for the product goes before one for all,
/// and the larger least quantity before the smaller.
final class PriceLists {
  private PriceLists() {}

  static Model list() {
    return Model.of(
        ProductModels.PRICE_LIST,
        Field.text("name", "Pricelist Name").asRequired(),
        Field.many2one("currency_id", "Currency", BaseModels.CURRENCY)
            .asRequired()
            .otherwise(BaseModels.ONLY),
        Field.one2many("item_ids", "Pricelist Rules", ProductModels.PRICE_RULE, "pricelist_id"),
        Field.flag("active", "Active", true));
  }

  static Model rule() {
    return Model.of(
        ProductModels.PRICE_RULE,
        Field.many2one("pricelist_id", "Pricelist", ProductModels.PRICE_LIST).asPart(),
        Field.selection(
                "applied_on",
                "Apply On",
                "3_global",
                "All Products",
                "0_product_variant",
                "Product Variant")
            .asRequired()
            .otherwise("3_global"),
        Field.many2one("product_id", "Variant", ProductModels.PRODUCT),
        Field.of(FieldType.FLOAT, "min_quantity", "Min. Quantity").otherwise(0.0),
        Field.selection(
                "compute_price", "Price Type", "fixed", "Fixed Price", "percentage", "Discount")
            .asRequired()
            .otherwise("fixed"),
        Field.of(FieldType.FLOAT, "fixed_price", "Fixed Price").otherwise(0.0),
        Field.of(FieldType.FLOAT, "percent_price", "Percentage Price").otherwise(0.0));
  }

  /// What one piece costs; without a list, or where it says nothing, the product's own price.
  static double price(View view, @Nullable Long list, Row product, double quantity) {
    double own = product.number("list_price");
    if (list == null) {
      return own;
    }
    return view.rowsReferring(ProductModels.PRICE_RULE, "pricelist_id", list).stream()
        .filter(rule -> fits(rule, product.id(), quantity))
        .max(
            Comparator.comparing((Row rule) -> !rule.text("applied_on").equals("3_global"))
                .thenComparingDouble(rule -> rule.number("min_quantity")))
        .map(rule -> price(rule, own))
        .orElse(own);
  }

  private static boolean fits(Row rule, long product, double quantity) {
    Long only = rule.reference("product_id");
    boolean ofProduct =
        rule.text("applied_on").equals("3_global") || Long.valueOf(product).equals(only);
    return ofProduct && quantity >= rule.number("min_quantity");
  }

  private static double price(Row rule, double own) {
    return rule.text("compute_price").equals("percentage")
        ? Math.round(own * (100 - rule.number("percent_price"))) / 100.0
        : rule.number("fixed_price");
  }
}
