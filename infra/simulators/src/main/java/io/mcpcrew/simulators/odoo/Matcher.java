package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Turns a domain into a test of a model's records. Names, operators and values are looked at while
/// doing so: a mistake is an error even where there is no record.
record Matcher(View view) {

  Predicate<Row> of(Domain domain, Model model) {
    return switch (domain) {
      case Domain.Both(Domain one, Domain other) -> of(one, model).and(of(other, model));
      case Domain.Either(Domain one, Domain other) -> of(one, model).or(of(other, model));
      case Domain.Not(Domain inner) -> of(inner, model).negate();
      case Domain.Always(boolean holds) -> _ -> holds;
      case Domain.Condition condition -> condition(condition, model);
    };
  }

  private Predicate<Row> condition(Domain.Condition condition, Model model) {
    int dot = condition.path().indexOf('.');
    String head = dot < 0 ? condition.path() : condition.path().substring(0, dot);
    Field field =
        model
            .find(head)
            .orElseThrow(() ->
                OdooError.value(
                    "Invalid field %s.%s in condition ('%s', '%s', %s)"
                        .formatted(
                            model.name(),
                            head,
                            condition.path(),
                            condition.operator(),
                            condition.value())));
    if (dot < 0) {
      return plain(field, condition, model);
    }
    String rest = condition.path().substring(dot + 1);
    requireRelation(field, condition);
    return anyRelated(field, new Domain.Condition(rest, condition.operator(), condition.value()));
  }

  private static void requireRelation(Field field, Domain.Condition condition) {
    if (!field.type().isRelational()) {
      throw OdooError.value(
          "Invalid condition ('%s', '%s'): %s is not relational"
              .formatted(condition.path(), condition.operator(), field.name()));
    }
  }

  private Predicate<Row> anyRelated(Field field, Domain wanted) {
    Model target = Models.get(field.target());
    Predicate<Row> inner = of(wanted, target);
    return row ->
        related(field, row).stream()
            .flatMap(id -> view.find(target.name(), id).stream())
            .anyMatch(inner);
  }

  /// A negative operator is the opposite of its positive one, so that empty values are found.
  private Predicate<Row> plain(Field field, Domain.Condition condition, Model model) {
    Object value = condition.value();
    return switch (condition.operator()) {
      case "=" -> in(field, listed(value));
      case "!=", "<>" -> in(field, listed(value)).negate();
      case "in" -> in(field, listed(value));
      case "not in" -> in(field, listed(value)).negate();
      case "like" -> like(field, part(value, false));
      case "not like" -> like(field, part(value, false)).negate();
      case "ilike" -> like(field, part(value, true));
      case "not ilike" -> like(field, part(value, true)).negate();
      case "=like" -> like(field, new Like(text(value), false));
      case "not =like" -> like(field, new Like(text(value), false)).negate();
      case "=ilike" -> like(field, new Like(text(value), true));
      case "not =ilike" -> like(field, new Like(text(value), true)).negate();
      case "<", "<=", ">", ">=" -> compared(field, condition.operator(), value);
      case "any" -> any(field, condition);
      case "not any" -> any(field, condition).negate();
      case "child_of" -> childOf(field, model, value);
      default ->
          throw OdooError.value(
              "Invalid operator '%s' in condition on %s.%s"
                  .formatted(condition.operator(), model.name(), field.name()));
    };
  }

  private static List<?> listed(@Nullable Object value) {
    return value instanceof List<?> items ? items : Collections.singletonList(value);
  }

  private static Like part(@Nullable Object value, boolean ignoringCase) {
    return Like.anywhere(text(value), ignoringCase);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?>) {
      throw OdooError.value("A text is needed where the condition has " + value);
    }
    return value == null || value.equals(false) ? "" : value.toString();
  }

  private Predicate<Row> in(Field field, List<?> wanted) {
    return field.type().isRelational() ? pointsToOneOf(field, wanted) : isOneOf(field, wanted);
  }

  private Predicate<Row> isOneOf(Field field, List<?> wanted) {
    Set<@Nullable Object> values = new HashSet<>();
    wanted.forEach(value -> values.add(Operand.of(field, value)));
    return row -> values.contains(Operand.of(field, field.valueIn(view, row)));
  }

  /// By id, or by name where a text is given.
  private Predicate<Row> pointsToOneOf(Field field, List<?> wanted) {
    Set<Long> ids = new HashSet<>();
    List<String> names = new ArrayList<>();
    boolean empty = false;
    for (Object value : wanted) {
      switch (value) {
        case Number id -> ids.add(id.longValue());
        case String name -> names.add(name);
        case Boolean flag when !flag -> empty = true;
        case null -> empty = true;
        default -> throw OdooError.value("Invalid id " + value + " for " + field.name());
      }
    }
    boolean emptyToo = empty;
    return row -> {
      List<Long> found = related(field, row);
      return (emptyToo && found.isEmpty())
          || found.stream().anyMatch(ids::contains)
          || (!names.isEmpty() && isCalled(field, found, names::contains));
    };
  }

  private Predicate<Row> like(Field field, Like wanted) {
    if (wanted.pattern().equals("%%")) {
      return _ -> true;
    }
    if (field.type().isRelational()) {
      return row -> isCalled(field, related(field, row), wanted::matches);
    }
    return row -> {
      Object value = field.valueIn(view, row);
      return value != null && wanted.matches(value.toString());
    };
  }

  private boolean isCalled(Field field, List<Long> ids, Predicate<String> name) {
    return ids.stream().anyMatch(id -> isCalled(Models.get(field.target()), id, name));
  }

  private boolean isCalled(Model model, long id, Predicate<String> name) {
    return view.find(model.name(), id).filter(row -> isCalled(model, row, name)).isPresent();
  }

  /// Whether one of the fields by which the model is searched fits.
  boolean isCalled(Model model, Row row, Predicate<String> name) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of("display_name"), model.nameFields().stream())
        .map(field -> model.field(field).valueIn(view, row))
        .filter(Objects::nonNull)
        .anyMatch(value -> name.test(value.toString()));
  }

  private Predicate<Row> compared(Field field, String operator, @Nullable Object value) {
    Comparable<Object> limit = Operand.comparable(field, operator, value);
    return row -> {
      Object own = Operand.of(field, field.valueIn(view, row));
      if (own == null) {
        return false;
      }
      int order = limit.compareTo(own);
      return switch (operator) {
        case "<" -> order > 0;
        case "<=" -> order >= 0;
        case ">" -> order < 0;
        default -> order <= 0;
      };
    };
  }

  private Predicate<Row> any(Field field, Domain.Condition condition) {
    requireRelation(field, condition);
    return anyRelated(field, Domain.read(condition.value()));
  }

  private Predicate<Row> childOf(Field field, Model model, @Nullable Object value) {
    Model tree = field.type().isRelational() ? Models.get(field.target()) : model;
    tree.field("parent_id");
    Predicate<Row> top = in(tree.field("id"), listed(value));
    return row ->
        (field.type().isRelational() ? related(field, row) : List.of(row.id()))
            .stream().anyMatch(id -> isBelow(tree, id, top));
  }

  private boolean isBelow(Model tree, long start, Predicate<Row> top) {
    Set<Long> seen = new HashSet<>();
    Long id = start;
    while (id != null && seen.add(id)) {
      Row row = view.find(tree.name(), id).orElse(null);
      if (row == null || top.test(row)) {
        return row != null;
      }
      id = row.reference("parent_id");
    }
    return false;
  }

  private List<Long> related(Field field, Row row) {
    return switch (field.valueIn(view, row)) {
      case Long id -> List.of(id);
      case List<?> ids -> ids.stream().map(Long.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
