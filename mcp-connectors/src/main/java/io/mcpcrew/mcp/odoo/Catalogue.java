package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the company sells, with price and stock.
final class Catalogue {
  private static final String MODEL = "product.product";
  private static final List<String> WANTED =
      List.of(
          "name",
          "default_code",
          "list_price",
          "currency_id",
          "type",
          "is_storable",
          "free_qty",
          "qty_available");

  /// Wildcards and partial words let strangers in; so more is asked for than is given.
  private static final int CANDIDATES = 80;

  private static final String SERVICE = "service";

  private final Odoo odoo;
  private final OdooFields fields;

  Catalogue(Odoo odoo, OdooFields fields) {
    this.odoo = odoo;
    this.fields = fields;
  }

  List<ConnectorTool> tools() {
    return List.of(findProducts(), checkStock());
  }

  private ConnectorTool findProducts() {
    return ConnectorTool.read(
        "find_products",
        "Find products",
        "Finds products and services by name or code, as a customer would call them: plural, case and accents do not matter. Gives price and, for goods, the quantity that is free to sell.",
        "catalog.find",
        JsonSchema.arguments()
            .required("query", "string", "What the customer calls it, e.g. `furadeira de impacto`.")
            .number("limit", 1, 50, 5, "How many to give at most; the best first.")
            .optional(
                "every_word",
                "boolean",
                "True: only what holds all the words. Default false: one of them will do where nothing holds all."),
        JsonSchema.result()
            .objects(
                "records",
                "id, name, code, price, currency, in_stock, available where stock is kept, and service if it is one"),
        this::find);
  }

  private ConnectorTool checkStock() {
    return ConnectorTool.read(
        "check_stock",
        "Check stock",
        "Tells how many pieces of one product are free to sell now, by its code.",
        "stock.check",
        JsonSchema.arguments().required("code", "string", "The product's code, e.g. `FUR-650`."),
        JsonSchema.result()
            .objects("records", "as in find_products; empty when there is no such code"),
        this::stock);
  }

  private ToolAnswer find(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    var search = new ProductSearch(call.arguments().text("query"));
    int limit = call.arguments().number("limit", 5, 1, 50);
    if (search.isEmpty()) {
      return new ToolAnswer.Refused("query holds no word to search for");
    }
    List<Row> found = best(read(call, search.all()), search, search.size());
    ProductSearch loose = search.loosely();
    if (found.isEmpty()) {
      found = best(read(call, loose.all()), loose, loose.size());
    }
    if (found.isEmpty() && loose.size() > 1 && !call.arguments().flag("every_word")) {
      found = best(read(call, loose.any()), loose, 1);
    }
    return products(found.stream().limit(limit).toList());
  }

  private ToolAnswer stock(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    return products(
        read(call, List.of(List.of("default_code", "=ilike", call.arguments().text("code")))));
  }

  private List<Row> read(OdooCall call, List<Object> domain)
      throws IOException, InterruptedException {
    return odoo.search(
        call,
        MODEL,
        Query.of(domain)
            .give(fields.present(call, MODEL, WANTED))
            .most(CANDIDATES)
            .order("name, id"));
  }

  /// Those that really hold enough of the words; more words first, then the shorter name.
  private static List<Row> best(List<Row> rows, ProductSearch search, int least) {
    return rows.stream()
        .filter(row -> matches(row, search) >= least)
        .sorted(
            Comparator.comparingInt((Row row) -> -matches(row, search))
                .thenComparingInt(row -> row.text("name").length()))
        .toList();
  }

  private static int matches(Row row, ProductSearch search) {
    return search.matches(row.text("name"), row.text("default_code"));
  }

  private static ToolAnswer products(List<Row> rows) {
    List<Map<String, Object>> records = rows.stream().map(Catalogue::product).toList();
    return new ToolAnswer.Result(
        records.size() == 1 ? "1 product" : records.size() + " products",
        Map.of("records", records));
  }

  private static Map<String, Object> product(Row row) {
    Map<String, Object> product = new LinkedHashMap<>();
    product.put("id", row.id());
    product.put("name", row.text("name"));
    product.put("code", row.text("default_code"));
    row.number("list_price").ifPresent(price -> product.put("price", price));
    product.put("currency", row.label("currency_id"));
    Optional<BigDecimal> free = stockOf(row);
    free.ifPresent(quantity -> product.put("available", quantity));
    if (row.text("type").equals(SERVICE)) {
      product.put("service", true);
    }
    product.put("in_stock", free.map(quantity -> quantity.signum() > 0).orElse(true));
    return product;
  }

  /// Services have no stock, and goods whose stock nobody keeps are always there.
  private static Optional<BigDecimal> stockOf(Row row) {
    boolean kept =
        row.fields().has("is_storable")
            ? row.flag("is_storable")
            : !row.text("type").equals(SERVICE);
    return kept ? row.number("free_qty").or(() -> row.number("qty_available")) : Optional.empty();
  }
}
