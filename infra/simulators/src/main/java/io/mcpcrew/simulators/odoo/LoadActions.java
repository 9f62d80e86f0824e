package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `load`: a table of texts becomes records with external ids. What is wrong with the data is told
/// inside an answer with status 200, and nothing is stored then.
///
/// A record that is there is written over, unless it is marked `noupdate` and the context says
/// `mode: update`. A line without an external id is added at every load.
final class LoadActions {
  private final Draft draft;
  private final CallContext context;

  private LoadActions(Draft draft, CallContext context) {
    this.draft = draft;
    this.context = context;
  }

  static Object load(Draft draft, Call call) {
    List<Column> columns =
        texts(call.arguments().get("fields")).stream()
            .map(name -> Column.of(call.model(), name))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    if (call.arguments().get("data") instanceof List<?> data) {
      data.forEach(row -> rows.add(texts(row)));
    }
    try {
      var loading = new LoadActions(draft, call.context());
      List<Long> ids = new ArrayList<>();
      for (List<List<String>> record : records(columns, rows)) {
        ids.add(loading.store(call.model(), loading.record(columns, record), Map.of()));
      }
      return answer(ids, List.of());
    } catch (OdooError e) {
      draft.undo();
      String text = e.getMessage() == null ? "" : e.getMessage();
      return answer(
          false,
          List.of(
              OdooJson.object(
                  "rows",
                  Map.of("from", 0, "to", Math.max(0, rows.size() - 1)),
                  "record",
                  0,
                  "type",
                  "error",
                  "message",
                  text)));
    }
  }

  private static Object answer(Object ids, List<Object> messages) {
    return OdooJson.object("ids", ids, "messages", messages, "nextrow", 0);
  }

  private static List<String> texts(@Nullable Object raw) {
    if (!(raw instanceof List<?> items)) {
      throw OdooError.type("a list is needed, not " + raw);
    }
    return items.stream().map(LoadActions::text).toList();
  }

  private static String text(@Nullable Object cell) {
    if (cell instanceof String text) {
      return text;
    }
    throw OdooError.type("load takes texts, not " + cell);
  }

  /// A row whose own columns are all empty holds a further line of the record above it.
  private static List<List<List<String>>> records(List<Column> columns, List<List<String>> rows) {
    List<List<List<String>>> records = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw OdooError.value(
            "a row has %d cells for %d fields".formatted(row.size(), columns.size()));
      }
      boolean further = true;
      for (int i = 0; i < row.size(); i++) {
        further &= columns.get(i).line() != null || row.get(i).isEmpty();
      }
      if (!further || records.isEmpty()) {
        records.add(new ArrayList<>());
      }
      records.getLast().add(row);
    }
    return records;
  }

  /// What a record is to be, and its lines.
  private record Wanted(
      String externalId, Map<String, @Nullable Object> values, Map<Field, List<Wanted>> lines) {}

  private Wanted record(List<Column> columns, List<List<String>> rows) {
    Map<String, @Nullable Object> values = new HashMap<>();
    Map<Field, List<Wanted>> lines = new LinkedHashMap<>();
    String externalId = "";
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String cell = rows.getFirst().get(i);
      if (column.line() != null && column.field() != null) {
        lines.computeIfAbsent(column.field(), field -> lines(field, columns, rows));
      } else if (column.field() == null) {
        externalId = cell;
      } else if (!cell.isEmpty()) {
        values.put(column.field().name(), value(column.field(), column.by(), cell));
      }
    }
    return new Wanted(externalId, values, lines);
  }

  private List<Wanted> lines(Field field, List<Column> columns, List<List<String>> rows) {
    List<Integer> places = new ArrayList<>();
    List<Column> inner = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column line = columns.get(i).line();
      if (line != null && field.equals(columns.get(i).field())) {
        places.add(i);
        inner.add(line);
      }
    }
    return rows.stream()
        .map(row -> places.stream().map(row::get).toList())
        .filter(cells -> cells.stream().anyMatch(cell -> !cell.isEmpty()))
        .map(cells -> record(inner, List.of(cells)))
        .toList();
  }

  private Object value(Field field, String by, String cell) {
    return new Cells(draft, zone()).value(field, by, cell);
  }

  private String zone() {
    return Values.truth(context.values().get("tz"))
        ? String.valueOf(context.values().get("tz"))
        : Cells.ZONE_OF_THE_USER;
  }

  private boolean isUpdate() {
    return "update".equals(context.values().get("mode"));
  }

  private String complete(String externalId) {
    Object module = context.values().get("module");
    return externalId.indexOf('.') >= 0
        ? externalId
        : (module == null ? "__import__" : module) + "." + externalId;
  }

  /// @param owner for a line, to which record it belongs
  private long store(Model model, Wanted wanted, Map<String, Object> owner) {
    Map<String, @Nullable Object> values = new HashMap<>(wanted.values());
    values.putAll(owner);
    if (wanted.externalId().isEmpty()) {
      if (isUpdate() && owner.isEmpty()) {
        throw OdooError.validation("Cannot update a record without specifying its id or xml_id");
      }
      return created(model, wanted, values);
    }
    String name = complete(wanted.externalId());
    Optional<Row> there = ExternalIds.find(draft, name);
    if (there.isEmpty()) {
      long id = created(model, wanted, values);
      boolean stays = Values.truth(context.values().get("noupdate"));
      ExternalIds.put(draft, name, model, id, stays);
      return id;
    }
    return updated(model, wanted, values, name, there.get());
  }

  private long created(Model model, Wanted wanted, Map<String, @Nullable Object> values) {
    long id = new Records(draft).create(model, values);
    storeLines(wanted, id);
    return id;
  }

  private long updated(
      Model model,
      Wanted wanted,
      Map<String, @Nullable Object> values,
      String name,
      Row externalId) {
    if (!externalId.text("model").equals(model.name())) {
      throw OdooError.validation(
          "For external id %s when trying to create/update a record of model %s found record of different model %s (%d)"
              .formatted(name, model.name(), externalId.text("model"), externalId.id()));
    }
    long id = ExternalIds.target(externalId);
    if (!(isUpdate() && externalId.flag("noupdate"))) {
      new Records(draft).write(model, List.of(id), values);
      storeLines(wanted, id);
    }
    return id;
  }

  private void storeLines(Wanted wanted, long owner) {
    wanted
        .lines()
        .forEach((field, lines) ->
            lines.forEach(line -> {
              long _ = store(Models.get(field.target()), line, Map.of(field.back(), owner));
            }));
  }

  /// A column of the table: a field of the record, or one of its lines.
  ///
  /// @param field null for the record's external id
  /// @param by of a reference: `id` for external ids, `.id` for the database's, else names
  private record Column(@Nullable Field field, String by, @Nullable Column line) {
    static Column of(Model model, String path) {
      if (path.equals("id")) {
        return new Column(null, "", null);
      }
      int slash = path.indexOf('/');
      String name = slash < 0 ? path : path.substring(0, slash);
      String rest = slash < 0 ? "" : path.substring(slash + 1);
      Field field =
          model
              .find(name)
              .orElseThrow(() -> OdooError.value("Invalid field name '%s'".formatted(name)));
      return field.type() == FieldType.ONE2MANY
          ? new Column(field, "", of(Models.get(field.target()), rest))
          : new Column(field, rest, null);
    }
  }
}
