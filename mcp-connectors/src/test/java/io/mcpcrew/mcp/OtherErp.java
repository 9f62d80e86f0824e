package io.mcpcrew.mcp;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An ERP with an MCP server of its own, on the official SDK with sessions, that knows nothing of
/// accounts, capabilities or keys of ours. Strict about its arguments; answers tickets as text
/// only, as many servers do.
final class OtherErp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PATH = "/mcp";

  private final Tomcat tomcat = new Tomcat();
  private final McpSyncServer server;
  private final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> byExternalId = new HashMap<>();
  private final Map<String, Object> wantedByExternalId = new HashMap<>();
  private final List<Map<String, Object>> tickets = new ArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();

  OtherErp(Path folder, String key) throws LifecycleException {
    var transport =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint(PATH).build();
    this.server =
        McpServer.sync(transport)
            .serverInfo("estoque-facil", "7.2")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .tools(
                tool("search_items", List.of("text"), List.of("max"), this::search),
                tool("find_client", List.of(), List.of("name", "phone", "mail"), this::client),
                tool(
                    "new_order",
                    List.of("external_id", "positions"),
                    List.of("client", "client_name"),
                    this::order),
                tool("get_order", List.of("number"), List.of(), this::orderOf),
                tool("cancel_order", List.of("external_id", "number"), List.of(), this::cancel),
                tool(
                    "add_ticket",
                    List.of("subject", "ref"),
                    List.of("body", "phone"),
                    this::ticket),
                tool("find_reference", List.of("ref"), List.of(), this::found))
            .build();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded(PATH, "mcp");
    var filter = new FilterDef();
    filter.setFilterName("key");
    filter.setFilter(asks(key));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    var everywhere = new FilterMap();
    everywhere.setFilterName("key");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    tomcat.start();
  }

  private static Filter asks(String key) {
    return (request, response, chain) -> {
      String given = ((HttpServletRequest) request).getHeader("Authorization");
      if (("Bearer " + key).equals(given)) {
        chain.doFilter(request, response);
      } else {
        ((HttpServletResponse) response).setStatus(401);
      }
    };
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  private SyncToolSpecification tool(
      String name,
      List<String> required,
      List<String> optional,
      Function<Map<String, Object>, McpSchema.CallToolResult> body) {
    Map<String, Object> properties = new HashMap<>();
    required.forEach(each -> properties.put(each, Map.of()));
    optional.forEach(each -> properties.put(each, Map.of()));
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            required,
            "additionalProperties",
            false);
    return new SyncToolSpecification(
        McpSchema.Tool.builder(name, schema).description(name).build(),
        (_, request) -> {
          synchronized (this) {
            calls.add(name + " " + request.arguments());
            return body.apply(request.arguments());
          }
        });
  }

  private McpSchema.CallToolResult search(Map<String, Object> asked) {
    String text = lower(asked.get("text"));
    List<Map<String, Object>> all =
        List.of(
            Map.of(
                "id",
                11,
                "sku",
                "FUR-1",
                "title",
                "Furadeira 500 W",
                "price",
                Map.of("amount", "249.90", "currency", "BRL"),
                "on_hand",
                4),
            Map.of(
                "id",
                12,
                "sku",
                "FUR-2",
                "title",
                "Furadeira 900 W",
                "price",
                Map.of("amount", "399.00", "currency", "BRL"),
                "on_hand",
                0));
    return structured(
        Map.of(
            "items",
            all.stream()
                .filter(item ->
                    lower(item.get("title")).contains(text) || lower(item.get("sku")).equals(text))
                .toList()));
  }

  private McpSchema.CallToolResult client(Map<String, Object> asked) {
    return asked.isEmpty()
        ? refused("one of name, phone, mail is needed")
        : structured(
            Map.of("clients", List.of(Map.of("id", 7, "name", "Ana Souza", "phone", "+5511999"))));
  }

  private McpSchema.CallToolResult order(Map<String, Object> asked) {
    String external = String.valueOf(asked.get("external_id"));
    if (!(asked.get("positions") instanceof List<?> positions) || positions.isEmpty()) {
      return refused("an order has positions");
    }
    for (Object position : positions) {
      if (!((Map<?, ?>) position).keySet().equals(Set.of("sku", "amount"))
          || !lower(((Map<?, ?>) position).get("sku")).startsWith("fur-")) {
        return refused("no such sku in positions");
      }
    }
    return once(
        external,
        asked,
        () -> {
          Map<String, Object> order = new LinkedHashMap<>();
          order.put("id", orders.size() + 1);
          order.put("number", "P%04d".formatted(orders.size() + 1));
          order.put("client", Objects.requireNonNullElse(asked.get("client"), 1));
          order.put("total", "249.90");
          order.put("status", "OPEN");
          orders.put(String.valueOf(order.get("number")), order);
          return order;
        });
  }

  private McpSchema.CallToolResult once(
      String external, Map<String, Object> asked, Supplier<Map<String, Object>> act) {
    if (!asked.equals(wantedByExternalId.getOrDefault(external, asked))) {
      return refused("this idempotency_key was used with other arguments");
    }
    wantedByExternalId.put(external, asked);
    Map<String, Object> order = byExternalId.computeIfAbsent(external, _ -> act.get());
    return structured(Map.of("order", order));
  }

  private McpSchema.CallToolResult orderOf(Map<String, Object> asked) {
    Map<String, @Nullable Object> found = new HashMap<>();
    found.put("order", orders.get(String.valueOf(asked.get("number"))));
    return structured(found);
  }

  private McpSchema.CallToolResult cancel(Map<String, Object> asked) {
    String external = String.valueOf(asked.get("external_id"));
    Map<String, Object> order = orders.get(String.valueOf(asked.get("number")));
    if (order == null && !wantedByExternalId.containsKey(external)) {
      return refused("no order with this number");
    }
    return once(
        external,
        asked,
        () -> {
          Objects.requireNonNull(order, "looked for above").put("status", "CANCELLED");
          return order;
        });
  }

  private McpSchema.CallToolResult ticket(Map<String, Object> asked) {
    if (lower(asked.get("subject")).isBlank()) {
      return refused("a ticket has a subject");
    }
    Map<String, Object> ticket = new LinkedHashMap<>(asked);
    ticket.put("id", tickets.size() + 1);
    tickets.add(ticket);
    return text(Map.of("ticket", ticket));
  }

  private McpSchema.CallToolResult found(Map<String, Object> asked) {
    String ref = String.valueOf(asked.get("ref"));
    List<Map<String, Object>> found = new ArrayList<>();
    Map<String, Object> order = byExternalId.get(ref);
    if (order != null) {
      found.add(labelled(order, "number"));
    }
    tickets.stream()
        .filter(ticket -> ref.equals(ticket.get("ref")))
        .forEach(ticket -> found.add(labelled(ticket, "subject")));
    return text(Map.of("found", found));
  }

  private static Map<String, Object> labelled(Map<String, Object> thing, String label) {
    return Map.of(
        "id", Objects.requireNonNull(thing.get("id")),
        "label", Objects.requireNonNull(thing.get(label)));
  }

  private static String lower(@Nullable Object text) {
    return String.valueOf(text).toLowerCase(Locale.ROOT);
  }

  private static McpSchema.CallToolResult structured(Map<String, ?> content) {
    return McpSchema.CallToolResult.builder()
        .addTextContent("done")
        .structuredContent(content)
        .isError(false)
        .build();
  }

  private static McpSchema.CallToolResult text(Map<String, Object> content) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(JSON.writeValueAsString(content))
        .isError(false)
        .build();
  }

  private static McpSchema.CallToolResult refused(String reason) {
    return McpSchema.CallToolResult.builder().addTextContent(reason).isError(true).build();
  }

  @Override
  public void close() throws LifecycleException {
    server.close();
    tomcat.stop();
    tomcat.destroy();
  }
}
