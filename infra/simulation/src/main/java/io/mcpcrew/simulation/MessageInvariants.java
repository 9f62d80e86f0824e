package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.PendingMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every accepted message is in exactly one turn or in history.
final class MessageInvariants {
  private final Findings findings;
  private final Set<Long> accepted = new LinkedHashSet<>();
  private final Map<Long, Integer> inTurns = new HashMap<>();
  private final Set<Long> inHistory = new HashSet<>();

  MessageInvariants(Findings findings) {
    this.findings = findings;
  }

  void accepted(ConversationEvent event) {
    if (event.author() == Author.CUSTOMER) {
      accepted.add(number(event.text()));
    }
  }

  void follow(Transitioned step, @Nullable ConversationState before, ConversationState after) {
    Set<Long> was = before == null ? Set.of() : pending(before);
    Set<Long> is = pending(after);
    boolean opened = after.turnsSoFar() > step.turnsBefore();
    for (Long number : was) {
      if (!is.contains(number)) {
        if (opened) {
          inTurns.merge(number, 1, Integer::sum);
        } else {
          inHistory.add(number);
        }
      }
    }
    if (step.input() instanceof Input.Happened(ConversationEvent event)
        && event.kind() == EventKind.MESSAGE
        && event.author() == Author.CUSTOMER) {
      long number = number(event.text());
      if (!is.contains(number) && !inTurns.containsKey(number)) {
        inHistory.add(number);
      }
    }
  }

  private static Set<Long> pending(ConversationState state) {
    if (state.pending().isEmpty()) {
      return Set.of();
    }
    return state.pending().stream()
        .map(PendingMessage::line)
        .map(line -> number(line.text()))
        .collect(Collectors.toSet());
  }

  private static long number(@Nullable Content text) {
    String words = text == null ? "" : text.readable();
    int end = words.indexOf(' ');
    return end < 0 ? -1 : Long.parseLong(words.substring(0, end));
  }

  void messagesAreAccountedFor() {
    for (Long number : accepted) {
      int times = inTurns.getOrDefault(number, 0) + (inHistory.contains(number) ? 1 : 0);
      findings.check(
          times == 1,
          Invariant.EVERY_MESSAGE_ONCE,
          () -> "message %d is in %d turns or histories".formatted(number, times));
    }
  }
}
