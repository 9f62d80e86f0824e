package io.mcpcrew.intent.conversation;

import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.runtime.tenant.Conduct.PresenceMode;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.HumanHeld;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a person has the word in a conversation, by the account's mode for its inbox.
final class Presence {
  private final Conduct.Presence presence;

  Presence(Rules rules) {
    this.presence = rules.tenant().document().conduct().presence();
  }

  /// The state with what the channel says now. Later news of the channel count, earlier ones that
  /// arrive late do not.
  ConversationState told(ConversationState state, @Nullable ConversationFacts facts) {
    if (facts == null || facts.status() == ConversationStatus.UNKNOWN) {
      return state;
    }
    Instant at = facts.updatedAt();
    Instant known = state.statusAt();
    if (at != null && known != null && at.isBefore(known)) {
      return state;
    }
    boolean silenced = !Collections.disjoint(facts.labels(), presence.silentLabels());
    return States.channelSays(
        state, facts.status(), facts.humanAssigned(), silenced, at == null ? known : at);
  }

  /// Why a person has the word; empty while the agent has it.
  Optional<String> personHas(ConversationState state) {
    return state.personWrote() != null
        ? Optional.of("a person wrote")
        : channelGivesItToPerson(state);
  }

  /// Why the channel gives a person the word, whatever else is known.
  Optional<String> channelGivesItToPerson(ConversationState state) {
    if (state.silenced()) {
      return Optional.of("a label silences the agent");
    }
    PresenceMode mode = presence.of(state.inbox());
    if (state.assigned() && mode != PresenceMode.WRITES) {
      return Optional.of("a person is assigned");
    }
    return mode == PresenceMode.PENDING && isOthers(state.status())
        ? Optional.of("the channel says " + label(state.status()))
        : Optional.empty();
  }

  private static boolean isOthers(ConversationStatus status) {
    return status == ConversationStatus.OPEN || status == ConversationStatus.SNOOZED;
  }

  private static String label(ConversationStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /// Whether it takes a word of the channel to give the conversation back. What it says beside a
  /// message may be older than the person's.
  boolean personHad(ConversationState state) {
    return state.personWrote() != null || state.phase() instanceof HumanHeld;
  }

  /// Whether the channel gave the conversation back to the agent between two states: it was closed
  /// or made the agent's, nobody is assigned any more, or the label is gone.
  boolean wasGivenBack(ConversationState before, ConversationState after) {
    if (!personHad(before) || channelGivesItToPerson(after).isPresent()) {
      return false;
    }
    boolean closedOrOurs = after.status() != before.status() && !isOthers(after.status());
    boolean leftAlone = before.assigned() && !after.assigned();
    boolean unlabelled = before.silenced() && !after.silenced();
    return closedOrOurs || leftAlone || unlabelled;
  }
}
