package io.mcpcrew.simulators.chatwoot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One conversation: its state and its messages in ascending order of id, behind a lock of its own,
/// so that conversations do not wait for each other.
///
/// Ids are drawn inside the lock; that is why appending keeps the order.
final class Conversation {
  private static final Duration FLOOD_WINDOW = Duration.ofMinutes(1);
  private static final int NEWEST = 20;
  private static final int NEWER = 100;
  private static final int BETWEEN = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Message> messages = new ArrayList<>();
  private volatile ConversationState state;
  private volatile @Nullable Message lastTalk;

  Conversation(ConversationState state) {
    this.state = state;
  }

  ConversationState state() {
    return state;
  }

  long displayId() {
    return state.displayId();
  }

  /// The newest message that is neither activity nor a private note.
  @Nullable Message lastTalk() {
    return lastTalk;
  }

  /// When the customer wrote last; null for never.
  @Nullable Instant lastIncomingAt() {
    return lastIncoming().map(Message::createdAt).orElse(null);
  }

  Optional<Message> lastIncoming() {
    return exclusively(() ->
        messages.reversed().stream()
            .filter(message -> message.type() == Message.Type.INCOMING)
            .findFirst());
  }

  <T> T exclusively(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  void become(ConversationState next) {
    requireLock();
    state = next;
  }

  /// Adds a message, or puts a newer form in the place of the one with its id.
  void put(Message message) {
    requireLock();
    int index = indexOf(message.id());
    if (index < messages.size() && messages.get(index).id() == message.id()) {
      messages.set(index, message);
    } else {
      messages.add(index, message);
    }
    Message last = lastTalk;
    if (message.isPublicTalk() && (last == null || last.id() <= message.id())) {
      lastTalk = message;
    }
  }

  /// True when another message would exceed `perMinute` within the last minute; 0 means no limit.
  boolean isFlooded(int perMinute, Instant now) {
    requireLock();
    int decisive = messages.size() - perMinute;
    return perMinute > 0
        && decisive >= 0
        && messages.get(decisive).createdAt().isAfter(now.minus(FLOOD_WINDOW));
  }

  Optional<Message> message(long id) {
    return exclusively(() -> {
      int index = indexOf(id);
      return index < messages.size() && messages.get(index).id() == id
          ? Optional.of(messages.get(index))
          : Optional.empty();
    });
  }

  /// Chatwoot's paging: the newest 20, the 20 before an id, up to 100 after one, or up to 1000
  /// between two; always ascending.
  List<Message> page(@Nullable Long before, @Nullable Long after, Predicate<Message> wanted) {
    return exclusively(() -> {
      if (after == null) {
        return upTo(before == null ? messages.size() : indexOf(before), wanted);
      }
      return before == null
          ? from(indexOf(after + 1), messages.size(), NEWER, wanted)
          : from(indexOf(after), indexOf(before), BETWEEN, wanted);
    });
  }

  private List<Message> upTo(int end, Predicate<Message> wanted) {
    List<Message> page = new ArrayList<>();
    for (int i = end - 1; i >= 0 && page.size() < NEWEST; i--) {
      if (wanted.test(messages.get(i))) {
        page.add(messages.get(i));
      }
    }
    return page.reversed();
  }

  private List<Message> from(int start, int end, int most, Predicate<Message> wanted) {
    List<Message> page = new ArrayList<>();
    for (int i = start; i < end && page.size() < most; i++) {
      if (wanted.test(messages.get(i))) {
        page.add(messages.get(i));
      }
    }
    return page;
  }

  /// Where the message with this id is or would be.
  private int indexOf(long id) {
    int low = 0;
    int high = messages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (messages.get(middle).id() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void requireLock() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("A conversation changes only inside exclusively()");
    }
  }
}
