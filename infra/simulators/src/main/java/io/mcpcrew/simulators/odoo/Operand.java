package io.mcpcrew.simulators.odoo;

import org.jspecify.annotations.Nullable;

/// Values in the form in which conditions compare them: numbers as numbers, empty as null, for a
/// number 0 and for a flag `false`.
final class Operand {
  private static final int DATE_LENGTH = 10;

  private Operand() {}

  static @Nullable Object of(Field field, @Nullable Object value) {
    return switch (field.type()) {
      case INTEGER, FLOAT, MONETARY -> number(field, value);
      case BOOLEAN -> Values.truth(value);
      case DATE, DATETIME -> time(field, value, " 00:00:00");
      default -> text(value);
    };
  }

  /// The limit of a `<` or `>`. A day given for a time is its end where the day is to be included.
  @SuppressWarnings("unchecked") // texts, numbers and flags can all be compared with their like
  static Comparable<Object> comparable(Field field, String operator, @Nullable Object value) {
    boolean wholeDay = operator.equals("<=") || operator.equals(">");
    Object limit =
        field.type() == FieldType.DATETIME && wholeDay
            ? time(field, value, " 23:59:59")
            : of(field, value);
    if (field.type().isRelational() || limit == null) {
      throw OdooError.value(
          "Invalid value %s for operator '%s' on %s".formatted(value, operator, field.name()));
    }
    return (Comparable<Object>) limit;
  }

  private static Object number(Field field, @Nullable Object value) {
    Object number = Values.stored(field, value);
    return number instanceof Number found ? (Object) found.doubleValue() : (Object) 0.0;
  }

  private static @Nullable Object time(Field field, @Nullable Object value, String timeOfDay) {
    String text = text(value);
    if (text == null) {
      return null;
    }
    boolean day = field.type() == FieldType.DATETIME && text.length() == DATE_LENGTH;
    return Values.stored(field, day ? text + timeOfDay : text);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null || value.equals(false) || value.equals("") ? null : value.toString();
  }
}
