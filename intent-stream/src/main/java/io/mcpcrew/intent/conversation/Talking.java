package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Hints;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people and channels do to a conversation.
final class Talking {
  private final Rules rules;
  private final Instant now;
  private final Open open;
  private final Handovers handovers;
  private final Presence presence;
  private final Speaking speaking;

  Talking(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
    this.handovers = new Handovers(rules, now);
    this.presence = new Presence(rules);
    this.speaking = new Speaking(rules);
  }

  Decision hear(ConversationState before, ConversationEvent event) {
    return event.kind() == EventKind.CHOSEN ? chosen(before, event) : told(before, event);
  }

  /// What a customer chooses is what they write, once: the channel tells it again with whatever
  /// else becomes of the message that offered it. It was written now, behind all that was said.
  private Decision chosen(ConversationState before, ConversationEvent event) {
    long offered = number(event);
    if (event.messageNumber() == null || before.chosen().contains(offered)) {
      return Decision.idle(before);
    }
    var written =
        new ConversationEvent(
            event.eventId(),
            event.conversation(),
            EventKind.MESSAGE,
            event.channelEvent(),
            Author.CUSTOMER,
            Math.max(offered, before.seen().highest()),
            event.text(),
            event.attachments(),
            null,
            event.channel(),
            event.inbox(),
            event.facts(),
            event.writtenAt(),
            event.receivedAt(),
            event.deliveredBy(),
            null);
    return placed(before, States.chosen(before, offered), written, true);
  }

  private Decision told(ConversationState before, ConversationEvent event) {
    Long number = event.messageNumber();
    boolean isNew = event.kind() == EventKind.MESSAGE || event.kind() == EventKind.NOTE;
    if (isNew && number != null && SeenNumbers.contains(before.seen(), number)) {
      return Decision.idle(before);
    }
    ConversationState state =
        isNew && number != null
            ? States.seen(before, SeenNumbers.with(before.seen(), number))
            : before;
    return placed(before, state, event, isNew);
  }

  /// @param counted the state that knows of the event
  private Decision placed(
      ConversationState before, ConversationState counted, ConversationEvent event, boolean isNew) {
    ConversationState state = States.place(counted, event.channel(), event.inbox(), contact(event));
    if (!isNew || !presence.personHad(before)) {
      state = presence.told(state, event.facts());
    }
    if (!presence.wasGivenBack(before, state)) {
      return heard(state, event);
    }
    Decision heard = heard(givenBack(state), event);
    return heard.after(new Reason("presence", "the conversation is the agent's again"));
  }

  private Decision heard(ConversationState state, ConversationEvent event) {
    return switch (event.kind()) {
      case MESSAGE -> message(state, event);
      case EDITED -> edited(state, event);
      case DELETED -> withoutPending(state, event);
      case STATUS_CHANGED, ASSIGNED -> handling(state);
      case NOTE -> note(state, event);
      case TYPING, SURVEY_ANSWERED, OTHER, CHOSEN, UNKNOWN ->
          new Decision(state, List.of(), List.of());
    };
  }

  /// People tell the agent what to do in private notes that begin with a slash.
  private Decision note(ConversationState state, ConversationEvent event) {
    return event.author() == Author.HUMAN_AGENT
        ? NoteCommand.of(line(event).text().readable())
            .map(command -> new Notes(rules, now, this::toPerson).hear(state, event, command))
            .orElseGet(() -> new Decision(state, List.of(), List.of()))
        : new Decision(state, List.of(), List.of());
  }

  private ConversationState givenBack(ConversationState state) {
    return Notes.givenBack(state, now);
  }

  private Decision message(ConversationState state, ConversationEvent event) {
    return switch (event.author()) {
      case CUSTOMER -> customer(state, event);
      case HUMAN_AGENT -> person(States.personWrote(said(state, event), now));
      case OUR_AGENT -> new Decision(state, List.of(), List.of());
      case OTHER_BOT, SYSTEM, UNKNOWN -> new Decision(said(state, event), List.of(), List.of());
    };
  }

  private Decision customer(ConversationState state, ConversationEvent event) {
    Duration age = Duration.between(event.writtenAt(), now);
    if (age.compareTo(rules.tenant().document().answerWithin()) > 0) {
      return history(state, event, "gather", "too old: history only");
    }
    if (Hints.isAutomatic(line(event).text().readable())) {
      return history(state, event, "brake", "an automatic answer: history only");
    }
    if (speaking.in(state) == Autonomy.OFF) {
      return history(state, event, "gather", "the agent is switched off");
    }
    if (speaking.isBehindTheScenes(state) && !state.silenced()) {
      return gather(withPending(state, event), event);
    }
    if (state.phase() instanceof Suspended suspended && !state.silenced()) {
      return new Approving(rules, now)
          .customerWrote(withPending(state, event), suspended, line(event).text().readable());
    }
    Optional<String> personHas = presence.personHas(state);
    if (personHas.isPresent() || state.phase() instanceof HumanHeld) {
      return forPerson(state, event, personHas.orElse("a person has the conversation"));
    }
    return gather(withPending(state, event), event);
  }

  private static Decision history(
      ConversationState state, ConversationEvent event, String stage, String why) {
    return new Decision(said(state, event), List.of(), List.of(new Reason(stage, why)));
  }

  /// What is written to a person is theirs to read, and they are reminded of it.
  private Decision forPerson(ConversationState state, ConversationEvent event, String why) {
    Decision toPerson = toPerson(state, why);
    ConversationState read = said(toPerson.state(), event);
    return new Decision(
            States.phase(read, handovers.waitsForPerson((HumanHeld) read.phase())),
            toPerson.commands(),
            toPerson.reasons())
        .after(new Reason("gather", why + ": the agent is silent"));
  }

  private Decision gather(ConversationState state, ConversationEvent event) {
    var reason =
        new Reason(
            "edge",
            "message %d on %s, delivered by %s"
                .formatted(number(event), event.channel(), event.deliveredBy()));
    return switch (state.phase()) {
      case Quiet _, HumanHeld _ ->
          new Decision(gathering(state, event, now), List.of(), List.of(reason));
      case Gathering g ->
          new Decision(gathering(state, event, g.since()), List.of(), List.of(reason));
      case Waiting _ ->
          new Decision(
              state,
              List.of(),
              List.of(reason, new Reason("gather", "waits for one of the account's places")));
      case Answering _, BackingOff _, Suspended _ ->
          new Decision(
              state,
              List.of(),
              List.of(reason, new Reason("gather", "waits for the turn before it")));
    };
  }

  /// The burst goes on for a pause more, but not for ever.
  private ConversationState gathering(
      ConversationState state, ConversationEvent event, Instant since) {
    Tenant.Gathering gathering = rules.tenant().document().gathering();
    Tenant.Burst burst = gathering.in(state.channel());
    Duration gap =
        event.attachments().isEmpty() || burst.media().compareTo(burst.gap()) < 0
            ? burst.gap()
            : burst.media();
    Instant latest = since.plus(burst.longest());
    Instant closes = now.plus(gap).isAfter(latest) ? latest : now.plus(gap);
    boolean isOver =
        state.pending().size() >= burst.most()
            || Hints.finishes(line(event).text().readable(), gathering.finished());
    return States.phase(
        state, isOver || !closes.isAfter(now) ? open.waiting(state) : new Gathering(since, closes));
  }

  /// Only what customers have written is pending; a choice has the number of a message of ours.
  private Decision edited(ConversationState state, ConversationEvent event) {
    if (event.author() != Author.CUSTOMER) {
      return new Decision(state, List.of(), List.of());
    }
    List<PendingMessage> pending =
        state.pending().stream()
            .map(p -> p.number() == number(event) ? pending(event) : p)
            .toList();
    return new Decision(States.pending(state, pending), List.of(), List.of());
  }

  private Decision withoutPending(ConversationState state, ConversationEvent event) {
    if (event.author() != Author.CUSTOMER) {
      return new Decision(state, List.of(), List.of());
    }
    List<PendingMessage> pending =
        state.pending().stream().filter(p -> p.number() != number(event)).toList();
    return new Decision(States.pending(state, pending), List.of(), List.of());
  }

  /// Behind the scenes a person may have the conversation and the agent goes on thinking.
  private Decision handling(ConversationState state) {
    Optional<String> personHas = presence.personHas(state);
    boolean goesOn = speaking.isBehindTheScenes(state) && !state.silenced();
    // Who is to approve something opens the conversation and takes it.
    if (state.phase() instanceof Suspended && !state.silenced()) {
      return state.status() == ConversationStatus.RESOLVED
          ? closed(state)
          : new Decision(state, List.of(), List.of());
    }
    if (personHas.isPresent() && !goesOn) {
      return toPerson(state, personHas.get());
    }
    return state.phase() instanceof Quiet quiet && state.status() == ConversationStatus.RESOLVED
        ? new Decision(States.phase(state, new Quiet(quiet.since())), List.of(), List.of())
        : new Decision(state, List.of(), List.of());
  }

  /// Whoever closes the conversation wants nothing to be done any more.
  private Decision closed(ConversationState state) {
    String because = "the conversation was closed before anybody had approved";
    return new Decision(
        States.phase(Handovers.read(state), new Quiet(now)),
        handovers.givenUp(state.phase(), because),
        List.of(new Reason("approval", because)));
  }

  /// A person wrote. Nobody waits for them any more, and what the agent had in mind is out of date.
  private Decision person(ConversationState state) {
    String because = "a person wrote";
    if (speaking.isBehindTheScenes(state)) {
      ConversationState read = Handovers.read(state);
      return new Decision(
          States.phase(Pausing.afterPerson(read), new Quiet(now)),
          handovers.givenUp(state.phase(), because),
          List.of(new Reason("presence", because)));
    }
    Decision toPerson = toPerson(state, because);
    HumanHeld held = (HumanHeld) toPerson.state().phase();
    return new Decision(
        States.phase(toPerson.state(), new HumanHeld(held.since(), held.because())),
        toPerson.commands(),
        toPerson.reasons());
  }

  /// From here on nothing of ours is said: the turn at work is given up and what it concludes is
  /// not released. Who has asked something waits for the person.
  private Decision toPerson(ConversationState state, String because) {
    if (state.phase() instanceof HumanHeld) {
      return new Decision(state, List.of(), List.of());
    }
    var held = new HumanHeld(now, because);
    boolean asked = !(state.phase() instanceof Quiet);
    return new Decision(
        Handovers.held(Pausing.afterPerson(state), asked ? handovers.waitsForPerson(held) : held),
        handovers.givenUp(state.phase(), because),
        List.of(new Reason("presence", because)));
  }

  /// Messages that came late stand where they were written.
  private static ConversationState withPending(ConversationState state, ConversationEvent event) {
    List<PendingMessage> pending = new ArrayList<>(state.pending());
    pending.add(pending(event));
    pending.sort(Comparator.comparingLong(PendingMessage::number));
    return States.pending(state, pending);
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
}
