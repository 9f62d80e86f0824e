package io.mcpcrew.simulators.chatwoot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The items of an `input_select` message: each has a title and a value, and nothing else.
final class SelectItems {
  private static final Set<String> KEYS = Set.of("title", "value");

  private SelectItems() {}

  /// As Chatwoot's own validation refuses them.
  static void require(Map<String, Object> attributes) {
    if (!(attributes.get("items") instanceof List<?> items) || items.isEmpty()) {
      throw Refused.unprocessable(
          "Validation failed: Content attributes At least one item is required.");
    }
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> each)
          || !KEYS.equals(each.keySet())
          || !each.values().stream().allMatch(text -> text instanceof String s && !s.isBlank())) {
        throw Refused.unprocessable(
            "Validation failed: Content attributes contains invalid keys for items");
      }
    }
  }

  /// The item of this value, as it is submitted.
  static Optional<Map<String, Object>> of(Message message, String value) {
    if (!message.contentType().equals("input_select")
        || !(message.contentAttributes().get("items") instanceof List<?> items)) {
      return Optional.empty();
    }
    return items.stream()
        .filter(item -> item instanceof Map<?, ?> each && value.equals(each.get("value")))
        .map(item -> RequestBody.copied((Map<?, ?>) item))
        .findFirst();
  }
}
