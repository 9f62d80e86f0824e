package io.mcpcrew.simulators.odoo;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `order`, such as `date_order desc, id`. As in PostgreSQL empty values come last, or first when
/// descending, and texts are sorted as people do.
final class Ordering {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([a-z_][a-z0-9_]*)(?:\\s+(asc|desc))?(?:\\s+nulls\\s+(?:first|last))?\\s*",
          Pattern.CASE_INSENSITIVE);

  private Ordering() {}

  static Comparator<Row> of(View view, Model model, @Nullable String order) {
    String wanted = order == null || order.isBlank() ? model.order() : order;
    Collator collator = Collator.getInstance(Locale.of("pt", "BR"));
    List<Comparator<Row>> terms = new ArrayList<>();
    for (String text : COMMA.split(wanted, -1)) {
      terms.add(term(view, model, text, wanted, collator));
    }
    return terms.stream().reduce(Comparator::thenComparing).orElseThrow();
  }

  private static Comparator<Row> term(
      View view, Model model, String text, String whole, Collator collator) {
    Matcher term = TERM.matcher(text);
    if (!term.matches()) {
      throw OdooError.user(
          "Invalid \"order\" specified (%s). A valid \"order\" specification is a comma-separated"
                  .formatted(whole)
              + " list of valid field names (optionally followed by asc/desc for the direction)");
    }
    Field field = model.field(term.group(1));
    Comparator<Row> ascending =
        Comparator.comparing(
            row -> key(view, field, row), Comparator.nullsLast(compared(collator)));
    return "desc".equalsIgnoreCase(term.group(2)) ? ascending.reversed() : ascending;
  }

  private static Comparator<Object> compared(Collator collator) {
    return (one, other) ->
        switch (one) {
          case Number number when other instanceof Number second ->
              Double.compare(number.doubleValue(), second.doubleValue());
          case Boolean flag when other instanceof Boolean second -> flag.compareTo(second);
          default -> collator.compare(one.toString(), other.toString());
        };
  }

  private static @Nullable Object key(View view, Field field, Row row) {
    Object value = field.valueIn(view, row);
    return field.type() == FieldType.MANY2ONE && value instanceof Long id
        ? view.displayName(field.target(), id)
        : value;
  }
}
