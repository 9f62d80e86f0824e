package io.mcpcrew.simulators.odoo;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A state of a database that can be looked at: a finished one or one that is being changed.
interface View {
  Optional<Row> find(String model, long id);

  /// In the order of their ids.
  Collection<Row> rows(String model);

  /// The ids of the records of a model whose many2one `field` points to `id`, ascending.
  List<Long> referring(String model, String field, long id);

  default List<Row> rowsReferring(String model, String field, long id) {
    return referring(model, field, id).stream().flatMap(one -> find(model, one).stream()).toList();
  }

  /// What a many2one of a record points to.
  default Optional<Row> follow(Row row, String field, String model) {
    Long id = row.reference(field);
    return id == null ? Optional.empty() : find(model, id);
  }

  default String displayName(String model, long id) {
    return find(model, id).map(row -> displayName(model, row)).orElse("");
  }

  default String displayName(String model, Row row) {
    @Nullable Object name = Models.get(model).field("display_name").valueIn(this, row);
    return name == null ? "" : name.toString();
  }
}
