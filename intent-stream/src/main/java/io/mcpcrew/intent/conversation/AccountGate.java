package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Places;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives an account's places to its conversations, first come, first served. A conversation takes
/// at most one place at a time and goes to the end of the queue for the next, so one that never
/// stops talking does not hold up the others.
///
/// Nobody asks for a place or gives it back: both follow from the states before and after a
/// transition, so a place cannot be forgotten. What an input does to the conversation it is for,
/// and to those that get a place because of it, is one change.
public final class AccountGate {

  /// A conversation's step.
  public record Transitioned(Input input, @Nullable ConversationState before, Decision decision) {
    /// As the step leaves it; what a conversation that is forgotten was last.
    public ConversationState after() {
      return decision.state();
    }

    /// How many turns there were before the step.
    public long turnsBefore() {
      return before == null ? 0 : before.turnsSoFar();
    }
  }

  /// What an input comes to; nothing, if it changes nothing.
  ///
  /// @param places what the account's conversations share afterwards
  public record Change(List<Transitioned> transitions, Places places) {
    public Change {
      transitions = List.copyOf(transitions);
    }
  }

  private final Shelf shelf;
  private final Instant at;
  private final Rules rules;
  private final List<Transitioned> transitions = new ArrayList<>();
  private final Map<ConversationKey, ConversationState> changed = new HashMap<>();
  private int taken;
  private long used;

  private AccountGate(Shelf shelf, AccountId account, Instant at, Rules rules) {
    this.shelf = shelf;
    this.at = at;
    this.rules = rules;
    Places places = shelf.places(account);
    this.taken = places.taken();
    this.used = places.used();
  }

  /// @param at the input's time in the log
  public static Change hear(
      Shelf shelf, ConversationKey key, Input input, Instant at, Rules rules) {
    var gate = new AccountGate(shelf, key.account(), at, rules);
    if (gate.transition(key, input) && gate.mayMove()) {
      gate.givePlaces(key.account(), key);
    }
    return gate.change();
  }

  /// The account's pause is over: those who waited for that go on.
  public static Change wake(Shelf shelf, AccountId account, Instant at, Rules rules) {
    var gate = new AccountGate(shelf, account, at, rules);
    if (!rules.paused()) {
      gate.givePlaces(account, null);
    }
    return gate.change();
  }

  private Change change() {
    return new Change(transitions, new Places(taken, used));
  }

  private boolean transition(ConversationKey key, Input input) {
    ConversationState before = changed.getOrDefault(key, shelf.conversation(key));
    ConversationState state = before == null ? ConversationMachine.unknown(key, at, used) : before;
    Decision decision = ConversationMachine.decide(state, input, at, rules);
    if (decision.isIdle(state)) {
      return false;
    }
    if (decision.forgets()) {
      used = Math.max(used, decision.state().sequence());
    }
    taken += places(decision.state()) - places(before);
    transitions.add(new Transitioned(input, before, decision));
    changed.put(key, decision.state());
    return true;
  }

  /// A place was given back, or somebody waits for one.
  private boolean mayMove() {
    Transitioned first = transitions.getFirst();
    return !rules.paused()
        && (places(first.after()) < places(first.before())
            || ConversationMachine.waitsSince(first.after()).isPresent());
  }

  private static int places(@Nullable ConversationState state) {
    return state != null && ConversationMachine.holdsPlace(state) ? 1 : 0;
  }

  /// Those who waited before come first; the conversation itself, if it waits since now, is last.
  private void givePlaces(AccountId account, @Nullable ConversationKey self) {
    Optional<Shelf.Waiter> next = Optional.empty();
    while (taken < rules.limits().places()) {
      next = shelf.nextWaiting(account, next.orElse(null));
      if (next.isPresent()) {
        transition(next.get().conversation(), new Input.PlaceCame());
      } else {
        if (self != null) {
          transition(self, new Input.PlaceCame());
        }
        return;
      }
    }
  }
}
