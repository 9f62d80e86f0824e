package io.mcpcrew.intent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A part of what a task keeps. All parts lie in one store, and so in one changelog: a transaction
/// is ended by a record in every partition that it has touched.
final class Drawer {
  private final KeyValueStore<String, byte[]> store;
  private final Part part;

  /// What was read or put last, so that it is read without the store. A task's drawers are made
  /// anew with it, so nothing that a transaction has taken back is in here.
  private final Map<String, byte[]> newest;

  /// Keys are in their order within a part. Those of conversations begin with an account, and no
  /// account's name begins like the other parts.
  enum Part {
    CONVERSATIONS("", "0", "{"),
    TIMERS("!t/", "!t/", "!t0"),
    WORKERS("!w/", "!w/", "!w0"),
    PLACES("!p/", "!p/", "!p0"),
    QUEUE("!q/", "!q/", "!q0"),
    /// Of the store itself.
    MARKS("!!/", "!!/", "!!0");

    private final String prefix;

    /// Before all of the part's keys.
    private final String begin;

    /// Beyond all of the part's keys.
    private final String end;

    Part(String prefix, String begin, String end) {
      this.prefix = prefix;
      this.begin = begin;
      this.end = end;
    }

    /// As the store has it.
    String key(String key) {
      return prefix + key;
    }
  }

  Drawer(KeyValueStore<String, byte[]> store, Part part) {
    this(store, part, 0);
  }

  /// @param remembered how many values are at hand; nobody else may put into the part then
  Drawer(KeyValueStore<String, byte[]> store, Part part, int remembered) {
    this.store = store;
    this.part = part;
    this.newest =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > remembered;
          }
        };
  }

  byte @Nullable [] get(String key) {
    byte[] known = newest.get(key);
    if (known != null) {
      return known;
    }
    byte[] stored = store.get(part.key(key));
    if (stored != null) {
      newest.put(key, stored);
    }
    return stored;
  }

  /// @param value nothing removes the key
  void put(String key, byte @Nullable [] value) {
    store.put(part.key(key), value);
    newest.remove(key);
    if (value != null) {
      newest.put(key, value);
    }
  }

  void remove(String key) {
    store.delete(part.key(key));
    newest.remove(key);
  }

  /// The first key from one on; before another, if one is given.
  Optional<String> first(String from, @Nullable String before) {
    return keys(from, before, 1).stream().findFirst();
  }

  /// The keys from one on, in their order, at most so many; before another, if one is given.
  List<String> keys(String from, @Nullable String before, int most) {
    List<String> keys = new ArrayList<>();
    String begin = from.isEmpty() ? part.begin : part.key(from);
    String end = before == null ? part.end : part.key(before);
    try (KeyValueIterator<String, byte[]> all = store.range(begin, end)) {
      while (all.hasNext() && keys.size() < most) {
        String key = all.next().key;
        if (key.equals(end)) {
          break;
        }
        keys.add(key.substring(part.prefix.length()));
      }
    }
    return keys;
  }
}
