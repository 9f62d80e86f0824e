package io.mcpcrew.crew;

import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.runtime.tenant.Condition;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether a crew's own conditions give a task to a person before anybody works it.
final class Escalating {
  private Escalating() {}

  /// The condition that holds, if one does.
  static Optional<Condition> of(Crew crew, Turn turn, Task task, Tenant tenant) {
    if (crew.escalation().when().isEmpty()) {
      return Optional.empty();
    }
    Condition.Sight sight = sight(turn, task, tenant.document());
    return crew.escalation().when().stream().filter(when -> when.holds(sight)).findFirst();
  }

  /// By the time at which the turn was opened, so that every attempt comes to the same.
  private static Condition.Sight sight(Turn turn, Task task, Tenant.Document document) {
    ZonedDateTime local = turn.openedAt().atZone(document.timezone());
    return new Condition.Sight(
        task.intent().name(),
        task.intent().confidence(),
        turn.channel(),
        turn.inbox(),
        turn.language(),
        document.isOpen(turn.openedAt()),
        local.getHour(),
        local.getDayOfWeek().getValue(),
        turn.earlier(),
        turn.messages().size(),
        turn.attachments().size(),
        task.entities().stream()
            .collect(
                Collectors.toMap(Entity::kind, e -> e.value().readable(), (first, _) -> first)));
  }
}
