package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `onchange` of orders: a form that Odoo fills in and nobody saves. Made by storing the order in a
/// draft that is thrown away. As in Odoo, a price list counts for the lines only when the caller
/// names it; the customer's own is then shown, and was not used.
final class OrderForm {
  private OrderForm() {}

  static Object filledIn(Snapshot snapshot, Call call) {
    Map<String, @Nullable Object> values = Call.object("values", call.arguments().get("values"));
    Map<String, @Nullable Object> wanted =
        Call.object("fields_spec", call.arguments().get("fields_spec"));
    if (!(call.arguments().get("field_names") instanceof List<?> changed) || !changed.isEmpty()) {
      throw OdooError.value("only the form of a new record is simulated: field_names must be []");
    }
    wanted.keySet().stream()
        .filter(name -> call.model().find(name).isEmpty())
        .findFirst()
        .ifPresent(name -> {
          throw OdooError.key(name);
        });
    var draft = new Draft(snapshot, "2000-01-01 00:00:00");
    List<Map<String, @Nullable Object>> lines = lines(values);
    Row order = stored(draft, values);
    List<Row> rows = lines.stream().map(line -> line(draft, order, values, line)).toList();
    Map<String, Object> shown = shown(draft, call.model(), order, wanted);
    if (wanted.containsKey("order_line")) {
      shown.put("order_line", shown(draft, commands(values), rows, wanted));
    }
    return Map.of("value", shown);
  }

  private static Row stored(Draft draft, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> order = new HashMap<>(values);
    order.remove("order_line");
    Row partner =
        Values.truth(order.get("partner_id"))
            ? existing(draft, BaseModels.PARTNER, order.get("partner_id"))
            : draft.rows(BaseModels.PARTNER).iterator().next();
    order.put("partner_id", partner.id());
    long id = new Records(draft).create(Models.get(SaleModels.ORDER), order);
    return draft.find(SaleModels.ORDER, id).orElseThrow();
  }

  private static Row line(
      Draft draft,
      Row order,
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> line) {
    Map<String, @Nullable Object> whole = new HashMap<>(line);
    whole.put("order_id", order.id());
    Row product = existing(draft, ProductModels.PRODUCT, line.get("product_id"));
    if (!Values.truth(values.get("pricelist_id"))) {
      whole.putIfAbsent("price_unit", product.number("list_price"));
    }
    long id = new Records(draft).create(Models.get(SaleModels.LINE), whole);
    return draft.find(SaleModels.LINE, id).orElseThrow();
  }

  private static Row existing(Draft draft, String model, @Nullable Object id) {
    if (!(id instanceof Number number)) {
      throw OdooError.value("Wrong value for %s: %s".formatted(model, id));
    }
    return new Records(draft).existing(Models.get(model), List.of(number.longValue())).getFirst();
  }

  private static List<?> commands(Map<String, @Nullable Object> values) {
    return values.get("order_line") instanceof List<?> commands ? commands : List.of();
  }

  private static List<Map<String, @Nullable Object>> lines(Map<String, @Nullable Object> values) {
    var lines = new ArrayList<Map<String, @Nullable Object>>();
    for (Object command : commands(values)) {
      if (!(command instanceof List<?> parts)
          || parts.size() != 3
          || !Integer.valueOf(0).equals(parts.getFirst())) {
        throw OdooError.value("Wrong value for order_line: " + command);
      }
      lines.add(Call.object("order_line", parts.get(2)));
    }
    return lines;
  }

  private static List<Object> shown(
      Draft draft, List<?> commands, List<Row> rows, Map<String, @Nullable Object> wanted) {
    Map<String, @Nullable Object> fields = fields(wanted.get("order_line"));
    var shown = new ArrayList<Object>();
    for (int i = 0; i < rows.size(); i++) {
      Object name = ((List<?>) commands.get(i)).get(1);
      shown.add(
          List.of(
              0,
              String.valueOf(name),
              shown(draft, Models.get(SaleModels.LINE), rows.get(i), fields)));
    }
    return shown;
  }

  private static Map<String, @Nullable Object> fields(@Nullable Object specification) {
    return specification instanceof Map<?, ?> inner && inner.get("fields") != null
        ? Call.object("fields", inner.get("fields"))
        : Map.of();
  }

  /// A reference whose fields are asked for is an object of these, else a bare id.
  private static Map<String, Object> shown(
      Draft draft, Model model, Row row, Map<String, @Nullable Object> wanted) {
    Map<String, Object> shown = new LinkedHashMap<>();
    wanted.forEach((name, specification) -> {
      Field field = model.field(name);
      Object value = Values.shown(draft, field, row, false);
      boolean inner = field.type() == FieldType.MANY2ONE && !fields(specification).isEmpty();
      shown.put(
          name,
          inner && value instanceof Long id
              ? Map.of("id", id, "display_name", draft.displayName(field.target(), id))
              : value);
    });
    shown.remove("order_line");
    return shown;
  }
}
