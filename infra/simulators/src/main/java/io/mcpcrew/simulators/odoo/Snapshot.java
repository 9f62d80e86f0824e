package io.mcpcrew.simulators.odoo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole of a database at one moment; never changes.
record Snapshot(Map<String, Table> tables) implements View {
  static final Snapshot EMPTY = new Snapshot(Map.of());

  Snapshot {
    tables = Map.copyOf(tables);
  }

  Table table(String model) {
    return tables.getOrDefault(model, Table.EMPTY);
  }

  @Override
  public Optional<Row> find(String model, long id) {
    return Optional.ofNullable(table(model).rows().get(id));
  }

  @Override
  public Collection<Row> rows(String model) {
    return table(model).rows().values();
  }

  @Override
  public List<Long> referring(String model, String field, long id) {
    return table(model).referring(field, id);
  }
}
