package io.mcpcrew.mcp.stdio;

import io.mcpcrew.schemas.AccountId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// MCP over standard input and output, a message a line, for a client that starts a program. Each
/// message goes to the connector of a running platform and is admitted, limited and audited there
/// like any other; there is no second way in.
///
/// Guaranteed: nothing but messages is written to the output, each whole. Every request is
/// answered, if only with an error; calls run beside each other.
public final class StdioBridge {
  private static final Logger LOGGER = LoggerFactory.getLogger(StdioBridge.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PARSE_ERROR = -32700;
  private static final int INTERNAL_ERROR = -32603;

  private final RemoteSession session;
  private final OwnAccount own;
  private final OutputStream out;

  /// @param address of the connector with sessions, such as
  ///   `http://127.0.0.1:8700/mcp/odoo/session`
  /// @param tokens asked for each request
  public StdioBridge(
      HttpClient http, URI address, AccountId account, Supplier<String> tokens, OutputStream out) {
    this.session = new RemoteSession(http, address, tokens);
    this.own = new OwnAccount(account);
    this.out = out;
  }

  /// Until the client closes the input; then what is under way has a few seconds to end.
  public void run(InputStream in) throws IOException, InterruptedException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          take(line, calls);
        }
      }
      calls.shutdown();
      if (!calls.awaitTermination(5, TimeUnit.SECONDS)) {
        calls.shutdownNow();
      }
    }
    try {
      session.end();
    } catch (IOException platformIsGone) {
      LOGGER.atDebug().setCause(platformIsGone).log("the session could not be ended");
    }
  }

  private void take(String line, ExecutorService calls) throws IOException {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JacksonException notJson) {
      write(error(JSON.nullNode(), PARSE_ERROR, "a line must be one JSON message"));
      return;
    }
    // What comes after the opening, or after a notification, may count on it.
    if (message.has("id") && !OwnAccount.method(message).equals("initialize")) {
      calls.execute(() -> forward(message));
    } else {
      forward(message);
    }
  }

  private void forward(JsonNode message) {
    String method = OwnAccount.method(message);
    try {
      session.send(own.request(message), answer -> write(own.answer(method, answer)));
    } catch (IOException e) {
      LOGGER.atWarn().addKeyValue("cause", e.getMessage()).log("a message was not delivered");
      if (message.has("id") && !method.isEmpty()) {
        write(error(message.path("id"), INTERNAL_ERROR, String.valueOf(e.getMessage())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode error(JsonNode id, int code, String sentence) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", sentence);
    return answer;
  }

  private synchronized void write(JsonNode message) {
    try {
      out.write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException clientIsGone) {
      LOGGER.atDebug().setCause(clientIsGone).log("nobody reads the output any more");
    }
  }
}
