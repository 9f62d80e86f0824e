package io.mcpcrew.intent.conversation;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much the agent may say: by the account's autonomy, which may change at any time, and by its
/// brakes.
final class Speaking {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final int A_YES = 15;

  private final Tenant.Document document;
  private final Presence presence;

  Speaking(Rules rules) {
    this.document = rules.tenant().document();
    this.presence = new Presence(rules);
  }

  /// Before it is known what is wanted.
  Autonomy in(ConversationState state) {
    return document.autonomyIn(state.inbox());
  }

  /// Whether nothing of the agent's reaches the customer there, so that it may think while a person
  /// has the word.
  boolean isBehindTheScenes(ConversationState state) {
    return !reachesCustomer(in(state)) && in(state) != Autonomy.OFF;
  }

  /// For wishes: the least of what each allows. Over a person nothing reaches the customer.
  Autonomy of(ConversationState state, List<Task> wishes) {
    Autonomy least =
        wishes.stream()
            .map(wish -> document.autonomyIn(state.inbox(), wish.intent().name()))
            .min(Autonomy::compareTo)
            .orElseGet(() -> in(state));
    return presence.personHas(state).isPresent() ? least(least, Autonomy.SUGGEST) : least;
  }

  /// For a turn that was begun: what was allowed then and is still allowed.
  Autonomy now(ConversationState state, Turn turn) {
    return least(turn.autonomy(), of(state, turn.tasks()));
  }

  /// For a turn that waits for a person's word: that a person has the conversation open to decide
  /// about it takes nothing away.
  Autonomy forApproval(ConversationState state, Turn turn) {
    return turn.tasks().stream()
        .map(wish -> document.autonomyIn(state.inbox(), wish.intent().name()))
        .reduce(turn.autonomy(), Speaking::least);
  }

  private static Autonomy least(Autonomy one, Autonomy other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static boolean reachesCustomer(Autonomy autonomy) {
    return kindOf(autonomy) == ReplyKind.REPLY;
  }

  /// What the tenant allows a finished reply to become; null for nothing.
  static @Nullable ReplyKind kindOf(Autonomy autonomy) {
    return switch (autonomy) {
      case ANSWER, CONFIRM -> ReplyKind.REPLY;
      case SUGGEST, UNKNOWN -> ReplyKind.SUGGESTION;
      case WATCH, OFF -> null;
    };
  }

  /// Whether the agent has said so much within the hour that the next word is a person's.
  boolean isTooMuch(ConversationState state, Instant now) {
    return withinTheHour(state, now).size() >= document.conduct().brakes().repliesPerHour();
  }

  static ConversationState spoke(ConversationState state, Instant now) {
    return States.spoke(
        state, Stream.concat(withinTheHour(state, now).stream(), Stream.of(now)).toList());
  }

  private static List<Instant> withinTheHour(ConversationState state, Instant now) {
    Instant from = now.minus(AN_HOUR);
    return state.spoke().stream().filter(at -> at.isAfter(from)).toList();
  }

  /// The state with what a turn answers; the same again and again is counted, unless it is as short
  /// as a yes.
  static ConversationState wrote(ConversationState state, List<Line> lines, Instant now) {
    String hash = Digest.of(lines);
    boolean counts =
        lines.stream().mapToInt(line -> line.text().readable().length()).sum() > A_YES
            && hash.equals(state.wrote())
            && state.now().isAfter(now.minus(AN_HOUR));
    return States.wrote(state, hash, counts ? state.times() + 1 : 1);
  }

  /// Whether what is written can only be a machine's: nobody says the same so often.
  boolean isMachine(ConversationState state) {
    return state.times() >= document.conduct().brakes().sameText();
  }
}
