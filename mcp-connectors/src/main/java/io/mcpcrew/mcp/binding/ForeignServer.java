package io.mcpcrew.mcp.binding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.mcp.shell.SystemRefusal;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A foreign MCP server, called with the official client: one for each account, with the account's
/// own address and key. It gets exactly the arguments that the file says; nothing of ours.
final class ForeignServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CLIENTS = 1_000;
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;
  private static final int LONGEST_COMPLAINT = 200;

  private final GuardedHttp http;
  private final Binding binding;
  private final Cache<Door, McpAsyncClient> clients;

  ForeignServer(GuardedHttp http, Binding binding) {
    this.http = http;
    this.binding = binding;
    this.clients =
        Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(IDLE)
            .<Door, McpAsyncClient>removalListener((_, client, _) -> closed(client))
            .build();
  }

  /// Other settings are another client: the address or the key may have changed.
  private record Door(AccountId account, String settings) {}

  /// @return what the tool answered: its structure, or what its text is as JSON
  /// @throws SystemRefusal when the same call can never succeed
  /// @throws IOException when it may succeed later
  Object call(ToolCall call, String tool, Map<String, Object> arguments) throws IOException {
    Tenant.Link link =
        Objects.requireNonNull(
            call.tenant().document().systems().get(binding.name()), "admission has checked it");
    URI url = URI.create(link.url() + binding.path());
    http.checkAddress(url);
    var door = new Door(call.account(), call.tenant().version());
    McpAsyncClient client =
        Objects.requireNonNull(clients.get(door, _ -> connected(url, link)), "made if missing");
    try {
      McpSchema.CallToolResult result =
          client
              .callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build())
              .block(call.left());
      return read(Objects.requireNonNull(result, "a call has an answer"));
    } catch (SystemRefusal e) {
      throw e;
    } catch (RuntimeException e) {
      throw translated(e, door);
    }
  }

  private McpAsyncClient connected(URI url, Tenant.Link link) {
    boolean bearer = binding.header().equalsIgnoreCase("Authorization");
    var transport =
        HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getAuthority())
            .endpoint(url.getPath().isEmpty() ? "/" : url.getPath())
            .openConnectionOnStartup(false)
            .resumableStreams(false)
            .connectTimeout(Duration.ofSeconds(2))
            .maxResponseSize(LARGEST_ANSWER)
            .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
            .addHttpRequestCustomizer((request, _, _, _, _) ->
                request.setHeader(
                    binding.header(), (bearer ? "Bearer " : "") + link.key().reveal()))
            .build();
    // A call's own deadline is shorter.
    return McpClient.async(transport)
        .clientInfo(McpSchema.Implementation.builder("mcp-crew", "0.1.0").build())
        .requestTimeout(Duration.ofMinutes(1))
        .initializationTimeout(Duration.ofSeconds(10))
        .build();
  }

  private Object read(McpSchema.CallToolResult result) throws IOException {
    String text = text(result);
    if (Boolean.TRUE.equals(result.isError())) {
      throw new SystemRefusal(binding.system() + " refused: " + firstLine(text));
    }
    if (result.structuredContent() != null) {
      return result.structuredContent();
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JacksonException notJson) {
      throw new IOException(binding.system() + " answered something else than JSON", notJson);
    }
  }

  private static String text(McpSchema.CallToolResult result) {
    return result.content().stream()
        .filter(McpSchema.TextContent.class::isInstance)
        .map(content -> ((McpSchema.TextContent) content).text())
        .collect(Collectors.joining("\n"));
  }

  private IOException translated(RuntimeException failure, Door door) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof McpHttpClientTransportAuthorizationException) {
        throw new SystemRefusal(binding.system() + " does not accept this account's key");
      }
      if (cause instanceof McpError error
          && error.getJsonRpcError() != null
          && error.getJsonRpcError().code() == McpSchema.ErrorCodes.INVALID_PARAMS) {
        throw new SystemRefusal(
            binding.system() + " refused: " + firstLine(error.getJsonRpcError().message()));
      }
    }
    // The connection may be broken for good; the next call makes a new one.
    clients.invalidate(door);
    return new IOException(binding.system() + " did not answer: " + failure, failure);
  }

  /// What follows may be about its inside.
  private static String firstLine(@Nullable String text) {
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return line.length() <= LONGEST_COMPLAINT ? line : line.substring(0, LONGEST_COMPLAINT);
  }

  private static void closed(@Nullable McpAsyncClient client) {
    if (client != null) {
      Thread.startVirtualThread(client::close);
    }
  }

  @Override
  public void close() {
    clients.invalidateAll();
    clients.cleanUp();
  }
}
