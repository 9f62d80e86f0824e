package io.mcpcrew.crew.publish;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.TurnId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The few calls of Chatwoot's API that posting takes. What is read is read as a user, what is
/// posted is posted as the bot.
final class ChatwootPosts {
  /// Our key of a post: Chatwoot stores it and gives it back in every later read.
  static final String REPLY_KEY = "crew_reply_key";

  private static final int TOO_MANY_REQUESTS = 429;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GuardedHttp http;
  private final Tenant.Chatwoot chatwoot;
  private final long conversation;
  private final Duration deadline;

  ChatwootPosts(GuardedHttp http, Tenant.Chatwoot chatwoot, long conversation, Duration deadline) {
    this.http = http;
    this.chatwoot = chatwoot;
    this.conversation = conversation;
    this.deadline = deadline;
  }

  /// The number that Chatwoot gave the turn's conversation.
  static long number(TurnId turn) {
    String name = turn.conversation().conversation();
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
  }

  /// An answer that is neither success nor worth another try.
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /// Certainly not acted on: worth another try at any time.
  static final class NotDone extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    NotDone(String message) {
      this(message, Duration.ZERO);
    }

    /// @param wait before the next try, at least
    NotDone(String message, Duration wait) {
      super(message);
      this.wait = wait;
    }

    Duration pause() {
      return wait;
    }
  }

  /// The messages after a number, the oldest first, and in `meta` what is said of the conversation.
  JsonNode messagesAfter(long number) throws IOException, InterruptedException {
    var request = request("/messages?after=" + number, chatwoot.userToken()).GET().build();
    return read(http.send(request, deadline));
  }

  /// Posts as the agent bot and returns the message's number.
  long post(String text, boolean note, String key) throws IOException, InterruptedException {
    return post(text, note, key, List.of());
  }

  /// As Chatwoot wants it.
  private record Choice(String title, String value) {
    Choice(String title) {
      this(title, title);
    }
  }

  /// @param choices that the customer can press; the channel takes them
  long post(String text, boolean note, String key, List<String> choices)
      throws IOException, InterruptedException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(REPLY_KEY, key);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("content", escaped(text));
    body.put("message_type", "outgoing");
    body.put("private", note);
    if (!choices.isEmpty()) {
      body.put("content_type", "input_select");
      attributes.put("items", choices.stream().map(Choice::new).toList());
    }
    body.put("content_attributes", attributes);
    return send("/messages", body).path("id").asLong();
  }

  /// Posts a message that the channel's owner has approved, and returns its number.
  long postTemplate(Tenant.Template template, String text, String key)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("content", escaped(Window.content(template, text)));
    body.put("message_type", "outgoing");
    body.put("private", false);
    body.put("content_attributes", Map.of(REPLY_KEY, key));
    body.put("template_params", Window.params(template, text));
    return send("/messages", body).path("id").asLong();
  }

  /// Whether the channel takes more than templates now.
  boolean canReply() throws IOException, InterruptedException {
    var request = request("", chatwoot.botToken()).GET().build();
    return read(http.send(request, deadline)).path("can_reply").asBoolean(true);
  }

  /// Whether a person has the conversation.
  boolean hasPerson() throws IOException, InterruptedException {
    var request = request("", chatwoot.botToken()).GET().build();
    JsonNode meta = read(http.send(request, deadline)).path("meta");
    return meta.path("assignee").isObject()
        && !meta.path("assignee_type").asString("User").equals("AgentBot");
  }

  /// What the account calls its teams, and who belongs to one; both are for users to read.
  JsonNode teams() throws IOException, InterruptedException {
    return ofAccount("/teams");
  }

  JsonNode members(long team) throws IOException, InterruptedException {
    return ofAccount("/teams/%d/team_members".formatted(team));
  }

  JsonNode agents() throws IOException, InterruptedException {
    return ofAccount("/agents");
  }

  private JsonNode ofAccount(String path) throws IOException, InterruptedException {
    URI uri =
        URI.create("%s/api/v1/accounts/%d%s".formatted(chatwoot.url(), chatwoot.account(), path));
    var request =
        HttpRequest.newBuilder(uri)
            .header("api_access_token", chatwoot.userToken().reveal())
            .GET()
            .build();
    return read(http.send(request, deadline));
  }

  /// The team before the person: Chatwoot gives a team's conversation to one of its own.
  void assignTeam(long team) throws IOException, InterruptedException {
    send("/assignments", Map.of("team_id", team));
  }

  void assign(long person) throws IOException, InterruptedException {
    send("/assignments", Map.of("assignee_id", person));
  }

  /// Opens the conversation for people; with a bot's token Chatwoot counts it as a handoff.
  void open() throws IOException, InterruptedException {
    send("/toggle_status", Map.of("status", "open"));
  }

  /// Nobody is assigned any more, and the conversation is the agent's.
  void giveBack() throws IOException, InterruptedException {
    Map<String, Object> nobody = new LinkedHashMap<>();
    nobody.put("assignee_id", null);
    send("/assignments", nobody);
    send("/toggle_status", Map.of("status", "pending"));
  }

  /// Closes the conversation; when the customer writes again, Chatwoot opens it again.
  void resolve() throws IOException, InterruptedException {
    send("/toggle_status", Map.of("status", "resolved"));
  }

  void typing(boolean on) throws IOException, InterruptedException {
    send("/toggle_typing_status", Map.of("typing_status", on ? "on" : "off"));
  }

  /// Chatwoot renders Liquid in what is sent; a customer must read what was written.
  static String escaped(String text) {
    return text.replace("{{", "{\u200b{").replace("{%", "{\u200b%");
  }

  /// In seconds, where it is said so.
  private static Duration retryAfter(GuardedHttp.Answer answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(Duration.ZERO);
  }

  private JsonNode send(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var request =
        request(path, chatwoot.botToken())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      return read(http.send(request, deadline));
    } catch (ConnectException nobodyThere) {
      throw new NotDone("no connection: " + nobodyThere.getMessage());
    }
  }

  private HttpRequest.Builder request(String path, Secret token) {
    URI uri =
        URI.create(
            "%s/api/v1/accounts/%d/conversations/%d%s"
                .formatted(chatwoot.url(), chatwoot.account(), conversation, path));
    return HttpRequest.newBuilder(uri).header("api_access_token", token.reveal());
  }

  private static JsonNode read(GuardedHttp.Answer answer) throws IOException {
    if (answer.isSuccess()) {
      return answer.body().size() == 0 ? JSON.missingNode() : JSON.readTree(answer.text());
    }
    String said = "Chatwoot answered " + answer.status();
    if (answer.status() == TOO_MANY_REQUESTS) {
      throw new NotDone(said, retryAfter(answer));
    }
    if (answer.status() >= 500) {
      throw new IOException(said);
    }
    throw new Refusal(said);
  }
}
