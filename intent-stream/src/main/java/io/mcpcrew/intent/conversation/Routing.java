package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.runtime.tenant.Condition;
import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which crew works what was found, how soon, and whether a person does: by the account's routes.
/// Each wish goes by the first route whose condition it meets; a turn is as urgent as its most
/// urgent wish, and a person's if one wish is.
record Routing(
    List<Task> tasks, boolean urgent, Duration deadline, boolean person, List<Reason> reasons) {

  static Routing of(ConversationState state, Found found, Rules rules, Instant now) {
    Tenant.Document document = rules.tenant().document();
    List<Task> tasks = new ArrayList<>();
    List<Reason> reasons = new ArrayList<>();
    boolean urgent = false;
    boolean person = false;
    Duration deadline = rules.limits().deadline();
    for (Task wish : found.wishes()) {
      int which = first(document, sight(state, wish, document, now));
      if (which < 0) {
        tasks.add(wish);
        continue;
      }
      Conduct.Route route = document.conduct().routes().get(which);
      String crew = route.crew() == null ? wish.crew() : route.crew();
      tasks.add(new Task(wish.intent(), wish.entities(), crew));
      urgent |= route.urgent();
      person |= route.person();
      deadline = sooner(deadline, route);
      reasons.add(
          new Reason("route", "route %d: %s → crew %s".formatted(which + 1, route.when(), crew)));
    }
    return new Routing(tasks, urgent, deadline, person, reasons);
  }

  private static int first(Tenant.Document document, Condition.Sight sight) {
    List<Conduct.Route> routes = document.conduct().routes();
    for (int i = 0; i < routes.size(); i++) {
      if (routes.get(i).when().holds(sight)) {
        return i;
      }
    }
    return -1;
  }

  private static Duration sooner(Duration deadline, Conduct.Route route) {
    Duration own = route.deadline();
    return own != null && own.compareTo(deadline) < 0 ? own : deadline;
  }

  private static Condition.Sight sight(
      ConversationState state, Task wish, Tenant.Document document, Instant now) {
    ZonedDateTime local = now.atZone(document.timezone());
    Map<String, String> entities =
        wish.entities().stream()
            .collect(
                Collectors.toMap(Entity::kind, e -> e.value().readable(), (first, _) -> first));
    int attachments =
        state.pending().stream().map(PendingMessage::attachments).mapToInt(List::size).sum();
    return new Condition.Sight(
        wish.intent().name(),
        wish.intent().confidence(),
        state.channel(),
        state.inbox(),
        wish.intent().language(),
        document.conduct().opening().isOpen(local),
        local.getHour(),
        local.getDayOfWeek().getValue(),
        state.turnsSoFar(),
        state.pending().size(),
        attachments,
        entities);
  }
}
