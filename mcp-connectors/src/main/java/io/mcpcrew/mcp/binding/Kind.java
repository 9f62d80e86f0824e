package io.mcpcrew.mcp.binding;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/// What a field of a record holds. A foreign system's values are brought into this form, or
/// refused: a price that is no number is told to nobody.
enum Kind {
  @JsonProperty("text")
  TEXT,
  @JsonProperty("number")
  NUMBER,
  @JsonProperty("flag")
  FLAG,
  /// The few states that an order has for crews.
  @JsonProperty("order-state")
  ORDER_STATE,
  /// How far a confirmed order's goods are.
  @JsonProperty("delivery")
  DELIVERY;

  private static final Set<String> ORDER_STATES = Set.of("draft", "sale", "cancel");
  private static final Set<String> DELIVERIES = Set.of("pending", "started", "partial", "full");

  /// @throws IllegalArgumentException saying what it should have been
  Object of(Object value) {
    return switch (this) {
      case TEXT -> text(value);
      case NUMBER -> number(value);
      case FLAG -> flag(value);
      case ORDER_STATE -> oneOf(ORDER_STATES, value);
      case DELIVERY -> oneOf(DELIVERIES, value);
    };
  }

  private static Object text(Object value) {
    if (value instanceof Map || value instanceof Iterable) {
      throw new IllegalArgumentException("is no text");
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private static Object number(Object value) {
    if (value instanceof Number) {
      return value;
    }
    try {
      return new BigDecimal(value.toString().strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number", e);
    }
  }

  private static Object flag(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("is neither true nor false");
  }

  private static Object oneOf(Set<String> words, Object value) {
    if (words.contains(value.toString())) {
      return value.toString();
    }
    throw new IllegalArgumentException("is none of %s".formatted(words.stream().sorted().toList()));
  }
}
