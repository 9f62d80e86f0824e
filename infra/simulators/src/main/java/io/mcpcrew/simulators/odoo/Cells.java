package io.mcpcrew.simulators.odoo;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// From a table's texts to values. Times are the user's own, not UTC.
record Cells(View view, String zone) {
  static final String ZONE_OF_THE_USER = "America/Sao_Paulo";

  private static final Set<String> YES = Set.of("1", "true", "yes");
  private static final Set<String> NO = Set.of("0", "false", "no");

  Object value(Field field, String by, String cell) {
    return switch (field.type()) {
      case MANY2ONE -> reference(field, by, cell);
      case MANY2MANY -> references(field, by, cell);
      case BOOLEAN -> flag(field, cell);
      case INTEGER, FLOAT, MONETARY -> number(field, cell);
      case DATETIME -> time(field, cell);
      case SELECTION -> choice(field, cell);
      case ONE2MANY -> throw OdooError.value("lines are given by their fields: " + field.name());
      case CHAR, TEXT, HTML, DATE -> cell;
    };
  }

  private List<Long> references(Field field, String by, String cell) {
    List<Long> ids = new ArrayList<>();
    for (String one : cell.split(",", -1)) {
      ids.add(reference(field, by, one.strip()));
    }
    return ids;
  }

  private long reference(Field field, String by, String cell) {
    return switch (by) {
      case ".id" -> byId(field, cell);
      case "id" ->
          ExternalIds.find(view, cell)
              .filter(row -> row.text("model").equals(field.target()))
              .map(ExternalIds::target)
              .orElseThrow(() -> noMatch(field, "external id", cell));
      default ->
          view.rows(field.target()).stream()
              .filter(row -> view.displayName(field.target(), row).equals(cell))
              .findFirst()
              .map(Row::id)
              .orElseThrow(() -> noMatch(field, "name", cell));
    };
  }

  private long byId(Field field, String cell) {
    try {
      long id = Long.parseLong(cell);
      if (view.find(field.target(), id).isPresent()) {
        return id;
      }
    } catch (NumberFormatException notANumber) {
      throw OdooError.user(
          "Invalid database id '%s' for the field '%s'".formatted(cell, field.label()));
    }
    throw noMatch(field, "database id", cell);
  }

  private static OdooError noMatch(Field field, String by, String cell) {
    return OdooError.user(
        "No matching record found for %s '%s' in field '%s'".formatted(by, cell, field.label()));
  }

  private static boolean flag(Field field, String cell) {
    String word = cell.toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw OdooError.user(
          "Unknown value '%s' for boolean field '%s'".formatted(cell, field.label()));
    }
    return YES.contains(word);
  }

  private static double number(Field field, String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw OdooError.user(
          "'%s' does not seem to be a number for field '%s'".formatted(cell, field.label()));
    }
  }

  private String time(Field field, String cell) {
    try {
      return LocalDateTime.parse(cell, Values.TIME)
          .atZone(ZoneId.of(zone))
          .withZoneSameInstant(ZoneOffset.UTC)
          .format(Values.TIME);
    } catch (DateTimeException e) {
      throw OdooError.user(
          "'%s' does not seem to be a valid datetime for field '%s'"
              .formatted(cell, field.label()));
    }
  }

  private static String choice(Field field, String cell) {
    return field.selection().stream()
        .filter(choice -> choice.value().equals(cell) || choice.label().equals(cell))
        .findFirst()
        .map(Field.Choice::value)
        .orElseThrow(() ->
            OdooError.user(
                "Value '%s' not found in selection field '%s'".formatted(cell, field.label())));
  }
}
