package io.mcpcrew.bench;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of Chatwoot that an answer meets: who writes, the look before a post, and the post.
/// It answers at once and remembers when each conversation was answered, so that it costs a
/// measurement as little as can be; and it counts what was answered twice or wrongly.
public final class PostOffice implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/api/v1/accounts/\\d+/conversations/(\\d+)/(\\w+)");

  private static final Pattern CONTACT = Pattern.compile("/api/v1/accounts/\\d+/contacts/(\\d+)");

  private static final Pattern KEY = Pattern.compile("\"crew_reply_key\":\"[^\"]*\"");

  private final OtherSide server;
  private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger typing = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong(1_000_000);

  /// What a look shows of a conversation that was answered.
  private final Map<Integer, String> posted = new ConcurrentHashMap<>();

  /// Told of every reply that a customer sees, once.
  private final Listener listener;

  /// Hears what is posted.
  @FunctionalInterface
  public interface Listener {
    void replied(int conversation, String body);

    /// Of what only the company's people read.
    default void noted(int conversation, String body) {}
  }

  public PostOffice() {
    this((_, _) -> {});
  }

  public PostOffice(Listener listener) {
    this.listener = listener;
    server = new OtherSide(this::answer);
  }

  public String url() {
    return server.url();
  }

  public int answered() {
    return answeredAt.size();
  }

  /// Replies that were posted more than once.
  public int answeredTwice() {
    return twice.get();
  }

  /// Answers that do not tell a price.
  public int answeredWrong() {
    return wrong.get();
  }

  /// How often anything was asked here.
  int asked() {
    return asked.get();
  }

  /// How often it was to be shown or hidden that somebody types.
  int typing() {
    return typing.get();
  }

  /// When it was answered, on the monotonic clock; 0 while it is not.
  public long answeredAt(int conversation) {
    return answeredAt.getOrDefault(conversation, 0L);
  }

  void forget() {
    answeredAt.clear();
    posted.clear();
  }

  private void answer(OtherSide.Asked question, Consumer<OtherSide.Answer> to) {
    asked.incrementAndGet();
    String path = withoutQuery(question.path());
    Matcher messages = PATH.matcher(path);
    String json = "{}";
    if (messages.matches() && messages.group(2).equals("messages")) {
      int conversation = Integer.parseInt(messages.group(1));
      json =
          question.method().equals("POST")
              ? post(conversation, question.body())
              : "{\"payload\":[" + posted.getOrDefault(conversation, "") + "]}";
    }
    if (path.endsWith("/toggle_typing_status")) {
      typing.incrementAndGet();
    }
    Matcher contact = CONTACT.matcher(path);
    if (contact.matches()) {
      json = contact(Integer.parseInt(contact.group(1)));
    }
    to.accept(OtherSide.Answer.of(json));
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String contact(int id) {
    return """
    {"payload": {"id": %d, "name": "Cliente %d", "phone_number": null, "email": null,
     "identifier": null, "custom_attributes": {}, "additional_attributes": {}}}\
    """
        .formatted(id, id - 1);
  }

  private String post(int conversation, String body) {
    long number = numbers.incrementAndGet();
    Matcher key = KEY.matcher(body);
    String ours = key.find() ? key.group() : "";
    posted.merge(
        conversation,
        "{\"id\":%d,\"message_type\":1,\"private\":false,\"content_attributes\":{%s}}"
            .formatted(number, ours),
        (before, also) -> before + "," + also);
    boolean isNew = keys.add(conversation + ours);
    if (!isNew) {
      twice.incrementAndGet();
    }
    if (body.contains("\"private\":true") && isNew) {
      listener.noted(conversation, body);
    }
    if (!body.contains("\"private\":true")) {
      if (isNew) {
        listener.replied(conversation, body);
      }
      answeredAt.putIfAbsent(conversation, System.nanoTime());
      if (!body.contains("R$")) {
        wrong.incrementAndGet();
      }
    }
    return "{\"id\":" + number + "}";
  }

  @Override
  public void close() {
    server.close();
  }
}
