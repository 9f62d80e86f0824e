package io.mcpcrew.mcp.stdio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The client's session with a connector, over streamable HTTP. A session that the connector does
/// not know any more, because it was idle or the connector was started again, is opened anew as the
/// client had opened it, and the client does not notice.
final class RemoteSession {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Longer than any call may last.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http;
  private final URI address;
  private final Supplier<String> tokens;
  private @Nullable JsonNode initialize;
  private volatile String id = "";
  private volatile String protocol = "";

  /// @param tokens asked for each request, so that none is too old
  RemoteSession(HttpClient http, URI address, Supplier<String> tokens) {
    this.http = http;
    this.address = address;
    this.tokens = tokens;
  }

  /// What came back instead of an answer.
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String sentence) {
      super(sentence);
      this.status = status;
    }

    boolean isUnknownSession() {
      return status == 404;
    }
  }

  /// Sends a message and hands on whatever comes back, in its order.
  ///
  /// @throws IOException with a sentence for a person
  void send(JsonNode message, Consumer<JsonNode> answers) throws IOException, InterruptedException {
    if (OwnAccount.method(message).equals("initialize")) {
      open(message, answers);
      return;
    }
    String before = id;
    try {
      post(message, answers);
    } catch (Refused refused) {
      if (!refused.isUnknownSession() || !opened(before)) {
        throw refused;
      }
      post(message, answers);
    }
  }

  private synchronized void open(JsonNode message, Consumer<JsonNode> answers)
      throws IOException, InterruptedException {
    initialize = message;
    id = "";
    protocol = "";
    post(
        message,
        answer -> {
          protocol = answer.path("result").path("protocolVersion").asString("");
          answers.accept(answer);
        });
  }

  /// Once for all who have found that the session is gone.
  private synchronized boolean opened(String gone) throws IOException, InterruptedException {
    JsonNode first = initialize;
    if (first == null) {
      return false;
    }
    if (id.equals(gone)) {
      open(first, _ -> {});
      post(
          JSON.readTree("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"), _ -> {});
    }
    return true;
  }

  private void post(JsonNode message, Consumer<JsonNode> answers)
      throws IOException, InterruptedException {
    var request =
        request()
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message)))
            .build();
    HttpResponse<InputStream> response = sent(request);
    try (InputStream body = response.body()) {
      if (response.statusCode() / 100 != 2) {
        throw refused(response.statusCode());
      }
      response.headers().firstValue("Mcp-Session-Id").ifPresent(given -> id = given);
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (type.startsWith("text/event-stream")) {
        events(body, answers);
      } else {
        byte[] whole = body.readAllBytes();
        if (whole.length > 0) {
          answers.accept(JSON.readTree(whole));
        }
      }
    } catch (JacksonException notJson) {
      throw new IOException("the connector's answer is no JSON", notJson);
    }
  }

  /// Each event of the stream is one message.
  private static void events(InputStream body, Consumer<JsonNode> answers) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    var data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      } else if (line.isEmpty() && !data.isEmpty()) {
        answers.accept(JSON.readTree(data.toString()));
        data.setLength(0);
      }
    }
    if (!data.isEmpty()) {
      answers.accept(JSON.readTree(data.toString()));
    }
  }

  /// Lets the connector forget the session; it would by itself, later.
  void end() throws IOException, InterruptedException {
    if (!id.isEmpty()) {
      try (InputStream _ = sent(request().DELETE().build()).body()) {
        id = "";
      }
    }
  }

  private HttpRequest.Builder request() {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + tokens.get());
    if (!id.isEmpty()) {
      request.header("Mcp-Session-Id", id);
    }
    if (!protocol.isEmpty()) {
      request.header("MCP-Protocol-Version", protocol);
    }
    return request;
  }

  private HttpResponse<InputStream> sent(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException("nothing answers at %s; does the platform run?".formatted(address), e);
    }
  }

  private static Refused refused(int status) {
    return new Refused(
        status,
        switch (status) {
          case 401 -> "the token is not valid, or not any more";
          case 404 -> "there is no such connector, or no such session";
          case 413 -> "the message is too large";
          case 429 -> "this account has too many sessions open; try again later";
          default -> "the connector answered with status " + status;
        });
  }
}
