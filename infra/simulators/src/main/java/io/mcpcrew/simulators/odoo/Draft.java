package io.mcpcrew.simulators.odoo;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A change that is being made to a snapshot: a transaction. Only the touched tables are copied;
/// what is thrown away leaves no trace.
final class Draft implements View {
  private final Snapshot before;
  private final String now;
  private final Map<String, SortedMap<Long, Row>> touched = new HashMap<>();
  private final Map<String, Long> nextIds = new HashMap<>();

  /// @param now the time of the transaction, as Odoo writes times
  Draft(Snapshot before, String now) {
    this.before = before;
    this.now = now;
  }

  String now() {
    return now;
  }

  @Override
  public Optional<Row> find(String model, long id) {
    var rows = touched.get(model);
    return rows == null ? before.find(model, id) : Optional.ofNullable(rows.get(id));
  }

  @Override
  public Collection<Row> rows(String model) {
    var rows = touched.get(model);
    return rows == null ? before.rows(model) : rows.values();
  }

  @Override
  public List<Long> referring(String model, String field, long id) {
    var rows = touched.get(model);
    return rows == null
        ? before.referring(model, field, id)
        : rows.values().stream()
            .filter(row -> Long.valueOf(id).equals(row.reference(field)))
            .map(Row::id)
            .toList();
  }

  /// An id that was never given before, not even to a record that is gone.
  long nextId(String model) {
    long id = nextIds.getOrDefault(model, before.table(model).nextId());
    nextIds.put(model, id + 1);
    return id;
  }

  /// Ids below this one are not given any more.
  void reserveIdsBelow(String model, long id) {
    nextIds.merge(model, Math.max(id, before.table(model).nextId()), Math::max);
  }

  void put(String model, Row row) {
    touch(model).put(row.id(), row);
  }

  void remove(String model, long id) {
    touch(model).remove(id);
  }

  private SortedMap<Long, Row> touch(String model) {
    return touched.computeIfAbsent(model, name -> new TreeMap<>(before.table(name).rows()));
  }

  /// Nothing has happened.
  void undo() {
    touched.clear();
    nextIds.clear();
  }

  /// The state after the change. The draft must not be used any more.
  Snapshot finished() {
    Map<String, Table> tables = new HashMap<>(before.tables());
    nextIds.keySet().forEach(this::touch);
    touched.forEach((model, rows) ->
        tables.put(
            model, new Table(rows, nextIds.getOrDefault(model, before.table(model).nextId()))));
    return new Snapshot(tables);
  }
}
