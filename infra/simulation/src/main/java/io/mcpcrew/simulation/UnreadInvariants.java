package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies unread in the log when something is decided.
final class UnreadInvariants {
  /// What may lie unread by the clocks of two brokers and a reader's last fetch.
  private static final Duration UNREAD =
      Duration.ofMillis(World.BROKER_SKEW + 3 * IntentActor.FETCHES_WITHIN);

  private final World world;

  UnreadInvariants(World world) {
    this.world = world;
  }

  /// What lies unread, is older than the decision, and would have kept what it gives up.
  @Nullable String unreadThatMatters(
      Transitioned step, Instant at, long readMessages, long readWork) {
    ConversationState before = step.before();
    if (before == null) {
      return null;
    }
    boolean byTime = step.input() instanceof Input.TimeCame;
    boolean byFence =
        step.input() instanceof Input.Worked w
            && w.work().event() instanceof io.mcpcrew.schemas.contract.Fenced;
    if (before.phase() instanceof Answering a && (byTime || byFence)) {
      boolean keeps =
          step.after().phase() instanceof Answering b
              && b.turn().turn().equals(a.turn().turn())
              && b.turn().attempt() == a.turn().attempt();
      return keeps ? null : unreadWork(a, at, readWork);
    }
    if (before.phase() instanceof Gathering && byTime) {
      return unreadMessage(step.after(), at, readMessages);
    }
    return null;
  }

  private @Nullable String unreadWork(Answering a, Instant at, long read) {
    for (long offset = read; offset < world.work.size(); offset++) {
      Kafka.Entry entry = world.work.entry(offset);
      if (!entry.isVisible() || !isOlder(entry, at)) {
        continue;
      }
      Work said = (Work) entry.value();
      boolean keeps =
          switch (said.event()) {
            case Concluded c ->
                c.turn().equals(a.turn().turn()) && c.attempt() == a.turn().attempt();
            case Alive _ -> said.worker().equals(a.worker()) && !isGone(said.worker(), offset);
            default -> false;
          };
      if (keeps) {
        return "%s was given up although %s lay unread".formatted(a.turn().turn(), said);
      }
    }
    return null;
  }

  /// Whether the log says before a sign that its worker is gone: then the sign was still on its
  /// way.
  private boolean isGone(String worker, long before) {
    for (long offset = 0; offset < before; offset++) {
      if (world.work.entry(offset).value() instanceof Work said
          && said.event() instanceof Gone
          && said.worker().equals(worker)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String unreadMessage(ConversationState after, Instant at, long read) {
    for (long offset = read; offset < world.messages.size(); offset++) {
      Kafka.Entry entry = world.messages.entry(offset);
      ConversationEvent event = (ConversationEvent) entry.value();
      Long number = event.messageNumber();
      if (event.conversation().equals(after.conversation())
          && event.author() == Author.CUSTOMER
          && isOlder(entry, at)
          && number != null
          && !after.seen().recent().contains(number)) {
        return "message %d of %s lay unread when its turn was opened"
            .formatted(number, after.conversation());
      }
    }
    return null;
  }

  private static boolean isOlder(Kafka.Entry entry, Instant at) {
    return World.BEGAN.plusMillis(entry.time()).isBefore(at.minus(UNREAD));
  }

  static boolean releasesReply(Decision decision) {
    return decision.commands().stream()
        .anyMatch(c ->
            c instanceof Command.Release(ReleasedReply reply)
                && reply.kind() == ReplyKind.REPLY
                && !reply.parts().isEmpty());
  }

  boolean personWrote(Transitioned step, Instant at, long read) {
    ConversationState before = step.before();
    if (before == null || !(before.phase() instanceof Answering a)) {
      return false;
    }
    Set<Long> seen = new HashSet<>();
    for (long offset = 0; offset < world.messages.size(); offset++) {
      Kafka.Entry entry = world.messages.entry(offset);
      ConversationEvent event = (ConversationEvent) entry.value();
      Long number = event.messageNumber();
      if (event.author() != Author.HUMAN_AGENT
          || event.kind() != EventKind.MESSAGE
          || number == null
          || !event.conversation().equals(before.conversation())
          || !seen.add(number)) {
        continue;
      }
      boolean since =
          World.BEGAN.plusMillis(entry.time()).isAfter(a.turn().openedAt().plus(UNREAD));
      if (since && (offset < read || isOlder(entry, at))) {
        return true;
      }
    }
    return false;
  }
}
