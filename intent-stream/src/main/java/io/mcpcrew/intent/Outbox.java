package io.mcpcrew.intent;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.replay.RecordedInput;
import io.mcpcrew.intent.replay.StateHash;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// What a decision writes, encoded and checked for size: its transition first, then its commands.
final class Outbox {
  /// The header of a turn that carries the right to work for its account.
  static final String TURN_TOKEN = "crew_turn_token";

  /// What a transition calls the state of a conversation that is forgotten with it.
  private static final String FORGOTTEN = "Forgotten";

  private static final String SOURCE = "/mcp-crew/intent-stream";
  private static final String TRACEPARENT = "traceparent";
  private static final CrewSerde<Turn> TURNS = Topics.TURNS.serde();
  private static final CrewSerde<Work> WORK = Topics.WORK.serde();
  private static final CrewSerde<ReleasedReply> REPLIES = Topics.REPLIES.serde();
  private static final CrewSerde<Control> CONTROL = Topics.CONTROL.serde();
  private static final CrewSerde<Observation> OBSERVED = Topics.OBSERVED.serde();
  private static final CrewSerde<AuditEntry> AUDIT = Topics.AUDIT.serde();
  private static final CrewSerde<Transition> TRANSITIONS = Topics.TRANSITIONS.serde();

  /// Signs for a turn; the workers that hold the token cannot.
  @FunctionalInterface
  interface TurnTokens {
    /// @param deadline by when the turn must be over, in the log's time
    String forTurn(TurnId turn, Instant deadline);
  }

  /// An encoded record and where it goes.
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Letter(Topic<?> topic, String key, byte[] value, Headers headers) {}

  private final Rules rules;
  private final String limits;
  private final TurnTokens tokens;

  /// @param limits those of the rules, as a transition records them
  Outbox(Rules rules, String limits, TurnTokens tokens) {
    this.rules = rules;
    this.limits = limits;
    this.tokens = tokens;
  }

  /// The state with the trace of the record that changed it, so that what follows from it is of the
  /// same trace.
  static ConversationState traced(ConversationState state, Headers headers) {
    Header header = headers.lastHeader(TRACEPARENT);
    return header == null
        ? state
        : ConversationMachine.traced(state, new String(header.value(), StandardCharsets.US_ASCII));
  }

  private static String hash(byte @Nullable [] state) {
    return state == null ? StateHash.NONE : StateHash.of(state);
  }

  List<Letter> letters(Transitioned step, Accounts.Kept kept, RecordMetadata at) {
    List<Letter> letters = new ArrayList<>();
    ConversationState before = kept.before();
    ConversationState after = kept.after();
    Decision decision = step.decision();
    String key = after.conversation().toString();
    Transition transition =
        new Transition(
            after.conversation(),
            after.sequence(),
            new LogPosition(at.topic(), at.partition(), at.offset()),
            RecordedInput.kindOf(step.input()),
            after.now(),
            before == null ? "New" : name(before.phase()),
            decision.forgets() ? FORGOTTEN : name(after.phase()),
            hash(kept.bytesBefore()),
            hash(kept.bytesAfter()),
            ConversationMachine.REVISION,
            rules.tenant().version(),
            turnOf(before, after, decision),
            decision.commands().stream().map(c -> c.getClass().getSimpleName()).toList(),
            decision.reasons(),
            step.input().lastSign(),
            rules.paused(),
            limits,
            rules.finder().revision());
    String id = key + "/" + after.sequence();
    letters.add(
        new Letter(
            Topics.TRANSITIONS,
            key,
            TRANSITIONS.toBytes(transition),
            headers(after, id, Transition.class)));
    int n = 0;
    for (Command command : decision.commands()) {
      letter(command, after, id + "/" + n++).ifPresent(letters::add);
    }
    return letters;
  }

  /// The record that a command becomes, if it becomes one.
  private Optional<Letter> letter(Command command, ConversationState state, String id) {
    String key = state.conversation().toString();
    @Nullable Letter letter =
        switch (command) {
          case Command.Hand(Turn turn, boolean urgent) -> {
            Headers headers = headers(state, id, Turn.class);
            String token = tokens.forTurn(turn.turn(), turn.deadline());
            headers.add(TURN_TOKEN, token.getBytes(StandardCharsets.US_ASCII));
            yield new Letter(
                urgent ? Topics.TURNS_URGENT : Topics.TURNS, key, TURNS.toBytes(turn), headers);
          }
          case Command.Release(ReleasedReply reply) ->
              new Letter(
                  Topics.REPLIES,
                  key,
                  REPLIES.toBytes(reply),
                  headers(state, id, ReleasedReply.class));
          case Command.Fence(Fenced fenced) ->
              new Letter(
                  Topics.WORK,
                  key,
                  WORK.toBytes(new Work("", state.now(), fenced)),
                  headers(state, id, Work.class));
          case Command.Advise(Control control) ->
              new Letter(
                  Topics.CONTROL, key, CONTROL.toBytes(control), headers(state, id, Control.class));
          case Command.Observe(Observation seen) ->
              new Letter(
                  Topics.OBSERVED,
                  seen.account() + "/" + seen.type() + "/" + seen.key(),
                  OBSERVED.toBytes(seen),
                  headers(state, seen.observationId(), Observation.class));
          case Command.Audit(AuditEntry entry) ->
              new Letter(
                  Topics.AUDIT, key, AUDIT.toBytes(entry), headers(state, id, AuditEntry.class));
          case Command.Forget _ -> null;
        };
    return Optional.ofNullable(letter);
  }

  private static Headers headers(ConversationState state, String id, Class<?> type) {
    Headers headers = CloudEvents.mark(new RecordHeaders(), id, SOURCE, type);
    String traceparent = state.traceparent();
    if (traceparent != null) {
      headers.add(TRACEPARENT, traceparent.getBytes(StandardCharsets.US_ASCII));
    }
    return headers;
  }

  private static String name(Phase phase) {
    return phase.getClass().getSimpleName();
  }

  /// The turn that the transition is about: the one released or handed on, the one at work, or the
  /// one given up.
  private static @Nullable TurnId turnOf(
      @Nullable ConversationState before, ConversationState after, Decision decision) {
    for (Command command : decision.commands()) {
      switch (command) {
        case Command.Hand(Turn turn, boolean _) -> {
          return turn.turn();
        }
        case Command.Release(ReleasedReply reply) -> {
          return reply.turn();
        }
        case Command.Fence _,
            Command.Advise _,
            Command.Audit _,
            Command.Observe _,
            Command.Forget _ -> {}
      }
    }
    TurnId now = turnOf(after.phase());
    return now != null || before == null ? now : turnOf(before.phase());
  }

  private static @Nullable TurnId turnOf(Phase phase) {
    return switch (phase) {
      case Answering a -> a.turn().turn();
      case BackingOff b -> b.turn().turn();
      case Suspended s -> s.turn().turn();
      default -> null;
    };
  }
}
