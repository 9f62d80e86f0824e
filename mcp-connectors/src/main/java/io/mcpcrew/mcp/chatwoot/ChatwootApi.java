package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.ServerGates;
import io.mcpcrew.mcp.shell.SystemRefusal;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chatwoot's application API for one account. Reads and whatever bots may not do go with the
/// user's token; what is done in conversations goes with the agent bot's, so that people see who
/// did it.
final class ChatwootApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOO_MANY = 429;
  private static final int TRIES = 4;
  private static final int LONGEST_COMPLAINT = 200;

  private final GuardedHttp http;
  private final ServerGates gates = new ServerGates();

  /// Chatwoot has understood the call and does not do it.
  static final class Refusal extends SystemRefusal {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String reason) {
      super(reason);
      this.status = status;
    }

    boolean isMissing() {
      return status == 404;
    }

    boolean isNotAllowed() {
      return status == 401 || status == 403;
    }

    boolean isInvalid() {
      return status == 422;
    }
  }

  /// Chatwoot has not looked at the call, as there were too many before it.
  static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    private final long seconds;

    Busy(Duration pause) {
      super("Chatwoot answered 429");
      this.seconds = Math.max(1, pause.plusMillis(999).toSeconds());
    }

    long seconds() {
      return seconds;
    }
  }

  ChatwootApi(GuardedHttp http) {
    this.http = http;
  }

  JsonNode get(ChatwootCall call, String path) throws IOException, InterruptedException {
    var request = request(call, path, call.chatwoot().userToken()).build();
    return read(send(call, request), false);
  }

  JsonNode postAsBot(ChatwootCall call, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var request = request(call, path, call.chatwoot().botToken());
    return read(send(call, with(request, "POST", body)), true);
  }

  /// Objects among the fields go as JSON text, which Chatwoot reads where it wants an object.
  JsonNode postFormAsBot(
      ChatwootCall call, String path, Map<String, Object> fields, List<Upload> files)
      throws IOException, InterruptedException {
    var form = new Form();
    fields.forEach((name, value) ->
        form.field(name, value instanceof Map ? JSON.writeValueAsString(value) : "" + value));
    files.forEach(file -> form.file("attachments[]", file));
    var request =
        request(call, path, call.chatwoot().botToken())
            .header("Content-Type", form.type())
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.complete()))
            .build();
    return read(send(call, request), true);
  }

  JsonNode postAsUser(ChatwootCall call, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var request = request(call, path, call.chatwoot().userToken());
    return read(send(call, with(request, "POST", body)), false);
  }

  JsonNode putAsUser(ChatwootCall call, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var request = request(call, path, call.chatwoot().userToken());
    return read(send(call, with(request, "PUT", body)), false);
  }

  void deleteAsUser(ChatwootCall call, String path) throws IOException, InterruptedException {
    var request = request(call, path, call.chatwoot().userToken()).DELETE().build();
    var _ = read(send(call, request), false);
  }

  /// What an answer must have to be one of Chatwoot's.
  ///
  /// @throws IOException when it is not there: something else than Chatwoot has answered
  static JsonNode part(JsonNode answer, String name) throws IOException {
    JsonNode part = name.isEmpty() ? answer : answer.path(name);
    if (!part.isArray() && !part.has("id")) {
      throw new IOException("Chatwoot's answer is not what was asked for");
    }
    return part;
  }

  private static HttpRequest.Builder request(ChatwootCall call, String path, Secret token) {
    var chatwoot = call.chatwoot();
    URI uri =
        URI.create("%s/api/v1/accounts/%d%s".formatted(chatwoot.url(), chatwoot.account(), path));
    return HttpRequest.newBuilder(uri).header("api_access_token", token.reveal());
  }

  private static HttpRequest with(
      HttpRequest.Builder request, String method, Map<String, Object> body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
  }

  /// A call that came too soon was not looked at, so that it may be made again, whatever it does;
  /// accounts that share a Chatwoot take turns then.
  private GuardedHttp.Answer send(ChatwootCall call, HttpRequest request)
      throws IOException, InterruptedException {
    ServerGates.Gate gate = gates.of(limit(call, request));
    for (int tries = 1; ; tries++) {
      ServerGates.Pass pass =
          gate.enter(call.account(), call.left()).orElseThrow(() -> new Busy(gate.untilOpen()));
      GuardedHttp.Answer answer = send(call, request, pass);
      if (answer.status() != TOO_MANY) {
        pass.answered();
        return answer;
      }
      Duration pause = pass.tooMany(told(answer));
      if (tries == TRIES || pause.compareTo(call.left()) >= 0) {
        throw new Busy(pause);
      }
    }
  }

  private GuardedHttp.Answer send(ChatwootCall call, HttpRequest request, ServerGates.Pass pass)
      throws IOException, InterruptedException {
    try {
      return http.send(request, call.left());
    } catch (IOException | InterruptedException | RuntimeException e) {
      pass.answered();
      throw e;
    }
  }

  /// What Chatwoot counts together: all calls from here, but searches and uploads for each account
  /// by themselves.
  private static String limit(ChatwootCall call, HttpRequest request) {
    String server = call.chatwoot().url().getAuthority();
    if (request.uri().getPath().endsWith("/contacts/search")) {
      return server + " search " + call.account();
    }
    boolean uploads =
        request
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("multipart/"))
            .isPresent();
    return uploads ? server + " upload " + call.account() : server;
  }

  /// Chatwoot itself does not say how long; what stands before it may.
  private static Optional<Duration> told(GuardedHttp.Answer answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static JsonNode read(GuardedHttp.Answer answer, boolean asBot) throws IOException {
    if (answer.isSuccess()) {
      return answer.body().size() == 0 ? JSON.missingNode() : json(answer);
    }
    switch (answer.status()) {
      case 401, 403 -> throw new Refusal(answer.status(), notAllowed(asBot));
      case 404 -> throw new Refusal(404, "Chatwoot does not have that");
      case 422 -> throw new Refusal(422, complaint(answer));
      default -> throw new IOException("Chatwoot answered " + answer.status());
    }
  }

  private static JsonNode json(GuardedHttp.Answer answer) throws IOException {
    try {
      return JSON.readTree(answer.text());
    } catch (JacksonException notJson) {
      throw new IOException("Chatwoot answered something that is not JSON", notJson);
    }
  }

  private static String notAllowed(boolean asBot) {
    return asBot
        ? "Chatwoot does not let this account's agent bot do that; an older Chatwoot lets bots only write and set the status"
        : "Chatwoot does not let the user whose token this account has do that";
  }

  /// Chatwoot's own words, where they are about the values. Of other errors it tells the inside.
  private static String complaint(GuardedHttp.Answer answer) throws IOException {
    JsonNode told = json(answer);
    String text = told.path("attributes").isArray() ? told.path("message").asString("") : "";
    if (told.path("error").asString("").startsWith("Validation failed")) {
      text = told.path("error").asString("");
    }
    return text.isEmpty() || text.length() > LONGEST_COMPLAINT
        ? "Chatwoot refused the values that were given"
        : "Chatwoot refused: " + text;
  }
}
