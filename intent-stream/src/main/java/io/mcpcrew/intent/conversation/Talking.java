package io.mcpcrew.intent.conversation;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What people and channels do to a conversation.
final class Talking {
  private final Rules rules;
  private final Instant now;
  private final Open open;

  Talking(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
  }

  Decision hear(ConversationState before, ConversationEvent event) {
    Long number = event.messageNumber();
    boolean isNew = event.kind() == EventKind.MESSAGE || event.kind() == EventKind.NOTE;
    if (isNew && number != null && SeenNumbers.contains(before.seen(), number)) {
      return Decision.idle(before);
    }
    ConversationState state = States.place(before, event.channel(), event.inbox(), contact(event));
    if (isNew && number != null) {
      state = States.seen(state, SeenNumbers.with(state.seen(), number));
    }
    state = withStatus(state, event.facts());
    return switch (event.kind()) {
      case MESSAGE -> message(state, event);
      case EDITED -> edited(state, event);
      case DELETED -> withoutPending(state, event);
      case STATUS_CHANGED, ASSIGNED -> handling(state, event);
      case NOTE, TYPING, SURVEY_ANSWERED, OTHER, UNKNOWN ->
          new Decision(state, List.of(), List.of());
    };
  }

  private Decision message(ConversationState state, ConversationEvent event) {
    return switch (event.author()) {
      case CUSTOMER -> customer(state, event);
      case HUMAN_AGENT -> toHuman(said(state, event), "a person wrote");
      case OUR_AGENT -> new Decision(state, List.of(), List.of());
      case OTHER_BOT, SYSTEM, UNKNOWN -> new Decision(said(state, event), List.of(), List.of());
    };
  }

  private Decision customer(ConversationState state, ConversationEvent event) {
    Duration age = Duration.between(event.writtenAt(), now);
    if (age.compareTo(rules.tenant().document().answerWithin()) > 0) {
      return new Decision(
          said(state, event), List.of(), List.of(new Reason("gather", "too old: history only")));
    }
    if (rules.tenant().document().autonomy() == Autonomy.OFF) {
      return new Decision(
          said(state, event),
          List.of(),
          List.of(new Reason("gather", "the agent is switched off")));
    }
    if (isHeld(state)) {
      return new Decision(
          States.phase(said(state, event), held(state, "a person has the conversation")),
          List.of(),
          List.of(new Reason("gather", "a person has the conversation: the agent is silent")));
    }
    return gather(States.pending(state, plus(state.pending(), pending(event))), event);
  }

  /// The agent speaks while the channel says that the conversation is its; a channel without
  /// statuses says nothing.
  private static boolean isHeld(ConversationState state) {
    boolean others =
        state.status() == ConversationStatus.OPEN || state.status() == ConversationStatus.SNOOZED;
    return others || state.phase() instanceof HumanHeld;
  }

  private Decision gather(ConversationState state, ConversationEvent event) {
    var reason =
        new Reason(
            "edge",
            "message %d on %s, delivered by %s"
                .formatted(number(event), event.channel(), event.deliveredBy()));
    return switch (state.phase()) {
      case Quiet _ -> new Decision(gathering(state, now), List.of(), List.of(reason));
      case Gathering g -> new Decision(gathering(state, g.since()), List.of(), List.of(reason));
      case Waiting _ ->
          new Decision(
              state,
              List.of(),
              List.of(reason, new Reason("gather", "waits for one of the account's places")));
      case Answering _, BackingOff _ ->
          new Decision(
              state,
              List.of(),
              List.of(reason, new Reason("gather", "waits for the turn before it")));
      case HumanHeld _ -> Decision.idle(state);
    };
  }

  private ConversationState gathering(ConversationState state, Instant since) {
    Tenant.Gathering profile = rules.tenant().document().gathering();
    Instant closes = now.plus(profile.gap());
    Instant latest = since.plus(profile.longest());
    if (closes.isAfter(latest)) {
      closes = latest;
    }
    if (state.pending().size() >= profile.most()) {
      closes = now;
    }
    return States.phase(
        state, closes.isAfter(now) ? new Gathering(since, closes) : open.waiting(state));
  }

  private Decision edited(ConversationState state, ConversationEvent event) {
    List<PendingMessage> pending =
        state.pending().stream()
            .map(p -> p.number() == number(event) ? pending(event) : p)
            .toList();
    return new Decision(States.pending(state, pending), List.of(), List.of());
  }

  private Decision withoutPending(ConversationState state, ConversationEvent event) {
    List<PendingMessage> pending =
        state.pending().stream().filter(p -> p.number() != number(event)).toList();
    return new Decision(States.pending(state, pending), List.of(), List.of());
  }

  private Decision handling(ConversationState state, ConversationEvent event) {
    ConversationFacts facts = event.facts();
    boolean assigned = facts != null && facts.humanAssigned();
    if (state.status() == ConversationStatus.OPEN
        || state.status() == ConversationStatus.SNOOZED
        || assigned) {
      String why = assigned ? "a person is assigned" : "the channel says " + label(state.status());
      return toHuman(state, why);
    }
    if (state.phase() instanceof HumanHeld) {
      return new Decision(
          States.phase(state, new Quiet(now)),
          List.of(),
          List.of(new Reason("presence", "the conversation is the agent's again")));
    }
    return new Decision(state, List.of(), List.of());
  }

  private static String label(ConversationStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /// From here on nothing of ours is said: the turn at work is given up and what it concludes is
  /// not released.
  private Decision toHuman(ConversationState state, String because) {
    if (state.phase() instanceof HumanHeld) {
      return new Decision(state, List.of(), List.of());
    }
    return new Decision(
        Open.held(state, held(state, because)),
        open.givenUp(state.phase(), because),
        List.of(new Reason("presence", because)));
  }

  private HumanHeld held(ConversationState state, String because) {
    return state.phase() instanceof HumanHeld already ? already : new HumanHeld(now, because);
  }

  /// Later news of the channel count, earlier ones that arrive late do not.
  private static ConversationState withStatus(
      ConversationState state, @Nullable ConversationFacts facts) {
    if (facts == null || facts.status() == ConversationStatus.UNKNOWN) {
      return state;
    }
    Instant at = facts.updatedAt();
    Instant known = state.statusAt();
    boolean stale = at != null && known != null && at.isBefore(known);
    return stale ? state : States.status(state, facts.status(), at == null ? known : at);
  }

  private static ConversationState said(ConversationState state, ConversationEvent event) {
    return States.history(state, List.of(line(event)));
  }

  private static PendingMessage pending(ConversationEvent event) {
    return new PendingMessage(number(event), line(event), event.attachments());
  }

  private static Line line(ConversationEvent event) {
    Content text = Objects.requireNonNullElse(event.text(), Content.of(""));
    return new Line(event.author(), text, event.writtenAt());
  }

  private static long number(ConversationEvent event) {
    return Objects.requireNonNullElse(event.messageNumber(), 0L);
  }

  private static @Nullable String contact(ConversationEvent event) {
    return event.facts() == null ? null : event.facts().contact();
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
