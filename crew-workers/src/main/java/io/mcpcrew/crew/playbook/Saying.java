package io.mcpcrew.crew.playbook;

import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the customer says in a turn, as a playbook hears it.
///
/// @param entities by kind, the first of each
record Saying(String text, String folded, String intent, Map<String, String> entities) {
  private static final List<String> COURTESIES = List.of("greeting", "thanks");
  private static final String UNKNOWN = "unknown";

  static Saying of(Turn turn, Task task) {
    String text =
        turn.messages().stream()
            .map(Line::text)
            .map(content -> content.readable())
            .collect(Collectors.joining("\n"));
    Map<String, String> entities =
        task.entities().stream()
            .collect(
                Collectors.toMap(Entity::kind, e -> e.value().readable(), (first, _) -> first));
    return new Saying(text, Words.folded(text), task.intent().name(), entities);
  }

  boolean isUnknown() {
    return intent.equals(UNKNOWN);
  }

  boolean isCourtesy() {
    return COURTESIES.contains(intent);
  }

  /// What the wish is about, as the customer calls it.
  Optional<String> thing() {
    return Stream.of("product", "order", "thing")
        .map(entities::get)
        .filter(Objects::nonNull)
        .findFirst();
  }

  boolean asks() {
    return text.contains("?");
  }
}
