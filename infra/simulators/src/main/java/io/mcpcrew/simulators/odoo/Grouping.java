package io.mcpcrew.simulators.odoo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `formatted_read_group`: records counted and summed by groups.
final class Grouping {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.US);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.US);

  private Grouping() {}

  static Object groups(Snapshot snapshot, Call call) {
    List<Key> keys =
        texts(call, "groupby").stream().map(text -> Key.of(call.model(), text)).toList();
    List<Measure> measures =
        texts(call, "aggregates").stream().map(text -> Measure.of(call.model(), text)).toList();
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    SearchActions.matching(snapshot, call, call.domain())
        .sorted(Ordering.of(snapshot, call.model(), "id"))
        .forEach(row ->
            groups
                .computeIfAbsent(
                    keys.stream().map(key -> key.of(snapshot, row)).toList(),
                    _ -> new ArrayList<>())
                .add(row));
    var all = new ArrayList<Map<String, Object>>();
    groups.forEach((group, rows) -> all.add(shown(snapshot, keys, group, measures, rows)));
    return page(call, keys, measures, all);
  }

  private static List<String> texts(Call call, String name) {
    return call.get(name) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Map<String, Object> shown(
      View view, List<Key> keys, List<Object> group, List<Measure> measures, List<Row> rows) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      shown.put(keys.get(i).text(), group.get(i));
    }
    shown.put("__extra_domain", List.of());
    measures.forEach(measure -> shown.put(measure.text(), measure.of(view, rows)));
    return shown;
  }

  private static List<Map<String, Object>> page(
      Call call, List<Key> keys, List<Measure> measures, List<Map<String, Object>> all) {
    Comparator<Map<String, Object>> order = null;
    String wanted = call.text("order");
    List<String> terms =
        wanted == null ? keys.stream().map(Key::text).toList() : List.of(wanted.split(",", -1));
    List<String> known =
        Stream.concat(keys.stream().map(Key::text), measures.stream().map(Measure::text)).toList();
    for (String term : terms) {
      String name = term.strip().replaceFirst(" .*", "");
      if (!known.contains(name)) {
        throw OdooError.value(
            "Order term '%s' is not a valid aggregate nor valid groupby".formatted(term.strip()));
      }
      Comparator<Map<String, Object>> one =
          Comparator.comparing(group -> sortable(group.get(name)));
      one = term.toLowerCase(Locale.ROOT).endsWith(" desc") ? one.reversed() : one;
      order = order == null ? one : order.thenComparing(one);
    }
    Long limit = call.count("limit");
    Long offset = call.count("offset");
    return all.stream()
        .sorted(order == null ? (_, _) -> 0 : order)
        .skip(offset == null ? 0 : offset)
        .limit(limit == null || limit == 0 ? Long.MAX_VALUE : limit)
        .toList();
  }

  /// Numbers by size, all else as text, empty last.
  private static String sortable(@Nullable Object value) {
    return switch (value) {
      case Number number -> "1%040.6f".formatted(number.doubleValue() + 1e15);
      case List<?> named -> "2" + named.getLast();
      case String text -> "2" + text;
      case null, default -> "3";
    };
  }

  /// What is grouped by: a field, a date with the length of its period.
  private record Key(String text, Field field, String period) {
    static Key of(Model model, String text) {
      int colon = text.indexOf(':');
      Field field = known(model, colon < 0 ? text : text.substring(0, colon));
      boolean time = field.type() == FieldType.DATE || field.type() == FieldType.DATETIME;
      if (time && colon < 0) {
        throw OdooError.value("Granularity not set on a date(time) field: '%s'".formatted(text));
      }
      if (!field.isStored() && field.type() != FieldType.MONETARY) {
        throw OdooError.value(
            "Cannot convert %s.%s to SQL because it is not stored"
                .formatted(model.name(), field.name()));
      }
      return new Key(text, field, colon < 0 ? "" : text.substring(colon + 1));
    }

    Object of(View view, Row row) {
      Object shown = Values.shown(view, field, row, true);
      return period.isEmpty() || !(shown instanceof String time) ? shown : begun(time);
    }

    private Object begun(String time) {
      LocalDate day = LocalDate.parse(time.substring(0, 10));
      return switch (period) {
        case "day" -> named(day, DAY.format(day));
        case "month" -> {
          LocalDate first = day.withDayOfMonth(1);
          yield named(first, MONTH.format(first));
        }
        case "year" -> {
          LocalDate first = day.with(TemporalAdjusters.firstDayOfYear());
          yield named(first, Integer.toString(first.getYear()));
        }
        default ->
            throw OdooError.value("Granularity specification isn't correct: '" + period + "'");
      };
    }

    private Object named(LocalDate day, String label) {
      String begin =
          field.type() == FieldType.DATE
              ? day.toString()
              : LocalDateTime.of(day, LocalTime.MIDNIGHT).format(Values.TIME);
      return List.of(begin, label);
    }
  }

  private static Field known(Model model, String name) {
    return model
        .find(name)
        .orElseThrow(() ->
            OdooError.value("Invalid field '%s' on model '%s'".formatted(name, model.name())));
  }

  /// What is counted or summed.
  private record Measure(String text, @Nullable Field field, String how) {
    static Measure of(Model model, String text) {
      if (text.equals("__count")) {
        return new Measure(text, null, "count");
      }
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw OdooError.value("Aggregate method is mandatory for '%s'".formatted(text));
      }
      String how = text.substring(colon + 1);
      if (!List.of("sum", "avg", "min", "max", "count", "count_distinct").contains(how)) {
        throw OdooError.value("Invalid aggregate method '%s' for '%s'.".formatted(how, text));
      }
      return new Measure(text, known(model, text.substring(0, colon)), how);
    }

    Object of(View view, List<Row> rows) {
      if (field == null) {
        return (long) rows.size();
      }
      Field measured = field;
      List<Object> values =
          rows.stream()
              .map(row -> measured.valueIn(view, row))
              .filter(Objects::nonNull)
              .map(Object.class::cast)
              .toList();
      return switch (how) {
        case "count" -> (long) values.size();
        case "count_distinct" -> values.stream().distinct().count();
        case "sum" -> values.isEmpty() ? (Object) false : sum(values);
        case "avg" -> values.isEmpty() ? (Object) false : sum(values) / values.size();
        default -> extreme(values);
      };
    }

    private static double sum(List<Object> values) {
      return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).sum();
    }

    private Object extreme(List<Object> values) {
      Comparator<Object> order = Comparator.comparing(Grouping::sortable);
      return values.stream()
          .reduce(
              how.equals("max")
                  ? (a, b) -> order.compare(a, b) >= 0 ? a : b
                  : (a, b) -> order.compare(a, b) <= 0 ? a : b)
          .orElse(false);
    }
  }
}
