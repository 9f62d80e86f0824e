package io.mcpcrew.simulators.odoo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search condition, read from Odoo's prefix notation.
sealed interface Domain {
  record Both(Domain one, Domain other) implements Domain {}

  record Either(Domain one, Domain other) implements Domain {}

  record Not(Domain inner) implements Domain {}

  record Always(boolean holds) implements Domain {}

  record Condition(String path, String operator, @Nullable Object value) implements Domain {}

  /// Reads from the right, so that each operator finds its operands already there. What is left
  /// side by side is joined by "and". Nothing, `false` and `[]` are everything.
  static Domain read(@Nullable Object raw) {
    if (raw == null || Boolean.FALSE.equals(raw)) {
      return new Always(true);
    }
    if (!(raw instanceof List<?> items)) {
      throw OdooError.value("Domain() invalid item in domain: " + raw);
    }
    Deque<Domain> operands = new ArrayDeque<>();
    for (Object item : items.reversed()) {
      operands.push(item instanceof String sign ? joined(sign, operands, items) : leaf(item));
    }
    return operands.stream().reduce(Both::new).orElseGet(() -> new Always(true));
  }

  private static Domain joined(String sign, Deque<Domain> operands, List<?> whole) {
    return switch (sign) {
      case "&" -> new Both(next(operands, whole), next(operands, whole));
      case "|" -> new Either(next(operands, whole), next(operands, whole));
      case "!" -> new Not(next(operands, whole));
      default -> throw OdooError.value("Domain() invalid item in domain: '" + sign + "'");
    };
  }

  private static Domain next(Deque<Domain> operands, List<?> whole) {
    if (operands.isEmpty()) {
      throw OdooError.value("Domain() missing arguments for operators in " + whole);
    }
    return operands.pop();
  }

  private static Domain leaf(@Nullable Object item) {
    if (!(item instanceof List<?> parts) || parts.size() != 3) {
      throw OdooError.value("Domain() invalid item in domain: " + item);
    }
    Object path = parts.get(0);
    Object operator = parts.get(1);
    if (path instanceof Number one && parts.get(2) instanceof Number other) {
      return new Always(one.longValue() == other.longValue() && "=".equals(operator));
    }
    if (!(path instanceof String field) || !(operator instanceof String sign)) {
      throw OdooError.value("Domain() invalid item in domain: " + item);
    }
    return new Condition(field, sign, parts.get(2));
  }

  /// The fields that are asked about, dotted paths as they are.
  default List<String> paths() {
    List<String> found = new ArrayList<>();
    switch (this) {
      case Both(Domain one, Domain other) -> {
        found.addAll(one.paths());
        found.addAll(other.paths());
      }
      case Either(Domain one, Domain other) -> {
        found.addAll(one.paths());
        found.addAll(other.paths());
      }
      case Not(Domain inner) -> found.addAll(inner.paths());
      case Condition condition -> found.add(condition.path());
      case Always _ -> {}
    }
    return found;
  }
}
