package io.mcpcrew.crew.tools;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpTransportException;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/// MCP's streamable HTTP for callers that may wait: a message goes out and its answer comes in on
/// the caller's own thread. The official transport hands each call on between five threads, which
/// costs more processor time than all else of a call. A server's own stream is not listened to:
/// what it has to say outside of an answer, we do not ask for.
final class WaitingTransport implements McpClientTransport {
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final String DATA = "data:";
  private static final int NOT_FOUND = 404;
  private static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  private final GuardedHttp http;
  private final URI endpoint;
  private final Duration deadline;
  private final BiConsumer<HttpRequest.Builder, McpTransportContext> signing;
  private final McpJsonMapper json = McpJsonDefaults.getMapper();

  private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> heard = Function.identity();
  private volatile Consumer<Throwable> failed = _ -> {};

  /// Given by servers that keep sessions.
  private volatile @Nullable String session;

  /// @param deadline of one message and its answer
  /// @param signing adds what tells the server who calls
  WaitingTransport(
      GuardedHttp http,
      URI endpoint,
      Duration deadline,
      BiConsumer<HttpRequest.Builder, McpTransportContext> signing) {
    this.http = http;
    this.endpoint = endpoint;
    this.deadline = deadline;
    this.signing = signing;
  }

  @Override
  public List<String> protocolVersions() {
    return VERSIONS;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return Mono.fromRunnable(() -> heard = handler);
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    failed = handler;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.deferContextual(context -> {
      try {
        exchange(message, context);
        return Mono.empty();
      } catch (McpTransportSessionNotFoundException forgotten) {
        session = null;
        failed.accept(forgotten);
        return Mono.error(forgotten);
      } catch (IOException failure) {
        return Mono.error(new McpTransportException(failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Mono.error(new McpTransportException(e));
      }
    });
  }

  private void exchange(JSONRPCMessage message, ContextView context)
      throws IOException, InterruptedException {
    String version =
        context.getOrDefault(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION, VERSIONS.getLast());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header(HttpHeaders.ACCEPT, JSON + ", " + EVENTS)
            .header(HttpHeaders.CONTENT_TYPE, JSON)
            .header(HttpHeaders.PROTOCOL_VERSION, Objects.requireNonNull(version, "has a default"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(message)));
    String known = session;
    if (known != null) {
      request.header(HttpHeaders.MCP_SESSION_ID, known);
    }
    signing.accept(
        request, context.getOrDefault(McpTransportContext.KEY, McpTransportContext.EMPTY));
    List<JSONRPCMessage> answers =
        http.send(
            request.build(),
            deadline,
            (status, headers, body) -> {
              check(status, known);
              headers.firstValue(HttpHeaders.MCP_SESSION_ID).ifPresent(given -> session = given);
              String type = headers.firstValue(HttpHeaders.CONTENT_TYPE).orElse("");
              return message instanceof McpSchema.JSONRPCRequest asked
                  ? read(type, body, asked)
                  : List.of();
            });
    answers.forEach(this::hear);
  }

  private static void check(int status, @Nullable String session) {
    if (status == NOT_FOUND && session != null) {
      throw new McpTransportSessionNotFoundException("the server has forgotten the session");
    }
    if (status / 100 != 2) {
      throw new McpTransportException("the server answered " + status);
    }
  }

  /// One message, or a stream of them up to the answer to what was asked.
  private List<JSONRPCMessage> read(String type, InputStream body, McpSchema.JSONRPCRequest asked)
      throws IOException {
    if (!type.startsWith(EVENTS)) {
      return List.of(message(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
    }
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    var data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA)) {
        data.append(line.substring(DATA.length())).append('\n');
      } else if (line.isEmpty() && !data.toString().isBlank()) {
        JSONRPCMessage message = message(data.toString());
        data.setLength(0);
        if (message instanceof McpSchema.JSONRPCResponse answer && asked.id().equals(answer.id())) {
          return List.of(answer);
        }
      }
    }
    throw new IOException("the server's stream ended without an answer");
  }

  private JSONRPCMessage message(String text) throws IOException {
    return McpSchema.deserializeJsonRpcMessage(json, text);
  }

  private void hear(JSONRPCMessage message) {
    heard.apply(Mono.just(message)).subscribe();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return json.convertValue(data, type);
  }

  /// A server ends a session by itself after a while.
  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
