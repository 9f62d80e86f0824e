package io.mcpcrew.simulators.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be done to the lines of a record: `[0, 0, {...}]` adds a new one, `[1, id, {...}]`
/// changes one, `[2, id]` and `[3, id]` delete one, `[4, id]` moves one here, `[5]` deletes all,
/// `[6, 0, ids]` keeps just these.
record Commands(Records records, Field field, long owner) {

  void apply(@Nullable Object raw) {
    if (raw == null || raw.equals(false)) {
      return;
    }
    if (!(raw instanceof List<?> commands)) {
      throw Values.wrong(field, raw);
    }
    commands.forEach(this::one);
  }

  private void one(@Nullable Object raw) {
    if (!(raw instanceof List<?> command)
        || command.isEmpty()
        || !(command.getFirst() instanceof Number code)) {
      throw OdooError.value("Wrong value for %s: %s".formatted(field.name(), raw));
    }
    switch (code.intValue()) {
      case 0 -> records.create(target(), owned(command));
      case 1 -> records.write(target(), List.of(id(command)), values(command));
      case 2, 3 -> records.delete(target(), List.of(id(command)));
      case 4 -> take(id(command));
      case 5 -> records.delete(target(), lines());
      case 6 -> keep(ids(command));
      default -> throw OdooError.value("Wrong value for %s: %s".formatted(field.name(), raw));
    }
  }

  private Model target() {
    return Models.get(field.target());
  }

  private Map<String, @Nullable Object> owned(List<?> command) {
    Map<String, @Nullable Object> values = values(command);
    values.put(field.back(), owner);
    return values;
  }

  private void take(long id) {
    records.write(target(), List.of(id), Map.of(field.back(), owner));
  }

  private void keep(List<Long> wanted) {
    records.delete(target(), lines().stream().filter(id -> !wanted.contains(id)).toList());
    wanted.forEach(this::take);
  }

  private List<Long> lines() {
    return records.draft().referring(field.target(), field.back(), owner);
  }

  private long id(List<?> command) {
    if (command.size() > 1 && command.get(1) instanceof Number id) {
      return id.longValue();
    }
    throw OdooError.value("Wrong value for %s: %s".formatted(field.name(), command));
  }

  private List<Long> ids(List<?> command) {
    if (command.size() > 2 && command.get(2) instanceof List<?> ids) {
      return ids.stream().map(id -> id(List.of(0, id))).toList();
    }
    throw OdooError.value("Wrong value for %s: %s".formatted(field.name(), command));
  }

  private Map<String, @Nullable Object> values(List<?> command) {
    if (command.size() > 2 && command.get(2) instanceof Map<?, ?> values) {
      Map<String, @Nullable Object> copy = new HashMap<>();
      values.forEach((name, value) -> copy.put(String.valueOf(name), value));
      return copy;
    }
    throw OdooError.value("Wrong value for %s: %s".formatted(field.name(), command));
  }
}
