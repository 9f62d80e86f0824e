package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Creating, writing and deleting within a draft. Whatever throws leaves the draft unusable.
record Records(Draft draft) {

  long create(Model model, Map<String, ? extends @Nullable Object> given) {
    requireKnown(model, given);
    Map<String, Object> values = new HashMap<>(storedOf(model, given));
    model.rules().defaults(draft, Map.copyOf(values)).forEach(values::putIfAbsent);
    model.fields().values().forEach(field -> fallBack(field, given, values));
    values.putIfAbsent("create_date", draft.now());
    values.putIfAbsent("write_date", draft.now());
    long id = draft.nextId(model.name());
    store(model, new Row(id, values));
    applyCommands(model, id, given);
    return id;
  }

  /// An explicit `false` stays empty; only what was not said gets the default.
  private static void fallBack(
      Field field, Map<String, ? extends @Nullable Object> given, Map<String, Object> values) {
    Object fallback = field.fallback();
    if (fallback != null && !given.containsKey(field.name())) {
      values.putIfAbsent(field.name(), fallback);
    }
  }

  void write(Model model, List<Long> ids, Map<String, ? extends @Nullable Object> given) {
    requireKnown(model, given);
    List<Row> rows = existing(model, ids);
    Map<String, @Nullable Object> changes = new HashMap<>();
    given.keySet().stream()
        .filter(name -> isWritable(model.field(name)))
        .forEach(name -> changes.put(name, Values.stored(model.field(name), given.get(name))));
    changes.put("write_date", draft.now());
    for (Row row : rows) {
      store(model, row.with(changes));
      applyCommands(model, row.id(), given);
    }
  }

  /// As Odoo: a missing record is an error for whoever wants to change it.
  List<Row> existing(Model model, List<Long> ids) {
    List<Long> missing = ids.stream().filter(id -> draft.find(model.name(), id).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw OdooError.missing(model.name(), missing);
    }
    return ids.stream().flatMap(id -> draft.find(model.name(), id).stream()).toList();
  }

  private static void requireKnown(Model model, Map<String, ? extends @Nullable Object> given) {
    for (String name : given.keySet()) {
      if (model.find(name).isEmpty()) {
        throw OdooError.value("Invalid field '%s' in '%s'".formatted(name, model.name()));
      }
    }
  }

  private static boolean isWritable(Field field) {
    return field.isStored();
  }

  private static Map<String, Object> storedOf(
      Model model, Map<String, ? extends @Nullable Object> given) {
    Map<String, Object> values = new HashMap<>();
    given.forEach((name, raw) -> {
      Field field = model.field(name);
      Object value = isWritable(field) ? Values.stored(field, raw) : null;
      if (value != null) {
        values.put(name, value);
      }
    });
    return values;
  }

  private void store(Model model, Row row) {
    for (Field field : model.fields().values()) {
      requireGiven(model, field, row);
      requireTarget(model, field, row);
    }
    model.rules().check(draft, row);
    draft.put(model.name(), row);
  }

  private static void requireGiven(Model model, Field field, Row row) {
    if (field.required() && field.isStored() && isEmpty(row.get(field.name()))) {
      throw OdooError.validation(
          ("The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
                  + "- Delete: another model requires the record being deleted. If possible,"
                  + " archive it instead.\n\nModel: %s (%s)\nField: %s (%s)\n")
              .formatted(model.name(), model.name(), field.label(), field.name()));
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals("");
  }

  private void requireTarget(Model model, Field field, Row row) {
    if (field.type() != FieldType.MANY2ONE || !field.isStored()) {
      return;
    }
    Long id = row.reference(field.name());
    if (id != null && draft.find(field.target(), id).isEmpty()) {
      throw OdooError.validation(
          "The operation cannot be completed: insert or update on table \"%s\" violates foreign key"
                  .formatted(model.name().replace('.', '_'))
              + " constraint: %s (%d) is not present in \"%s\""
                  .formatted(field.name(), id, field.target().replace('.', '_')));
    }
  }

  private void applyCommands(Model model, long id, Map<String, ? extends @Nullable Object> given) {
    given.forEach((name, raw) -> {
      Field field = model.field(name);
      if (field.type() == FieldType.ONE2MANY && field.inverse() != null) {
        new Commands(this, field, id).apply(raw);
      }
    });
  }

  /// Records that are gone already are no error.
  void delete(Model model, List<Long> ids) {
    for (long id : ids) {
      draft.find(model.name(), id).ifPresent(row -> delete(model, row));
    }
  }

  private void delete(Model model, Row row) {
    model.rules().beforeDelete(draft, row);
    draft.remove(model.name(), row.id());
    ExternalIds.forget(draft, model.name(), row.id());
    for (Model other : Models.everyOne()) {
      for (Field field : other.fields().values()) {
        if (field.isStored() && model.name().equals(field.relation())) {
          letGo(other, field, row.id());
        }
      }
    }
  }

  private void letGo(Model other, Field field, long target) {
    for (Row pointing : new ArrayList<>(draft.rowsReferring(other.name(), field.name(), target))) {
      if (field.cascades()) {
        draft.remove(other.name(), pointing.id());
      } else if (field.restricts()) {
        throw OdooError.validation(
            "The operation cannot be completed: another model requires the record being deleted. If"
                + " possible, archive it instead.\n\nModel: %s, Constraint: %s_%s_fkey"
                    .formatted(other.name(), other.name().replace('.', '_'), field.name()));
      } else {
        Map<String, @Nullable Object> emptied = new HashMap<>();
        emptied.put(field.name(), null);
        draft.put(other.name(), pointing.with(emptied));
      }
    }
  }
}
