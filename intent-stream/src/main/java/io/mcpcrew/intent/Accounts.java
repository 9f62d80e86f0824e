package io.mcpcrew.intent;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Shelf;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Places;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What a task keeps of its accounts: each conversation's state, how many places are taken, and who
/// waits for one. Every key begins with the account.
final class Accounts implements Shelf {
  private static final byte[] THERE = {1};

  private final KeyValueStore<String, byte[]> conversations;
  private final KeyValueStore<String, byte[]> places;
  private final KeyValueStore<String, byte[]> queue;
  private final CrewSerde<ConversationState> states =
      new CrewSerde<>(IntentTopology.CONVERSATIONS, ConversationState.class);
  private final CrewSerde<Places> shared = new CrewSerde<>(IntentTopology.PLACES, Places.class);

  /// A transition, or several, with the states as they are kept.
  ///
  /// @param bytesAfter null when the conversation is forgotten
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Kept(
      @Nullable ConversationState before,
      byte @Nullable [] bytesBefore,
      ConversationState after,
      byte @Nullable [] bytesAfter) {

    /// Both in one.
    Kept then(Kept later) {
      return new Kept(before, bytesBefore, later.after, later.bytesAfter);
    }
  }

  Accounts(
      KeyValueStore<String, byte[]> conversations,
      KeyValueStore<String, byte[]> places,
      KeyValueStore<String, byte[]> queue) {
    this.conversations = conversations;
    this.places = places;
    this.queue = queue;
  }

  @Override
  public @Nullable ConversationState conversation(ConversationKey key) {
    byte[] stored = conversations.get(key.toString());
    return stored == null ? null : states.fromBytes(stored, null);
  }

  @Override
  public Places places(AccountId account) {
    byte[] stored = places.get(account.value());
    return stored == null ? Places.NONE : shared.fromBytes(stored, null);
  }

  @Override
  public Optional<Waiter> nextWaiting(AccountId account, @Nullable Waiter after) {
    String first = account + "/";
    String from = after == null ? first : place(after) + "\0";
    // '0' comes after '/', and digits follow it, so this is beyond all of the account's.
    try (KeyValueIterator<String, byte[]> waiting = queue.range(from, account + "0")) {
      return waiting.hasNext()
          ? Optional.of(waiter(waiting.next().key.substring(first.length()), account))
          : Optional.empty();
    }
  }

  /// The accounts with somebody in their queue.
  Stream<AccountId> waiting() {
    Set<AccountId> found = new LinkedHashSet<>();
    try (KeyValueIterator<String, byte[]> all = queue.all()) {
      all.forEachRemaining(
          each -> found.add(new AccountId(each.key.substring(0, each.key.indexOf('/')))));
    }
    return found.stream();
  }

  private static Waiter waiter(String place, AccountId account) {
    Instant since = Instant.ofEpochMilli(Long.parseLong(place.substring(0, Timers.DIGITS)));
    return new Waiter(
        since, ConversationKey.parse(account + "/" + place.substring(Timers.DIGITS + 1)));
  }

  private static String place(Waiter waiter) {
    ConversationKey key = waiter.conversation();
    return "%s/%015d/%s"
        .formatted(key.account(), waiter.since().toEpochMilli(), key.conversation());
  }

  /// Encodes a transition's states, and with that checks their size; keeps nothing yet.
  ///
  /// @param earlier the conversation's step before, if the same record caused that too: where this
  ///   one begins is what that one kept
  Kept encode(Transitioned step, Headers headers, @Nullable Kept earlier) {
    ConversationState before = earlier == null ? step.before() : earlier.after();
    ConversationState after = Outbox.traced(step.after(), headers);
    byte[] bytesBefore =
        earlier != null ? earlier.bytesAfter() : before == null ? null : states.toBytes(before);
    byte[] bytesAfter = step.decision().forgets() ? null : states.toBytes(after);
    return new Kept(before, bytesBefore, after, bytesAfter);
  }

  void keep(Kept step) {
    ConversationKey key = step.after().conversation();
    // Without bytes it is a tombstone.
    conversations.put(key.toString(), step.bytesAfter());
    Optional<Instant> waited =
        Optional.ofNullable(step.before()).flatMap(ConversationMachine::waitsSince);
    Optional<Instant> waits = ConversationMachine.waitsSince(step.after());
    if (!waited.equals(waits)) {
      waited.ifPresent(since -> queue.delete(place(new Waiter(since, key))));
      waits.ifPresent(since -> queue.put(place(new Waiter(since, key)), THERE));
    }
  }

  void keep(AccountId account, Places after) {
    if (!after.equals(places(account))) {
      places.put(account.value(), after.equals(Places.NONE) ? null : shared.toBytes(after));
    }
  }
}
