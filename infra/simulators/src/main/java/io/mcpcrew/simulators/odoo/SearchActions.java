package io.mcpcrew.simulators.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What reads.
final class SearchActions {
  private static final long NAMES = 100;

  private SearchActions() {}

  static Object search(Snapshot snapshot, Call call) {
    return page(snapshot, call).map(Row::id).toList();
  }

  static Object count(Snapshot snapshot, Call call) {
    long count = matching(snapshot, call, call.domain()).count();
    Long limit = call.count("limit");
    return limit == null || limit == 0 ? count : Math.min(limit, count);
  }

  static Object searchRead(Snapshot snapshot, Call call) {
    List<Field> fields = call.fields("fields");
    return page(snapshot, call).map(row -> shown(snapshot, call, row, fields)).toList();
  }

  /// Records that are not there are left out without a word.
  static Object read(Snapshot snapshot, Call call) {
    List<Field> fields = call.fields("fields");
    return call.ids().stream()
        .flatMap(id -> snapshot.find(call.model().name(), id).stream())
        .map(row -> shown(snapshot, call, row, fields))
        .toList();
  }

  private static Stream<Row> page(Snapshot snapshot, Call call) {
    Domain domain = call.domain();
    var order = Ordering.of(snapshot, call.model(), call.text("order"));
    Long offset = call.count("offset");
    Long limit = call.count("limit");
    return matching(snapshot, call, domain)
        .sorted(order)
        .skip(offset == null ? 0 : offset)
        .limit(limit == null || limit == 0 ? Long.MAX_VALUE : limit);
  }

  /// Archived records are hidden, unless the context or the condition is about them.
  static Stream<Row> matching(Snapshot snapshot, Call call, Domain domain) {
    Predicate<Row> wanted = new Matcher(snapshot).of(domain, call.model());
    boolean activeOnly =
        call.model().hasArchive()
            && call.context().hidesArchived()
            && !domain.paths().contains("active");
    return snapshot.rows(call.model().name()).stream()
        .filter(row -> !activeOnly || row.flag("active"))
        .filter(wanted);
  }

  private static Map<String, Object> shown(
      Snapshot snapshot, Call call, Row row, @Nullable List<Field> fields) {
    boolean withNames =
        !call.arguments().containsKey("load") || "_classic_read".equals(call.get("load"));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", row.id());
    for (Field field : fields == null ? call.model().fields().values() : fields) {
      shown.put(field.name(), Values.shown(snapshot, field, row, withNames));
    }
    return shown;
  }

  static Object nameSearch(Snapshot snapshot, Call call) {
    Predicate<Row> called =
        named(snapshot, call.model(), call.text("name", ""), call.text("operator", "ilike"));
    Long limit = call.count("limit");
    return matching(snapshot, call, call.domain())
        .filter(called)
        .sorted(Ordering.of(snapshot, call.model(), null))
        .limit(limit == null ? NAMES : limit)
        .map(row -> List.of(row.id(), snapshot.displayName(call.model().name(), row)))
        .toList();
  }

  private static Predicate<Row> named(View view, Model model, String name, String operator) {
    Predicate<String> wanted =
        switch (operator) {
          case "ilike" -> Like.anywhere(name, true)::matches;
          case "like" -> Like.anywhere(name, false)::matches;
          case "=ilike" -> new Like(name, true)::matches;
          case "=like" -> new Like(name, false)::matches;
          case "=" -> name::equals;
          default -> throw OdooError.value("Invalid operator '" + operator + "'");
        };
    return name.isEmpty() ? _ -> true : row -> new Matcher(view).isCalled(model, row, wanted);
  }

  static Object fieldsGet(Snapshot snapshot, Call call) {
    List<?> wanted = call.get("allfields") instanceof List<?> names ? names : List.of();
    List<?> attributes = call.get("attributes") instanceof List<?> names ? names : List.of();
    Map<String, Object> described = new LinkedHashMap<>();
    for (Field field : call.model().fields().values()) {
      if (wanted.isEmpty() || wanted.contains(field.name())) {
        Map<String, Object> all = described(field);
        all.keySet().removeIf(name -> !attributes.isEmpty() && !attributes.contains(name));
        described.put(field.name(), all);
      }
    }
    return described;
  }

  private static boolean isReadonly(Field field) {
    boolean kept = field.name().equals("create_date") || field.name().equals("write_date");
    return kept || (!field.isStored() && field.type() != FieldType.ONE2MANY);
  }

  private static Map<String, Object> described(Field field) {
    Map<String, Object> all =
        OdooJson.object(
            "name", field.name(),
            "type", field.type().word(),
            "string", field.label(),
            "required", field.required(),
            "readonly", isReadonly(field),
            "store", field.isStored() || field.type() == FieldType.ONE2MANY,
            "searchable", true,
            "sortable", field.isStored());
    if (field.relation() != null) {
      all.put("relation", Objects.requireNonNull(field.relation()));
    }
    if (field.inverse() != null) {
      all.put("relation_field", Objects.requireNonNull(field.inverse()));
    }
    if (field.type() == FieldType.SELECTION) {
      all.put(
          "selection",
          field.selection().stream()
              .map(choice -> List.of(choice.value(), choice.label()))
              .toList());
    }
    return all;
  }

  static Object contextGet(Snapshot snapshot, Call call) {
    return OdooJson.object(
        "lang", call.context().lang(), "tz", "America/Sao_Paulo", "uid", BaseModels.ONLY);
  }
}
