package io.mcpcrew.knowledge;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// When which item must be looked at, in the order of time, so that expiry never walks over all
/// that is held. At most one entry for each item, and never a later one than its time: a
/// confirmation leaves the entry where it is, and the look moves it on.
final class Expiries {
  private static final int DIGITS = 15;

  /// Sorts after every digit, so that a look by time never meets it.
  private static final String ITEM = "~";

  private static final byte[] THERE = {1};

  private final KeyValueStore<String, byte[]> store;

  Expiries(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /// Has the item looked at by then at the latest.
  void lookAt(String item, Instant due) {
    byte[] entry = store.get(ITEM + item);
    if (entry != null) {
      Instant before = time(entry);
      if (!before.isAfter(due)) {
        return;
      }
      store.delete(key(before, item));
    }
    store.put(ITEM + item, ByteBuffer.allocate(Long.BYTES).putLong(due.toEpochMilli()).array());
    store.put(key(due, item), THERE);
  }

  void forget(String item) {
    byte[] entry = store.get(ITEM + item);
    if (entry != null) {
      store.delete(key(time(entry), item));
      store.delete(ITEM + item);
    }
  }

  /// Items whose time has come, at most so many at once.
  List<String> due(Instant now, int most) {
    List<String> due = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all =
        store.range(key(Instant.EPOCH, ""), key(now.plusMillis(1), ""))) {
      while (all.hasNext() && due.size() < most) {
        due.add(all.next().key.substring(DIGITS + 1));
      }
    }
    return due;
  }

  private static String key(Instant at, String item) {
    return "%015d/%s".formatted(Math.max(0, at.toEpochMilli()), item);
  }

  private static Instant time(byte[] entry) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(entry).getLong());
  }
}
