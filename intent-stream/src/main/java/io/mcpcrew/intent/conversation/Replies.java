package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes what is released: of a turn, or of a conversation as a whole.
final class Replies {
  /// Later than this the answer itself is near, or an apology.
  private static final Duration HOLDING_LIFE = Duration.ofSeconds(10);

  private final Rules rules;
  private final Instant now;

  Replies(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
  }

  ReleasedReply reply(Turn turn, ReplyKind kind, List<Content> parts, @Nullable Content note) {
    return reply(turn, turn.turn().toString(), kind, parts, note);
  }

  /// @param key its own, where it is not the end of the turn
  ReleasedReply reply(
      Turn turn, String key, ReplyKind kind, List<Content> parts, @Nullable Content note) {
    return new ReleasedReply(
            turn.turn(),
            turn.attempt(),
            key,
            kind,
            parts,
            note,
            turn.channel(),
            turn.inbox(),
            turn.replyTo(),
            now,
            now.plus(rules.limits().replyLife()))
        .addressed(null, turn.language());
  }

  /// Of the conversation rather than of a turn's work.
  ReleasedReply ofConversation(
      ConversationState state,
      ReplyKind kind,
      String name,
      List<Content> parts,
      @Nullable Content note) {
    var turn = new TurnId(state.conversation(), Math.max(state.begins() + 1, state.turns()));
    return new ReleasedReply(
        turn,
        1,
        turn + "/" + name,
        kind,
        parts,
        note,
        state.channel(),
        state.inbox(),
        state.seen().highest(),
        now,
        now.plus(rules.limits().replyLife()));
  }

  /// Says that the turn is being worked; the same in every attempt.
  ReleasedReply holding(Turn turn, Content line) {
    return new ReleasedReply(
        turn.turn(),
        turn.attempt(),
        turn.turn() + ReleasedReply.HOLDING,
        ReplyKind.REPLY,
        List.of(line),
        null,
        turn.channel(),
        turn.inbox(),
        turn.replyTo(),
        now,
        now.plus(HOLDING_LIFE));
  }
}
