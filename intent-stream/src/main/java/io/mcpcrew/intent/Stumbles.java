package io.mcpcrew.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Remembers at which record a stream thread ended. A thread that ends is replaced and reads the
/// record again; the fourth time the record is parked unread, so that it cannot stop its partition.
/// Threads that end at no record end because of Kafka or the machine: a few are replaced, then the
/// service gives up and says so.
final class Stumbles {
  static final int MOST = 3;

  private static final int MOST_ELSEWHERE = 10;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /// What a thread is reading.
  record At(TopicPartition partition, long offset) {}

  private final Map<Long, At> reading = new HashMap<>();
  private final Map<At, Integer> ended = new HashMap<>();
  private final Deque<Instant> elsewhere = new ArrayDeque<>();

  /// The thread begins with a record.
  ///
  /// @return whether threads have ended at it so often that it must be parked
  synchronized boolean begins(long thread, At at) {
    reading.put(thread, at);
    return ended.getOrDefault(at, 0) >= MOST;
  }

  /// The record is behind it, and with it all before in the partition.
  synchronized void passed(long thread, At at) {
    reading.remove(thread);
    if (!ended.isEmpty()) {
      ended.keySet().removeIf(each -> each.equals(at));
    }
  }

  /// The thread has ended.
  ///
  /// @return whether another is to take its place
  synchronized boolean replaces(long thread, Throwable cause, Instant now) {
    At at = reading.remove(thread);
    if (at != null && !isOfKafka(cause)) {
      ended.merge(at, 1, Integer::sum);
      return true;
    }
    elsewhere.addLast(now);
    while (elsewhere.getFirst().isBefore(now.minus(WINDOW))) {
      elsewhere.removeFirst();
    }
    return elsewhere.size() <= MOST_ELSEWHERE;
  }

  /// The broker's trouble is no record's fault, whatever was being read.
  private static boolean isOfKafka(Throwable cause) {
    for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof ApiException && !(each instanceof RecordTooLargeException)) {
        return true;
      }
    }
    return false;
  }
}
