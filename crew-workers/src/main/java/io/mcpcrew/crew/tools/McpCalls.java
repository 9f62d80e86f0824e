package io.mcpcrew.crew.tools;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.unit.DataSize;

/// Calls tools with the official client: one for each server, shared by all turns; the token
/// travels with the call and is never kept. A server is asked no more at once than it is given
/// places: what has to wait does so before its call begins, so that a crowd costs time and no
/// answers.
public final class McpCalls implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(McpCalls.class);
  private static final String TOKEN = "token";
  private static final HttpSettings HTTP =
      new HttpSettings(List.of(), Duration.ofSeconds(2), DataSize.ofMegabytes(1));
  private static final String TRACEPARENT = "traceparent";
  private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();

  private final GuardedHttp http = GuardedHttp.ofOperator(HTTP);
  private final Map<Server, McpSyncClient> clients = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final int perServer;

  /// @param perServer calls at once
  public McpCalls(int perServer) {
    this.perServer = perServer;
  }

  /// A client has one deadline for all its calls; so there is one for each deadline.
  private record Server(String url, Duration deadline) {}

  /// Who calls; goes out with this call only.
  ///
  /// @param token the right to call
  /// @param traceparent what the call belongs to; may be empty
  public record Caller(String token, String traceparent) {
    private static final Caller NOBODY = new Caller("", "");
  }

  /// The right to make a call now; given back when it is closed.
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for a place at a server, in the order in which they are asked for; nothing when none was
  /// free in time.
  public Optional<Place> place(String url, Duration patience) {
    Semaphore all = places.computeIfAbsent(url, _ -> new Semaphore(perServer, true));
    try {
      return all.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
          ? Optional.of(all::release)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  public Answered call(
      String url, Caller caller, String tool, Map<String, Object> arguments, Duration deadline) {
    var server = new Server(url, deadline);
    try {
      return ScopedValue.where(CALLER, caller).call(() -> called(server, request(tool, arguments)));
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .addKeyValue("tool", tool)
          .addKeyValue("cause", NestedExceptionUtils.getMostSpecificCause(e).toString())
          .log("tool call failed");
      return new Answered.Failed(tool + " did not answer");
    }
  }

  /// A server is shaken hands with in the name of who calls first.
  private Answered called(Server server, McpSchema.CallToolRequest request) {
    McpSyncClient client = client(server);
    try {
      return answered(client.callTool(request));
    } catch (RuntimeException e) {
      if (!isLate(e)) {
        leave(server, client);
      }
      throw e;
    }
  }

  private static boolean isLate(Throwable e) {
    return e instanceof TimeoutException
        || e instanceof HttpTimeoutException
        || (e.getCause() != null && isLate(e.getCause()));
  }

  /// What failed may be broken for good, so that the next call makes another client. Calls of other
  /// turns are still under way with this one: it is closed when they are over.
  private void leave(Server server, McpSyncClient client) {
    if (clients.remove(server, client)) {
      Thread.startVirtualThread(() -> {
        try {
          Thread.sleep(server.deadline());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        client.close();
      });
    }
  }

  private static McpSchema.CallToolRequest request(String tool, Map<String, Object> arguments) {
    return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private static Answered answered(McpSchema.CallToolResult result) {
    if (Boolean.TRUE.equals(result.isError())) {
      boolean mayPass = result.meta() != null && "retry".equals(result.meta().get("crew/failure"));
      return mayPass ? new Answered.Failed(text(result)) : new Answered.Declined(text(result));
    }
    if (result.structuredContent() instanceof Map<?, ?> map) {
      Map<String, Object> structured = new TreeMap<>();
      map.forEach((key, value) ->
          structured.put(String.valueOf(key), Objects.requireNonNullElse(value, "")));
      return new Answered.Result(structured);
    }
    return new Answered.Result(Map.of("text", text(result)));
  }

  private static String text(McpSchema.CallToolResult result) {
    return result.content().stream()
        .filter(McpSchema.TextContent.class::isInstance)
        .map(c -> ((McpSchema.TextContent) c).text())
        .collect(Collectors.joining("\n"));
  }

  private McpSyncClient client(Server server) {
    return clients.computeIfAbsent(server, this::connect);
  }

  private McpSyncClient connect(Server server) {
    var transport =
        new WaitingTransport(http, URI.create(server.url()), server.deadline(), McpCalls::sign);
    McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("mcp-crew", "0.1.0").build())
            .requestTimeout(server.deadline())
            .initializationTimeout(Duration.ofSeconds(5))
            .transportContextProvider(() -> contextOf(CALLER.orElse(Caller.NOBODY)))
            .build();
    client.initialize();
    return client;
  }

  private static McpTransportContext contextOf(Caller caller) {
    return McpTransportContext.create(
        Map.of(TOKEN, caller.token(), TRACEPARENT, caller.traceparent()));
  }

  private static void sign(HttpRequest.Builder request, McpTransportContext context) {
    request.setHeader("Authorization", "Bearer " + context.get(TOKEN));
    if (context.get(TRACEPARENT) instanceof String traceparent && !traceparent.isEmpty()) {
      request.setHeader(TRACEPARENT, traceparent);
    }
  }

  @Override
  public void close() {
    clients.values().forEach(McpSyncClient::close);
    http.close();
  }
}
