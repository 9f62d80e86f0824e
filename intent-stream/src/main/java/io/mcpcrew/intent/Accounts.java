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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What a task keeps of its accounts: each conversation's state, how many places are taken, and who
/// waits for one. Every key begins with the account.
final class Accounts implements Shelf {
  private static final byte[] THERE = {1};

  /// Conversations that are under way are read several times within a second.
  private static final int CONVERSATIONS_AT_HAND = 500;

  private static final int PLACES_AT_HAND = 100;

  private final Drawer conversations;
  private final Drawer places;
  private final Drawer queue;
  private final CrewSerde<ConversationState> states =
      new CrewSerde<>("conversations", ConversationState.class);
  private final CrewSerde<Places> shared = new CrewSerde<>("places", Places.class);

  /// Who may have somebody in the queue; an account without is not looked for there.
  private final Set<AccountId> waiting = new LinkedHashSet<>();

  /// The conversation that was read last: what decides about a record asks for it more than once.
  private @Nullable Read last;

  /// A state as it is stored.
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Read(
      ConversationKey key, @Nullable ConversationState state, byte @Nullable [] bytes) {}

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

  Accounts(KeyValueStore<String, byte[]> store) {
    this.conversations = new Drawer(store, Drawer.Part.CONVERSATIONS, CONVERSATIONS_AT_HAND);
    this.places = new Drawer(store, Drawer.Part.PLACES, PLACES_AT_HAND);
    this.queue = new Drawer(store, Drawer.Part.QUEUE);
    queue
        .keys("", null, Integer.MAX_VALUE)
        .forEach(place -> waiting.add(new AccountId(place.substring(0, place.indexOf('/')))));
  }

  /// Derives from a conversation's state whether it holds a place or waits for one.
  ///
  /// @return whether it waits
  boolean derive(ConversationState state) {
    AccountId account = state.conversation().account();
    Optional<Instant> waits = ConversationMachine.waitsSince(state);
    waits.ifPresent(since -> queue(new Waiter(since, state.conversation())));
    if (ConversationMachine.holdsPlace(state)) {
      Places now = places(account);
      keep(account, new Places(now.taken() + 1, now.used()));
    }
    return waits.isPresent();
  }

  private void queue(Waiter waiter) {
    queue.put(place(waiter), THERE);
    waiting.add(waiter.conversation().account());
  }

  @Override
  public @Nullable ConversationState conversation(ConversationKey key) {
    Read read = last;
    if (read == null || !read.key().equals(key)) {
      byte[] stored = conversations.get(key.toString());
      read = new Read(key, stored == null ? null : states.fromBytes(stored, null), stored);
      last = read;
    }
    return read.state();
  }

  @Override
  public Places places(AccountId account) {
    byte[] stored = places.get(account.value());
    return stored == null ? Places.NONE : shared.fromBytes(stored, null);
  }

  @Override
  public Optional<Waiter> nextWaiting(AccountId account, @Nullable Waiter after) {
    if (!waiting.contains(account)) {
      return Optional.empty();
    }
    String first = account + "/";
    String from = after == null ? first : place(after) + "\0";
    // '0' comes after '/', and digits follow it, so this is beyond all of the account's.
    Optional<String> next = queue.first(from, account + "0");
    if (next.isEmpty() && after == null) {
      waiting.remove(account);
    }
    return next.map(place -> waiter(place.substring(first.length()), account));
  }

  /// The accounts that may have somebody in their queue.
  Set<AccountId> waiting() {
    return Set.copyOf(waiting);
  }

  private static Waiter waiter(String place, AccountId account) {
    Instant since = Instant.ofEpochMilli(Long.parseLong(place.substring(0, Timers.DIGITS)));
    return new Waiter(
        since, ConversationKey.parse(account + "/" + place.substring(Timers.DIGITS + 1)));
  }

  private static String place(Waiter waiter) {
    ConversationKey key = waiter.conversation();
    return key.account() + "/" + Timers.digits(waiter.since()) + "/" + key.conversation();
  }

  /// Encodes a transition's states, and with that checks their size; keeps nothing yet.
  ///
  /// @param earlier the conversation's step before, if the same record caused that too: where this
  ///   one begins is what that one kept
  Kept encode(Transitioned step, Headers headers, @Nullable Kept earlier) {
    ConversationState before = earlier == null ? step.before() : earlier.after();
    ConversationState after = Outbox.traced(step.after(), headers);
    byte[] bytesBefore = earlier != null ? earlier.bytesAfter() : bytes(before);
    byte[] bytesAfter = step.decision().forgets() ? null : states.toBytes(after);
    return new Kept(before, bytesBefore, after, bytesAfter);
  }

  /// What a step begins with as it is stored, unless another release has stored it.
  private byte @Nullable [] bytes(@Nullable ConversationState state) {
    if (state == null) {
      return null;
    }
    Read read = last;
    byte[] stored = read != null && read.key().equals(state.conversation()) ? read.bytes() : null;
    return stored != null && states.isCurrent(stored) ? stored : states.toBytes(state);
  }

  void keep(Kept step) {
    ConversationKey key = step.after().conversation();
    last = null;
    // Without bytes it is a tombstone.
    conversations.put(key.toString(), step.bytesAfter());
    Optional<Instant> waited =
        Optional.ofNullable(step.before()).flatMap(ConversationMachine::waitsSince);
    Optional<Instant> waits = ConversationMachine.waitsSince(step.after());
    if (!waited.equals(waits)) {
      waited.ifPresent(since -> queue.remove(place(new Waiter(since, key))));
      waits.ifPresent(since -> queue(new Waiter(since, key)));
    }
  }

  void keep(AccountId account, Places after) {
    if (!after.equals(places(account))) {
      places.put(account.value(), after.equals(Places.NONE) ? null : shared.toBytes(after));
    }
  }
}
