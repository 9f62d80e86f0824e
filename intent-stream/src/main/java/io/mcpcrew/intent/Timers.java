package io.mcpcrew.intent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// When which conversation must be looked at again, in the order of time. At most one timer for
/// each conversation.
final class Timers {
  /// Of a time in a key, so that the order of keys is the order of time.
  static final int DIGITS = 15;

  private static final byte[] THERE = {1};

  private final KeyValueStore<String, byte[]> store;

  Timers(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void move(String conversation, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && !from.equals(to)) {
      store.delete(key(from, conversation));
    }
    if (to != null && !to.equals(from)) {
      store.put(key(to, conversation), THERE);
    }
  }

  Optional<Instant> earliest() {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      return all.hasNext() ? Optional.of(time(all.next().key)) : Optional.empty();
    }
  }

  /// A conversation's timer.
  record Timer(Instant at, String conversation) {}

  /// Those whose time has come, at most so many at once.
  List<Timer> due(Instant now, int most) {
    List<Timer> due = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all =
        store.range(key(Instant.EPOCH, ""), key(now.plusMillis(1), ""))) {
      while (all.hasNext() && due.size() < most) {
        String key = all.next().key;
        due.add(new Timer(time(key), key.substring(DIGITS + 1)));
      }
    }
    return due;
  }

  /// A timer that has run is gone unless the conversation waits for that very time still. Settings
  /// may have changed since it was set, and then it is set anew.
  void ran(Timer timer, @Nullable Instant stillDue) {
    String key = key(timer.at(), timer.conversation());
    if (timer.at().equals(stillDue)) {
      return;
    }
    if (store.get(key) != null) {
      store.delete(key);
    }
    String next = stillDue == null ? null : key(stillDue, timer.conversation());
    if (next != null && store.get(next) == null) {
      store.put(next, THERE);
    }
  }

  /// Looked at again later; whatever is after it is not held up.
  void postpone(Timer timer, Instant until) {
    store.delete(key(timer.at(), timer.conversation()));
    store.put(key(until, timer.conversation()), THERE);
  }

  private static String key(Instant at, String conversation) {
    return "%015d/%s".formatted(at.toEpochMilli(), conversation);
  }

  private static Instant time(String key) {
    return Instant.ofEpochMilli(Long.parseLong(key.substring(0, DIGITS)));
  }
}
