package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Places;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Accounts in maps: for whoever runs the machine without Kafka.
public final class ShelfInMemory implements Shelf {
  private static final Comparator<Waiter> LONGEST_FIRST =
      Comparator.comparing(Waiter::since).thenComparing(w -> w.conversation().toString());

  private final Map<ConversationKey, ConversationState> conversations;
  private final Map<AccountId, Places> places;
  private final Map<AccountId, NavigableSet<Waiter>> queues;

  public ShelfInMemory() {
    this(new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  private ShelfInMemory(
      Map<ConversationKey, ConversationState> conversations,
      Map<AccountId, Places> places,
      Map<AccountId, NavigableSet<Waiter>> queues) {
    this.conversations = conversations;
    this.places = places;
    this.queues = queues;
  }

  public ShelfInMemory copy() {
    Map<AccountId, NavigableSet<Waiter>> queued = new HashMap<>();
    queues.forEach((account, queue) -> queued.put(account, new TreeSet<>(queue)));
    return new ShelfInMemory(new HashMap<>(conversations), new HashMap<>(places), queued);
  }

  @Override
  public @Nullable ConversationState conversation(ConversationKey key) {
    return conversations.get(key);
  }

  @Override
  public Places places(AccountId account) {
    return places.getOrDefault(account, Places.NONE);
  }

  public int taken(AccountId account) {
    return places(account).taken();
  }

  @Override
  public Optional<Waiter> nextWaiting(AccountId account, @Nullable Waiter after) {
    NavigableSet<Waiter> queue = queue(account);
    if (queue.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(after == null ? queue.first() : queue.higher(after));
  }

  public Iterable<ConversationState> conversations() {
    return conversations.values();
  }

  public void keep(AccountId account, AccountGate.Change change) {
    places.put(account, change.places());
    for (AccountGate.Transitioned step : change.transitions()) {
      ConversationState after = step.after();
      ConversationKey key = after.conversation();
      if (step.decision().forgets()) {
        conversations.remove(key);
      } else {
        conversations.put(key, after);
      }
      Optional.ofNullable(step.before())
          .flatMap(ConversationMachine::waitsSince)
          .ifPresent(since -> queue(account).remove(new Waiter(since, key)));
      ConversationMachine.waitsSince(after)
          .ifPresent(since -> queue(account).add(new Waiter(since, key)));
    }
  }

  private NavigableSet<Waiter> queue(AccountId account) {
    return queues.computeIfAbsent(account, _ -> new TreeSet<>(LONGEST_FIRST));
  }
}
