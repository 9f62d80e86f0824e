package io.mcpcrew.simulators.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A model, as data.
///
/// @param nameFields the fields in which a search by name looks
/// @param order of search results when the caller wants none
/// @param thread whether one can write messages on its records
record Model(
    String name,
    SequencedMap<String, Field> fields,
    List<String> nameFields,
    String order,
    boolean thread,
    Rules rules) {

  /// A model that is named by its field `name`, with the fields that every model has.
  static Model of(String name, Field... fields) {
    SequencedMap<String, Field> all = new LinkedHashMap<>();
    common().forEach(field -> all.put(field.name(), field));
    Stream.of(fields).forEach(field -> all.put(field.name(), field));
    return new Model(name, all, List.of("name"), "id", false, Rules.NONE);
  }

  private static Stream<Field> common() {
    return Stream.of(
        Field.of(FieldType.INTEGER, "id", "ID").computedBy((_, row) -> row.id()),
        Field.text("display_name", "Display Name").computedBy((_, row) -> row.get("name")),
        Field.of(FieldType.DATETIME, "create_date", "Created on"),
        Field.of(FieldType.DATETIME, "write_date", "Last Updated on"));
  }

  /// `how` a record is called where another one points to it.
  Model namedBy(Field.Computation how) {
    SequencedMap<String, Field> all = new LinkedHashMap<>(fields);
    all.computeIfPresent("display_name", (_, field) -> field.computedBy(how));
    return new Model(name, all, nameFields, order, thread, rules);
  }

  Model foundBy(String... names) {
    return new Model(name, fields, List.of(names), order, thread, rules);
  }

  Model orderedBy(String sorted) {
    return new Model(name, fields, nameFields, sorted, thread, rules);
  }

  Model withMessages() {
    SequencedMap<String, Field> all = new LinkedHashMap<>(fields);
    all.put(
        "message_ids",
        Field.one2many("message_ids", "Messages", "mail.message", "res_id")
            .computedBy((view, row) -> MessageActions.messagesOf(view, name, row.id())));
    return new Model(name, all, nameFields, order, true, rules);
  }

  Model ruledBy(Rules further) {
    return new Model(name, fields, nameFields, order, thread, further);
  }

  Optional<Field> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  Field field(String field) {
    return find(field).orElseThrow(() -> OdooError.unknownField(field, name));
  }

  boolean hasArchive() {
    return fields.containsKey("active");
  }

  /// `SaleOrder`, as Python's tracebacks call it.
  String className() {
    var joined = new StringBuilder();
    for (String part : name.split("\\.", -1)) {
      joined.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return joined.toString();
  }

  /// What a model adds to creating, changing and deleting its records.
  interface Rules {
    Rules NONE = new Rules() {};

    /// Values for the fields that the caller did not give.
    default Map<String, Object> defaults(Draft draft, Map<String, Object> given) {
      return Map.of();
    }

    /// Throws when the record cannot be as it is.
    default void check(Draft draft, Row row) {}

    /// Throws when the record must stay.
    default void beforeDelete(Draft draft, Row row) {}
  }
}
