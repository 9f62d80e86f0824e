package io.mcpcrew.simulators.chatwoot;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

/// The page's live events: the last thousand of each account are kept, so that a page that lost its
/// connection goes on where it was. A reader that is too slow is told to reload.
final class DemoEvents implements Consumer<Happening>, AutoCloseable {
  private static final int KEPT = 1000;
  private static final long HEARTBEAT_SECONDS = 15;

  private final DemoViews views;
  private final AtomicLong lastId;
  private final Map<Long, Deque<Event>> kept = new ConcurrentHashMap<>();
  private final List<Reader> readers = new CopyOnWriteArrayList<>();

  record Event(long id, long account, String name, Map<String, @Nullable Object> data) {}

  private record Reader(long account, BlockingQueue<Event> queue) {}

  /// `firstId` grows from one start to the next, so that ids are never used twice.
  DemoEvents(DemoViews views, long firstId) {
    this.views = views;
    this.lastId = new AtomicLong(firstId);
  }

  @Override
  public void accept(Happening happening) {
    var account = happening.account();
    switch (happening) {
      case Happening.MessageCreated(_, var conversation, var message) ->
          tell(account, "message", views.messageEvent(account, conversation, message));
      case Happening.MessageUpdated(_, var conversation, var message) ->
          tell(account, "message", views.messageEvent(account, conversation, message));
      case Happening.ConversationCreated(_, var conversation) ->
          tell(account, "conversation", views.conversation(account, conversation));
      case Happening.ConversationChanged(_, var conversation, _) ->
          tell(account, "conversation", views.conversation(account, conversation));
      case Happening.Typing typing -> tell(account, "typing", views.typing(typing));
      case Happening.ContactCreated _ -> {}
      case Happening.ContactUpdated _ -> {}
    }
  }

  /// Ids and queues are filled in one order for all readers of an account.
  private void tell(Account account, String name, Map<String, @Nullable Object> data) {
    Deque<Event> events = kept.computeIfAbsent(account.number(), _ -> new ArrayDeque<>());
    synchronized (events) {
      var event = new Event(lastId.incrementAndGet(), account.number(), name, data);
      events.addLast(event);
      if (events.size() > KEPT) {
        events.removeFirst();
      }
      readers.stream()
          .filter(reader -> reader.account() == account.number())
          .filter(reader -> !reader.queue().offer(event))
          .forEach(this::dismiss);
    }
  }

  private void dismiss(Reader reader) {
    readers.remove(reader);
    reader.queue().clear();
    boolean _ = reader.queue().offer(reset(reader.account()));
  }

  private Event reset(long account) {
    return new Event(lastId.incrementAndGet(), account, "reset", Map.of());
  }

  /// Sends what was missed since `lastSeen`, then what comes, until the reader goes away.
  void stream(Account account, @Nullable Long lastSeen, SseBuilder out) {
    var reader = new Reader(account.number(), new LinkedBlockingQueue<>(2 * KEPT));
    out.onError(_ -> readers.remove(reader)).onComplete(() -> readers.remove(reader));
    Deque<Event> events = kept.computeIfAbsent(account.number(), _ -> new ArrayDeque<>());
    synchronized (events) {
      reader.queue().addAll(missed(account, events, lastSeen));
      readers.add(reader);
    }
    Thread.ofVirtual().name("demo-events").start(() -> pump(reader, out));
  }

  private List<Event> missed(Account account, Deque<Event> events, @Nullable Long lastSeen) {
    if (lastSeen == null) {
      return List.of();
    }
    boolean gap = events.isEmpty() || events.getFirst().id() > lastSeen + 1;
    if (gap && lastSeen < lastId.get()) {
      return List.of(reset(account.number()));
    }
    return new ArrayList<>(events.stream().filter(event -> event.id() > lastSeen).toList());
  }

  private void pump(Reader reader, SseBuilder out) {
    try {
      out.comment("ligado").send();
      while (readers.contains(reader) || !reader.queue().isEmpty()) {
        Event event = reader.queue().poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
          out.comment("vivo").send();
        } else {
          out.id(Long.toString(event.id()))
              .event(event.name())
              .data(Json.MAPPER.writeValueAsString(event.data()));
        }
      }
      out.complete();
    } catch (IOException | IllegalStateException e) {
      readers.remove(reader); // The page was closed; nothing is lost by that.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    readers.forEach(this::dismiss);
  }
}
