package io.mcpcrew.simulators.odoo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From JSON to what is stored, and back.
final class Values {
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Values() {}

  /// Null when empty. Throws what Odoo throws when the value does not fit the field's type.
  static @Nullable Object stored(Field field, @Nullable Object raw) {
    if (field.type() == FieldType.BOOLEAN) {
      return truth(raw);
    }
    if (raw == null || raw.equals(false)) {
      return null;
    }
    if (field.type() == FieldType.MANY2MANY) {
      return members(field, raw);
    }
    if (raw instanceof Map || raw instanceof List) {
      throw wrong(field, raw);
    }
    return switch (field.type()) {
      case INTEGER -> (long) number(field, raw);
      case FLOAT, MONETARY -> number(field, raw);
      case DATE -> date(field, raw.toString());
      case DATETIME -> time(field, raw.toString());
      case SELECTION -> choice(field, raw.toString());
      case MANY2ONE -> pointer(field, raw);
      case CHAR, TEXT, HTML -> raw.toString();
      case BOOLEAN, ONE2MANY, MANY2MANY -> throw wrong(field, raw);
    };
  }

  /// Ids, or commands that say them all: `[4, id]` for each, `[6, 0, ids]`, `[5]`.
  private static List<Long> members(Field field, Object raw) {
    if (!(raw instanceof List<?> items)) {
      throw wrong(field, raw);
    }
    List<Long> ids = new ArrayList<>();
    for (Object item : items) {
      switch (item) {
        case Number id -> ids.add(id.longValue());
        case List<?> command when command.size() == 2 && isCode(command, 4) ->
            ids.add(pointer(field, command.get(1)));
        case List<?> command when command.size() == 3 && isCode(command, 6) -> {
          ids.clear();
          ids.addAll(members(field, command.get(2)));
        }
        case List<?> command when isCode(command, 5) -> ids.clear();
        case null, default -> throw wrong(field, raw);
      }
    }
    return List.copyOf(ids);
  }

  private static boolean isCode(List<?> command, int code) {
    return !command.isEmpty()
        && command.getFirst() instanceof Number number
        && number.intValue() == code;
  }

  static boolean truth(@Nullable Object raw) {
    return switch (raw) {
      case null -> false;
      case Boolean flag -> flag;
      case Number number -> number.doubleValue() != 0;
      case String text -> !text.isEmpty();
      default -> true;
    };
  }

  private static double number(Field field, Object raw) {
    try {
      return switch (raw) {
        case Number number -> number.doubleValue();
        case Boolean _ -> 1;
        default -> Double.parseDouble(raw.toString().strip());
      };
    } catch (NumberFormatException e) {
      throw OdooError.value(
          "could not convert string to %s: '%s'"
              .formatted(field.type() == FieldType.INTEGER ? "int" : "float", raw));
    }
  }

  private static String date(Field field, String text) {
    try {
      return LocalDate.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw unfit(field, text, "%Y-%m-%d");
    }
  }

  private static String time(Field field, String text) {
    String whole = text.length() == 10 ? text + " 00:00:00" : text;
    try {
      return LocalDateTime.parse(whole, TIME).format(TIME);
    } catch (DateTimeParseException e) {
      throw unfit(field, text, "%Y-%m-%d %H:%M:%S");
    }
  }

  private static OdooError unfit(Field field, String text, String format) {
    return OdooError.value(
        "time data '%s' does not match format '%s' (%s)".formatted(text, format, field.name()));
  }

  private static String choice(Field field, String value) {
    if (field.selection().stream().noneMatch(choice -> choice.value().equals(value))) {
      throw wrong(field, value);
    }
    return value;
  }

  private static Long pointer(Field field, Object raw) {
    if (raw instanceof Number id) {
      return id.longValue();
    }
    throw wrong(field, raw);
  }

  static OdooError wrong(Field field, Object raw) {
    return OdooError.value("Wrong value for %s: %s".formatted(field.name(), raw));
  }

  /// As a caller sees it: a many2one with its name, `false` for empty.
  static Object shown(View view, Field field, Row row, boolean withNames) {
    Object value = field.valueIn(view, row);
    return switch (field.type()) {
      case INTEGER -> value == null ? (Object) 0L : value;
      case FLOAT, MONETARY -> value == null ? (Object) 0.0 : value;
      case ONE2MANY, MANY2MANY -> value == null ? List.of() : value;
      case MANY2ONE ->
          value instanceof Long id && withNames
              ? List.of(id, view.displayName(field.target(), id))
              : falseIfNull(value);
      default -> falseIfNull(value);
    };
  }

  private static Object falseIfNull(@Nullable Object value) {
    return value == null ? (Object) false : value;
  }
}
