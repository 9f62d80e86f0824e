package io.mcpcrew.simulators.odoo;

import java.util.List;

/// What is sold, and how much of it there is.
final class ProductModels {
  static final String PRODUCT = "product.product";
  static final String CATEGORY = "product.category";
  static final String UNIT = "uom.uom";
  static final String LOCATION = "stock.location";
  static final String QUANT = "stock.quant";

  static final String PRICE_LIST = "product.pricelist";
  static final String PRICE_RULE = "product.pricelist.item";

  static final List<Model> ALL =
      List.of(
          product(), category(), unit(), location(), quant(), PriceLists.list(), PriceLists.rule());

  private ProductModels() {}

  private static Model product() {
    return Model.of(
            PRODUCT,
            Field.text("name", "Name").asRequired(),
            Field.text("default_code", "Internal Reference"),
            Field.text("barcode", "Barcode"),
            Field.of(FieldType.FLOAT, "list_price", "Sales Price").otherwise(1.0),
            Field.of(FieldType.FLOAT, "lst_price", "Public Price")
                .computedBy((_, row) -> row.number("list_price")),
            Field.of(FieldType.FLOAT, "standard_price", "Cost").otherwise(0.0),
            Field.selection(
                    "type",
                    "Product Type",
                    "consu",
                    "Goods",
                    "service",
                    "Service",
                    "combo",
                    "Combo")
                .asRequired()
                .otherwise("consu"),
            Field.flag("is_storable", "Track Inventory", false),
            Field.of(FieldType.FLOAT, "qty_available", "Quantity On Hand")
                .computedBy((view, row) -> Stock.onHand(view, row.id())),
            Field.of(FieldType.FLOAT, "virtual_available", "Forecasted Quantity")
                .computedBy((view, row) -> Stock.forecast(view, row)),
            Field.of(FieldType.FLOAT, "free_qty", "Free To Use Quantity")
                .computedBy((view, row) -> Stock.free(view, row.id())),
            Field.flag("sale_ok", "Sales", true),
            Field.flag("active", "Active", true),
            Field.many2one("uom_id", "Unit", UNIT).asRequired().otherwise(BaseModels.ONLY),
            Field.many2one("currency_id", "Currency", BaseModels.CURRENCY)
                .computedBy((_, _) -> BaseModels.ONLY),
            Field.of(FieldType.TEXT, "description_sale", "Sales Description"),
            Field.many2one("categ_id", "Product Category", CATEGORY))
        .namedBy((_, row) -> productName(row))
        .foundBy("default_code", "name", "barcode")
        .orderedBy("default_code, name, id")
        .withMessages();
  }

  /// `[FUR-650] Furadeira`, as everywhere where a product is pointed to.
  private static Object productName(Row row) {
    String code = row.text("default_code");
    return code.isEmpty() ? row.text("name") : "[" + code + "] " + row.text("name");
  }

  private static Model category() {
    return Model.of(
            CATEGORY,
            Field.text("name", "Name").asRequired(),
            Field.many2one("parent_id", "Parent Category", CATEGORY),
            Field.text("complete_name", "Complete Name").computedBy(ProductModels::categoryName))
        .namedBy(ProductModels::categoryName)
        .foundBy("display_name")
        .orderedBy("complete_name")
        .withMessages();
  }

  private static Object categoryName(View view, Row row) {
    String own = row.text("name");
    Long parent = row.reference("parent_id");
    return parent == null || parent == row.id()
        ? own
        : view.displayName(CATEGORY, parent) + " / " + own;
  }

  private static Model unit() {
    return Model.of(
        UNIT, Field.text("name", "Unit Name").asRequired(), Field.flag("active", "Active", true));
  }

  private static Model location() {
    return Model.of(
            LOCATION,
            Field.text("name", "Location Name").asRequired(),
            Field.text("complete_name", "Full Location Name"),
            Field.selection(
                    "usage", "Location Type", "internal", "Internal", "customer", "Customer")
                .asRequired()
                .otherwise("internal"),
            Field.flag("active", "Active", true))
        .namedBy((_, row) -> row.text("complete_name"));
  }

  private static Model quant() {
    return Model.of(
            QUANT,
            Field.many2one("product_id", "Product", PRODUCT).asRequired(),
            Field.many2one("location_id", "Location", LOCATION).asRequired(),
            Field.of(FieldType.FLOAT, "quantity", "Quantity").otherwise(0.0),
            Field.of(FieldType.FLOAT, "reserved_quantity", "Reserved Quantity")
                .computedBy(Stock::reserved),
            Field.of(FieldType.FLOAT, "available_quantity", "Available Quantity")
                .computedBy((view, row) -> row.number("quantity") - Stock.reserved(view, row)))
        .namedBy((view, row) -> quantName(view, row));
  }

  private static Object quantName(View view, Row row) {
    Long product = row.reference("product_id");
    return product == null ? "" : view.displayName(PRODUCT, product);
  }
}
