package io.mcpcrew.intent;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When which conversation must be looked at again, in the order of time. At most one timer for
/// each conversation.
final class Timers {
  /// Of a time in a key, so that the order of keys is the order of time.
  static final int DIGITS = 15;

  /// The last time that a key can have.
  private static final Instant NEVER = Instant.ofEpochMilli(999_999_999_999_999L);

  private static final byte[] THERE = {1};

  private final Drawer drawer;

  /// No timer is before it; null when nobody has looked. Timers go where the next are looked for,
  /// and a store steps over each that is gone until it has tidied up.
  private @Nullable Instant soonest;

  Timers(Drawer drawer) {
    this.drawer = drawer;
  }

  void move(String conversation, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && !from.equals(to)) {
      drawer.remove(key(from, conversation));
    }
    if (to != null && !to.equals(from)) {
      put(to, conversation);
    }
  }

  private void put(Instant at, String conversation) {
    drawer.put(key(at, conversation), THERE);
    if (soonest != null && at.isBefore(soonest)) {
      soonest = at;
    }
  }

  /// Whether one is due; costs nothing while none can be.
  boolean isDue(Instant now) {
    if (soonest != null && soonest.isAfter(now)) {
      return false;
    }
    soonest = drawer.first(first(), null).map(Timers::time).orElse(NEVER);
    return !soonest.isAfter(now);
  }

  private String first() {
    return key(Objects.requireNonNullElse(soonest, Instant.EPOCH), "");
  }

  /// A conversation's timer.
  record Timer(Instant at, String conversation) {}

  /// Those whose time has come, at most so many at once.
  List<Timer> due(Instant now, int most) {
    if (!isDue(now)) {
      return List.of();
    }
    return drawer.keys(first(), key(now.plusMillis(1), ""), most).stream()
        .map(key -> new Timer(time(key), key.substring(DIGITS + 1)))
        .toList();
  }

  /// A timer that has run is gone unless the conversation waits for that very time still. Settings
  /// may have changed since it was set, and then it is set anew.
  void ran(Timer timer, @Nullable Instant stillDue) {
    String key = key(timer.at(), timer.conversation());
    if (timer.at().equals(stillDue)) {
      return;
    }
    if (drawer.get(key) != null) {
      drawer.remove(key);
    }
    if (stillDue != null && drawer.get(key(stillDue, timer.conversation())) == null) {
      put(stillDue, timer.conversation());
    }
  }

  /// Looked at again later; whatever is after it is not held up.
  void postpone(Timer timer, Instant until) {
    drawer.remove(key(timer.at(), timer.conversation()));
    put(until, timer.conversation());
  }

  private static String key(Instant at, String conversation) {
    return digits(at) + "/" + conversation;
  }

  /// A time as it stands in a key.
  static String digits(Instant at) {
    String millis = Long.toString(at.toEpochMilli());
    return "0".repeat(DIGITS - millis.length()) + millis;
  }

  private static Instant time(String key) {
    return Instant.ofEpochMilli(Long.parseLong(key.substring(0, DIGITS)));
  }
}
