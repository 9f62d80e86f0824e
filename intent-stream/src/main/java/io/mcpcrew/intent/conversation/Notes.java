package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Suspended;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Does what a person says in a private note. Every command is answered by a note, so that nobody
/// wonders whether it was heard.
final class Notes {
  private final Rules rules;
  private final Instant now;
  private final Replies replies;
  private final NoteTexts texts;
  private final BiFunction<ConversationState, String, Decision> toPerson;

  /// @param toPerson gives the word to a person, for a reason
  Notes(Rules rules, Instant now, BiFunction<ConversationState, String, Decision> toPerson) {
    this.rules = rules;
    this.now = now;
    this.replies = new Replies(rules, now);
    this.texts = NoteTexts.in(rules.tenant().document().language());
    this.toPerson = toPerson;
  }

  Decision hear(ConversationState state, ConversationEvent event, NoteCommand command) {
    return switch (command) {
      case NoteCommand.GiveBack _ -> giveBack(state, event);
      case NoteCommand.Pause pause -> pause(state, pause);
      case NoteCommand.Why _ ->
          told(state, state.why() == null ? texts.nothingAnswered() : texts.why(state.why()));
      case NoteCommand.Send send -> send(state, send);
      case NoteCommand.Summary _ -> told(state, texts.summary(state));
      case NoteCommand.Approve(String which) -> approve(state, event, which);
      case NoteCommand.Deny(String reason) -> deny(state, event, reason);
      case NoteCommand.Teach(String fact) -> new Teaching(rules, now).teach(state, event, fact);
      case NoteCommand.Correct(String right) ->
          new Teaching(rules, now).correct(state, event, right);
      case NoteCommand.Help(String word) -> told(state, texts.help(word));
    };
  }

  /// The state in which the agent has the word.
  static ConversationState givenBack(ConversationState state, Instant now) {
    ConversationState without = States.personWrote(state, null);
    return state.phase() instanceof HumanHeld ? States.phase(without, new Quiet(now)) : without;
  }

  /// A pause that a person asked for has run out.
  static Decision pauseIsOver(ConversationState state, Instant now) {
    return new Decision(
        givenBack(state, now),
        List.of(),
        List.of(new Reason("presence", "the pause that a person asked for is over")));
  }

  /// The channel is told as well. What it said before, and what arrives of that later, does not
  /// count any more.
  private Decision giveBack(ConversationState state, ConversationEvent event) {
    if (state.silenced()) {
      return told(state, texts.labelled());
    }
    ConversationState back =
        States.channelSays(
            givenBack(state, now), ConversationStatus.PENDING, false, false, event.writtenAt());
    return released(back, ReplyKind.GIVEN_BACK, texts.givenBack())
        .after(new Reason("presence", "a person gives the conversation to the agent"));
  }

  private Decision pause(ConversationState state, NoteCommand.Pause pause) {
    Instant until = pause.length() == null ? null : now.plus(pause.length());
    Decision silent = toPerson.apply(state, "a person asked for silence");
    var held = (HumanHeld) silent.state().phase();
    var paused = new HumanHeld(held.since(), held.because(), held.waitsUntil(), until);
    Decision told =
        told(
            States.phase(silent.state(), paused),
            texts.paused(until == null ? null : until.atZone(zone())));
    return silent.then(told);
  }

  private ZoneId zone() {
    return rules.tenant().document().timezone();
  }

  /// The customer reads it as the agent's, once, whoever else asks for the same.
  private Decision send(ConversationState state, NoteCommand.Send send) {
    ReleasedReply suggested = state.suggested();
    if (suggested == null) {
      return told(state, texts.nothingToSend());
    }
    List<Content> parts = send.changed() == null ? suggested.parts() : changed(send.changed());
    var reply =
        new ReleasedReply(
            suggested.turn(),
            suggested.attempt(),
            suggested.replyKey() + "/sent",
            ReplyKind.REPLY,
            parts,
            null,
            suggested.channel(),
            suggested.inbox(),
            state.seen().highest(),
            now,
            now.plus(rules.limits().replyLife()),
            send.changed() == null ? suggested.choices() : List.of(),
            null,
            suggested.language());
    List<Line> said = parts.stream().map(part -> new Line(Author.OUR_AGENT, part, now)).toList();
    ConversationState sent = States.suggested(States.history(state, said), null);
    String why = send.changed() == null ? "a person sends it" : "a person changes and sends it";
    return new Decision(
        Speaking.spoke(sent, now),
        List.of(new Command.Release(reply)),
        List.of(new Reason("release", why)));
  }

  private static List<Content> changed(@Nullable String text) {
    return List.of(Content.of(Objects.requireNonNull(text)));
  }

  /// A second write of a turn is asked for soon after the first is approved, when somebody else may
  /// just be approving that: then its number is needed.
  private Decision approve(
      ConversationState state, ConversationEvent event, @Nullable String which) {
    Optional<Suspended> asked = asked(state, event);
    if (asked.isEmpty()) {
      return told(state, texts.nothingToApprove());
    }
    String number = Approving.number(asked.get().turn());
    boolean named = which == null ? asked.get().turn().approvals().isEmpty() : which.equals(number);
    return named
        ? new Approving(rules, now).approve(state, asked.get(), person(event), event.writtenAt())
        : told(state, texts.approvedByNumber().formatted(number));
  }

  private Decision deny(ConversationState state, ConversationEvent event, @Nullable String reason) {
    return asked(state, event)
        .map(asked -> new Approving(rules, now).deny(state, asked, person(event), reason))
        .orElseGet(() -> told(state, texts.nothingToApprove()));
  }

  /// What was written before it was asked is about something else.
  private static Optional<Suspended> asked(ConversationState state, ConversationEvent event) {
    return state.phase() instanceof Suspended asked
            && asked.approvedAt() == null
            && !event.writtenAt().isBefore(asked.since().truncatedTo(ChronoUnit.SECONDS))
        ? Optional.of(asked)
        : Optional.empty();
  }

  static String person(ConversationEvent event) {
    return Objects.requireNonNullElse(event.person(), "unknown");
  }

  private Decision told(ConversationState state, String text) {
    return released(state, ReplyKind.NOTE, text);
  }

  private Decision released(ConversationState state, ReplyKind kind, String text) {
    ReleasedReply reply =
        replies.ofConversation(
            state, kind, "note/" + state.sequence(), List.of(Content.of(text)), null);
    return new Decision(
        state,
        List.of(new Command.Release(reply)),
        List.of(new Reason("release", "a person's note is answered")));
  }
}
