package io.mcpcrew.simulators.odoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// With what a database begins: `data/<name>.yaml` beside this class, or `data/neutral.yaml`.
///
/// The files name things as people do; ids are given in the order of the file. Orders are as many
/// days old as the file says on the day on which the simulator starts.
final class DemoData {
  private static final long FIRST_ID_OF_USERS = 1001;

  private final Draft draft;
  private final Records records;
  private final InstantSource clock;
  private final Map<String, Long> products = new HashMap<>();
  private final Map<String, Long> partners = new HashMap<>();
  private final Map<String, Long> categories = new HashMap<>();
  private final Map<String, Long> stages = new HashMap<>();
  private final Map<String, Long> units = new HashMap<>();

  /// One entry of a list in a file.
  private record Entry(Map<?, ?> values) {
    @Nullable Object get(String key) {
      return values.get(key);
    }

    String text(String key) {
      Object value = get(key);
      if (value == null) {
        throw new IllegalStateException("Demo data: " + key + " is missing in " + values);
      }
      return value.toString();
    }

    double number(String key, double otherwise) {
      return get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    List<Entry> entries(String key) {
      return get(key) instanceof List<?> items
          ? items.stream().map(item -> new Entry((Map<?, ?>) item)).toList()
          : List.of();
    }

    /// Those of the named values that are there, under the names that Odoo has for them.
    Map<String, @Nullable Object> as(String... pairs) {
      Map<String, @Nullable Object> named = new HashMap<>();
      for (int i = 0; i < pairs.length; i += 2) {
        Object value = get(pairs[i]);
        if (value != null) {
          named.put(pairs[i + 1], value);
        }
      }
      return named;
    }
  }

  private DemoData(InstantSource clock) {
    this.clock = clock;
    this.draft = new Draft(Snapshot.EMPTY, daysAgo(60));
    this.records = new Records(draft);
  }

  static Snapshot of(String database, InstantSource clock) {
    Map<?, ?> file = file(database).or(() -> file("neutral")).orElseThrow();
    var data = new DemoData(clock);
    data.basics();
    data.fill(new Entry(file));
    Models.everyOne().forEach(model -> data.draft.reserveIdsBelow(model.name(), FIRST_ID_OF_USERS));
    return data.draft.finished();
  }

  private static Optional<Map<?, ?>> file(String name) {
    try (InputStream in = DemoData.class.getResourceAsStream("data/" + name + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
    } catch (IOException e) {
      throw new UncheckedIOException("The demo data " + name + " cannot be read", e);
    }
  }

  /// What Odoo itself brings along.
  private void basics() {
    create(
        BaseModels.CURRENCY,
        Map.of(
            "name", "BRL", "symbol", "R$", "full_name", "Real brasileiro", "position", "before"));
    create(BaseModels.USER, Map.of("name", "Administrador", "login", "admin"));
    subtype("mt_comment", "Discussions", false);
    subtype("mt_note", "Note", true);
    create(
        ProductModels.LOCATION,
        Map.of("name", "Estoque", "complete_name", "WH/Estoque", "usage", "internal"));
    create(
        ProductModels.LOCATION,
        Map.of("name", "Clientes", "complete_name", "Parceiros/Clientes", "usage", "customer"));
    unit("un");
    stage("Novo", 1, false);
    stage("Qualificado", 2, false);
    stage("Proposta", 3, false);
    stage("Ganho", 4, true);
  }

  private void subtype(String name, String label, boolean internal) {
    long id = create(BaseModels.SUBTYPE, Map.of("name", label, "internal", internal));
    ExternalIds.put(draft, "mail." + name, Models.get(BaseModels.SUBTYPE), id, true);
  }

  private void stage(String name, long sequence, boolean won) {
    stages.put(
        name, create(CrmModels.STAGE, Map.of("name", name, "sequence", sequence, "is_won", won)));
  }

  private void fill(Entry file) {
    file.entries("partners").forEach(this::partner);
    administrator();
    file.entries("products").forEach(this::product);
    file.entries("orders").forEach(this::order);
    // Behind the orders, which were made before there were such prices.
    file.entries("price-lists").forEach(this::priceList);
    file.entries("invoices").forEach(this::invoice);
    file.entries("leads").forEach(this::lead);
    long nextOrder = (long) file.number("next-order", 1);
    create(
        BaseModels.SEQUENCE,
        Map.of("name", "Pedido de venda", "code", SaleModels.ORDER, "number_next", nextOrder));
  }

  private void partner(Entry entry) {
    var values =
        entry.as(
            "name",
            "name",
            "email",
            "email",
            "phone",
            "phone",
            "city",
            "city",
            "street",
            "street",
            "zip",
            "zip",
            "vat",
            "vat",
            "company",
            "is_company",
            "note",
            "comment",
            "active",
            "active");
    if (entry.get("works-at") != null) {
      values.put("parent_id", known(partners, entry.text("works-at")));
    }
    partners.put(entry.text("name"), create(BaseModels.PARTNER, values));
  }

  /// The one user is a contact too, with an id that leaves room for more of the file's.
  private void administrator() {
    draft.reserveIdsBelow(BaseModels.PARTNER, FIRST_ID_OF_USERS - 1);
    long own = create(BaseModels.PARTNER, Map.of("name", "Administrador"));
    records.write(Models.get(BaseModels.USER), List.of(BaseModels.ONLY), Map.of("partner_id", own));
  }

  private void priceList(Entry entry) {
    long list = create(ProductModels.PRICE_LIST, Map.of("name", entry.text("name")));
    for (Entry rule : entry.entries("rules")) {
      var values =
          rule.as("percent", "percent_price", "price", "fixed_price", "from", "min_quantity");
      values.put("pricelist_id", list);
      values.put("compute_price", rule.get("percent") == null ? "fixed" : "percentage");
      if (rule.get("product") != null) {
        values.put("applied_on", "0_product_variant");
        values.put("product_id", known(products, rule.text("product")));
      }
      create(ProductModels.PRICE_RULE, values);
    }
    if (entry.get("customers") instanceof List<?> customers) {
      List<Long> ids =
          customers.stream().map(name -> known(partners, String.valueOf(name))).toList();
      records.write(
          Models.get(BaseModels.PARTNER), ids, Map.of("property_product_pricelist", list));
    }
  }

  /// Due so many days after the day of the invoice.
  private void invoice(Entry entry) {
    long daysAgo = (long) entry.number("days-ago", 0);
    double total = entry.number("total", 0);
    double open = entry.number("open", total);
    var values = entry.as("name", "name", "origin", "invoice_origin");
    values.put("move_type", "out_invoice");
    values.put("state", "posted");
    values.put("payment_state", open == 0 ? "paid" : open < total ? "partial" : "not_paid");
    values.put("partner_id", known(partners, entry.text("partner")));
    values.put("invoice_date", day(daysAgo));
    values.put("invoice_date_due", day(daysAgo - (long) entry.number("due-in", 30)));
    values.put("amount_total", total);
    values.put("amount_residual", open);
    create(AccountModels.MOVE, values);
  }

  private String day(long daysAgo) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(daysAgo).toString();
  }

  private void product(Entry entry) {
    var values =
        entry.as(
            "name",
            "name",
            "code",
            "default_code",
            "barcode",
            "barcode",
            "price",
            "list_price",
            "cost",
            "standard_price",
            "about",
            "description_sale",
            "kind",
            "type",
            "active",
            "active",
            "for-sale",
            "sale_ok");
    boolean stored = entry.get("stock") != null;
    values.put("is_storable", stored);
    values.put("categ_id", category(entry.text("category")));
    values.put("uom_id", unit(entry.get("unit") == null ? "un" : entry.text("unit")));
    long id = create(ProductModels.PRODUCT, values);
    products.put(entry.text("code"), id);
    if (stored) {
      create(
          ProductModels.QUANT,
          Map.of("product_id", id, "location_id", 1L, "quantity", entry.number("stock", 0)));
    }
  }

  private long category(String name) {
    return known(categories, name, () -> create(ProductModels.CATEGORY, Map.of("name", name)));
  }

  private long unit(String name) {
    return known(units, name, () -> create(ProductModels.UNIT, Map.of("name", name)));
  }

  private void order(Entry entry) {
    String day = daysAgo((long) entry.number("days-ago", 0));
    var values =
        entry.as(
            "name",
            "name",
            "state",
            "state",
            "reference",
            "client_order_ref",
            "origin",
            "origin",
            "invoice",
            "invoice_status",
            "note",
            "note");
    values.put("partner_id", known(partners, entry.text("partner")));
    values.put("date_order", day);
    values.put("create_date", day);
    values.put("write_date", day);
    long order = create(SaleModels.ORDER, values);
    entry.entries("lines").forEach(line -> line(order, line));
  }

  private void line(long order, Entry entry) {
    var values =
        entry.as(
            "quantity",
            "product_uom_qty",
            "delivered",
            "qty_delivered",
            "price",
            "price_unit",
            "discount",
            "discount");
    values.put("order_id", order);
    values.put("product_id", known(products, entry.text("product")));
    create(SaleModels.LINE, values);
  }

  private void lead(Entry entry) {
    String day = daysAgo((long) entry.number("days-ago", 0));
    var values =
        entry.as(
            "name",
            "name",
            "contact",
            "contact_name",
            "email",
            "email_from",
            "phone",
            "phone",
            "about",
            "description",
            "revenue",
            "expected_revenue",
            "type",
            "type",
            "referred",
            "referred",
            "active",
            "active",
            "chance",
            "probability");
    values.put("create_date", day);
    values.put("write_date", day);
    if (entry.get("partner") != null) {
      values.put("partner_id", known(partners, entry.text("partner")));
    }
    if (entry.get("stage") != null) {
      values.put("stage_id", known(stages, entry.text("stage")));
    }
    create(CrmModels.LEAD, values);
  }

  private long create(String model, Map<String, ? extends @Nullable Object> values) {
    return records.create(Models.get(model), values);
  }

  private static long known(Map<String, Long> names, String name) {
    return known(
        names,
        name,
        () -> {
          throw new IllegalStateException("Demo data: there is no \"" + name + "\"");
        });
  }

  private static long known(
      Map<String, Long> names, String name, java.util.function.LongSupplier otherwise) {
    Long id = names.get(name);
    if (id == null) {
      id = otherwise.getAsLong();
      names.put(name, id);
    }
    return id;
  }

  /// At a time of the day at which people work, but never in the future.
  private String daysAgo(long days) {
    var now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    var then = now.minusDays(days).withHour(13).withMinute(20).withSecond(0);
    return (then.isAfter(now) ? now : then).format(Values.TIME);
  }
}
