package io.mcpcrew.simulation;

import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.intent.replay.RecordedLog;
import io.mcpcrew.intent.replay.RecordedStep;
import io.mcpcrew.intent.replay.Replay;
import io.mcpcrew.intent.replay.Replay.Outcome;
import io.mcpcrew.intent.replay.Replay.Repeated;
import io.mcpcrew.intent.replay.StateHash;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The invariants that a real log shows, held against what is committed there when all is over:
/// customers' messages whose texts are all different, answered by a crew that answers every turn.
public final class LogInvariants {
  private final List<String> broken = new ArrayList<>();

  private LogInvariants() {}

  /// @param accepted each conversation's messages
  /// @param turns all that were handed out, attempts of the same turn included
  /// @return what does not hold; empty when everything does
  public static List<String> broken(
      Map<ConversationKey, Set<String>> accepted,
      List<Turn> turns,
      List<ReleasedReply> replies,
      List<RecordedLog.Conversation> recorded,
      IntentFinder finder) {
    var invariants = new LogInvariants();
    invariants.everyMessageOnce(accepted, turns);
    invariants.everyTurnEndsOnce(turns, replies);
    Set<ConversationKey> told = new HashSet<>();
    for (RecordedLog.Conversation conversation : recorded) {
      told.add(conversation.key());
      invariants.chained(conversation);
      invariants.replays(conversation, finder);
    }
    for (ConversationKey key : accepted.keySet()) {
      if (!told.contains(key)) {
        invariants.broken(Invariant.REPLAYS_THE_SAME, key + " has no transitions");
      }
    }
    return invariants.broken;
  }

  private void broken(Invariant invariant, String what) {
    broken.add(invariant + ": " + what);
  }

  private void everyMessageOnce(Map<ConversationKey, Set<String>> accepted, List<Turn> turns) {
    Map<ConversationKey, Map<String, Set<TurnId>>> taken = new HashMap<>();
    for (Turn turn : turns) {
      for (Line line : turn.messages()) {
        taken
            .computeIfAbsent(turn.turn().conversation(), _ -> new HashMap<>())
            .computeIfAbsent(line.text().readable(), _ -> new HashSet<>())
            .add(turn.turn());
      }
    }
    accepted.forEach((key, texts) -> {
      for (String text : texts) {
        int times = taken.getOrDefault(key, Map.of()).getOrDefault(text, Set.of()).size();
        if (times != 1) {
          broken(
              Invariant.EVERY_MESSAGE_ONCE,
              "\"%s\" of %s is in %d turns".formatted(text, key, times));
        }
      }
    });
  }

  private void everyTurnEndsOnce(List<Turn> turns, List<ReleasedReply> replies) {
    Map<TurnId, Integer> ends = new HashMap<>();
    Set<String> keys = new HashSet<>();
    for (ReleasedReply reply : replies) {
      ends.merge(reply.turn(), 1, Integer::sum);
      if (!keys.add(reply.replyKey())) {
        broken(Invariant.NO_REPLY_TWICE, reply.replyKey() + " was released twice");
      }
    }
    for (Turn turn : turns) {
      int times = ends.getOrDefault(turn.turn(), 0);
      if (times != 1) {
        broken(Invariant.EVERY_TURN_ENDS, "%s ended %d times".formatted(turn.turn(), times));
      }
    }
  }

  private void chained(RecordedLog.Conversation conversation) {
    String hash = StateHash.NONE;
    long sequence = 0;
    Instant now = Instant.MIN;
    for (RecordedStep step : conversation.steps()) {
      Transition t = step.transition();
      // Who was forgotten begins anew, with higher numbers.
      boolean begins = hash.equals(StateHash.NONE) && t.sequence() > sequence;
      if ((!begins && t.sequence() != sequence + 1) || !t.hashBefore().equals(hash)) {
        broken(
            Invariant.REPLAYS_THE_SAME,
            "step %d of %s does not follow step %d"
                .formatted(t.sequence(), conversation.key(), sequence));
        return;
      }
      if (t.now().isBefore(now)) {
        broken(Invariant.TIME_GOES_ON, "%s went back to %s".formatted(conversation.key(), t.now()));
      }
      hash = t.hashAfter();
      sequence = t.sequence();
      now = t.now();
    }
  }

  private void replays(RecordedLog.Conversation conversation, IntentFinder finder) {
    List<Repeated> steps =
        Replay.of(conversation.steps(), step -> conversation.rules(step, finder));
    if (steps.size() != conversation.steps().size()
        || !steps.stream().allMatch(step -> step.outcome() instanceof Outcome.Same)) {
      broken(
          Invariant.REPLAYS_THE_SAME,
          "%s: step %d of %d: %s"
              .formatted(
                  conversation.key(),
                  steps.size(),
                  conversation.steps().size(),
                  steps.isEmpty() ? "nothing" : steps.getLast().outcome()));
    }
  }
}
