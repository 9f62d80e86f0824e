package io.mcpcrew.intent.conversation;

import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the agent says of its own accord when nothing is asked any more.
final class Idling {
  private final Rules rules;
  private final Instant now;
  private final Replies replies;

  Idling(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.replies = new Replies(rules, now);
  }

  /// Nothing was said for a while: the customer is asked, and later the conversation is closed.
  Decision nothingSaid(ConversationState state, Quiet quiet) {
    Conduct.Patience patience = rules.tenant().document().conduct().patience();
    String language = rules.tenant().document().language();
    boolean asks = !quiet.followedUp() && patience.followUp() != null;
    if (!asks && patience.close() == null) {
      return new Decision(States.phase(state, new Quiet(quiet.since())), List.of(), List.of());
    }
    ReleasedReply reply =
        replies.ofConversation(
            state,
            asks ? ReplyKind.REPLY : ReplyKind.CLOSING,
            (asks ? "follow-up/" : "close/") + state.sequence(),
            List.of(Content.of(asks ? Sentences.anythingElse(language) : Sentences.bye(language))),
            null);
    Duration close = patience.close();
    Quiet next = new Quiet(quiet.since(), asks && close != null ? now.plus(close) : null, asks);
    return new Decision(
        States.phase(state, next),
        List.of(new Command.Release(reply)),
        List.of(new Reason("release", asks ? "asks whether anything is left" : "closes")));
  }

  /// The agent has answered and nothing is asked: when it is to say something of its own accord.
  Quiet afterAnswer() {
    Conduct.Patience patience = rules.tenant().document().conduct().patience();
    Duration first = patience.followUp() != null ? patience.followUp() : patience.close();
    return first == null ? new Quiet(now) : new Quiet(now, now.plus(first), false);
  }
}
