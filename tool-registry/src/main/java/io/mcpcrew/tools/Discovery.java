package io.mcpcrew.tools;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks one server what it offers the holder of a token.
final class Discovery {
  /// A server with more pages than this is telling tales.
  private static final int MOST_PAGES = 50;

  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  private final Duration within;

  Discovery(Duration within) {
    this.within = within;
  }

  /// @throws RuntimeException when it does not answer as a server should
  List<Offered> ask(URI url, String token) {
    var transport =
        HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getAuthority())
            .endpoint(url.getPath())
            .openConnectionOnStartup(false)
            .resumableStreams(false)
            .connectTimeout(within)
            .maxResponseSize(LARGEST_ANSWER)
            .addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.setHeader("Authorization", "Bearer " + token))
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("mcp-crew-registry", "0.1.0").build())
            .requestTimeout(within)
            .initializationTimeout(within)
            .build()) {
      client.initialize();
      return pages(client, System.nanoTime());
    }
  }

  /// Page by page: asked without a cursor, the client would follow a server for ever.
  private List<Offered> pages(McpSyncClient client, long began) {
    List<Offered> offers = new ArrayList<>();
    McpSchema.ListToolsResult page = client.listTools(McpSchema.FIRST_PAGE);
    for (int read = 1; ; read++) {
      page.tools().forEach(tool -> offers.add(offered(tool)));
      String cursor = page.nextCursor();
      if (cursor == null) {
        return offers;
      }
      if (read >= MOST_PAGES) {
        throw new IllegalStateException(
            "the server lists more than %d pages".formatted(MOST_PAGES));
      }
      if (System.nanoTime() - began > within.toNanos()) {
        throw new IllegalStateException(
            "the server has not listed its tools within " + within.toMillis() + " ms");
      }
      page = client.listTools(cursor);
    }
  }

  private static Offered offered(McpSchema.Tool tool) {
    String name = tool.name();
    return new Offered(
        name,
        Objects.requireNonNullElse(tool.title(), name),
        Objects.requireNonNullElse(tool.description(), ""),
        orEmpty(tool.inputSchema()),
        orEmpty(tool.outputSchema()),
        annotations(tool.annotations()),
        orEmpty(tool.meta()));
  }

  private static Map<String, Object> orEmpty(@Nullable Map<String, Object> map) {
    return map == null ? Map.of() : map;
  }

  private static Map<String, Object> annotations(McpSchema.@Nullable ToolAnnotations hints) {
    Map<String, Object> all = new TreeMap<>();
    if (hints != null) {
      putIfSaid(all, "readOnlyHint", hints.readOnlyHint());
      putIfSaid(all, "destructiveHint", hints.destructiveHint());
      putIfSaid(all, "idempotentHint", hints.idempotentHint());
      putIfSaid(all, "openWorldHint", hints.openWorldHint());
    }
    return all;
  }

  private static void putIfSaid(Map<String, Object> all, String name, @Nullable Boolean said) {
    if (said != null) {
      all.put(name, said);
    }
  }
}
