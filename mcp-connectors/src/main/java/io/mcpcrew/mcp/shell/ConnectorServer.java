package io.mcpcrew.mcp.shell;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.contract.EffectClass;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// A connector on the wire: MCP by streamable HTTP without sessions, so that any replica answers
/// any call, and the plain list of tools beside it. Calls run on the request's own virtual thread.
public final class ConnectorServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GRANT = "grant";

  private final Connector connector;
  private final Tokens tokens;
  private final Admission admission;
  private final Telemetry telemetry;
  private final ConnectorSettings settings;
  private final HttpServletStatelessServerTransport transport;
  private final McpStatelessSyncServer server;
  private final List<McpSchema.Tool> offered;

  public ConnectorServer(
      Connector connector,
      Tokens tokens,
      Admission admission,
      Telemetry telemetry,
      ConnectorSettings settings) {
    this.connector = connector;
    this.tokens = tokens;
    this.admission = admission;
    this.telemetry = telemetry;
    this.settings = settings;
    this.transport =
        HttpServletStatelessServerTransport.builder()
            .messageEndpoint(path())
            .maxRequestSize(Math.toIntExact(settings.largestRequest().toBytes()))
            // A browser's page has no business here: what names an origin is refused.
            .httpHeaderValidator(DefaultServerTransportSecurityValidator.builder().build())
            .contextExtractor(
                request -> McpTransportContext.create(Map.of(GRANT, request.getAttribute(GRANT))))
            .build();
    this.offered = connector.tools().stream().map(ConnectorServer::declared).toList();
    this.server =
        McpServer.sync(transport)
            .serverInfo("mcp-crew-" + connector.name(), "0.1.0")
            .instructions(connector.instructions())
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .immediateExecution(true)
            .addToolFilter((context, _) -> admission.mayList(grant(context), connector))
            .tools(connector.tools().stream().map(this::specification).toList())
            .build();
  }

  private String path() {
    return "/mcp/" + connector.name();
  }

  public RouterFunction<ServerResponse> routes() {
    return route()
        .POST(path(), request -> withGrant(request, this::mcp))
        .POST(path() + "/tools/list", request -> withGrant(request, this::plainList))
        .GET(path(), _ -> notAllowed())
        .DELETE(path(), _ -> notAllowed())
        .build();
  }

  private ServerResponse withGrant(
      ServerRequest request, BiFunction<ServerRequest, Grant, ServerResponse> handler) {
    Optional<Grant> grant = Bearer.of(request).flatMap(tokens::verify);
    if (grant.isEmpty()) {
      return Problem.of(401, "no_token", "a valid bearer token of the account is needed");
    }
    return handler.apply(request, grant.get());
  }

  private ServerResponse mcp(ServerRequest request, Grant grant) {
    request.servletRequest().setAttribute(GRANT, grant);
    String traceparent = request.headers().firstHeader("traceparent");
    return ServerResponse.ok()
        .build((servletRequest, servletResponse) -> {
          Span span =
              telemetry.continueFrom(traceparent, "mcp " + connector.name(), SpanKind.SERVER);
          try (var _ = LogFields.of(grant.account()).trace(span)) {
            transport.service(servletRequest, servletResponse);
          } finally {
            span.end();
          }
          return null;
        });
  }

  private ServerResponse plainList(ServerRequest request, Grant grant) {
    List<McpSchema.Tool> visible = admission.mayList(grant, connector) ? offered : List.of();
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(JSON.writeValueAsString(Map.of("tools", visible)));
  }

  /// There are no sessions to follow or to end.
  private static ServerResponse notAllowed() {
    return ServerResponse.status(405).header("Allow", "POST").build();
  }

  private static Grant grant(McpTransportContext context) {
    if (context.get(GRANT) instanceof Grant grant) {
      return grant;
    }
    throw new IllegalStateException("a call without a grant came through");
  }

  private SyncToolSpecification specification(ConnectorTool tool) {
    return new SyncToolSpecification(
        declared(tool),
        (context, request) ->
            result(
                admission.call(
                    grant(context),
                    connector,
                    tool,
                    request.arguments() == null ? Map.of() : request.arguments())));
  }

  private static McpSchema.Tool declared(ConnectorTool tool) {
    boolean reads = tool.effect() == EffectClass.READ;
    Map<String, Object> meta = new TreeMap<>();
    meta.put("crew/effect", tool.effect().name().toLowerCase(Locale.ROOT));
    if (tool.capability() != null) {
      meta.put("crew/capability", tool.capability());
    }
    if (tool.checkedBy() != null) {
      meta.put("crew/checked-by", tool.checkedBy());
    }
    return McpSchema.Tool.builder(tool.name(), tool.inputSchema())
        .title(tool.title())
        .description(tool.description())
        .outputSchema(tool.outputSchema())
        .annotations(
            McpSchema.ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(reads)
                .destructiveHint(false)
                .idempotentHint(reads || tool.effect() == EffectClass.KEYED)
                .openWorldHint(false)
                .build())
        .meta(meta)
        .build();
  }

  private McpSchema.CallToolResult result(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Result(String text, Map<String, Object> structured) ->
          fits(structured)
              ? McpSchema.CallToolResult.builder()
                  .addTextContent(text)
                  .structuredContent(structured)
                  .isError(false)
                  .build()
              : result(
                  new ToolAnswer.Refused(
                      "the result is larger than %d bytes; ask for fewer records or fields"
                          .formatted(settings.largestResult().toBytes())));
      case ToolAnswer.Refused(String reason) -> failed(answer, reason);
      case ToolAnswer.Unavailable(String reason) -> failed(answer, reason);
    };
  }

  private boolean fits(Map<String, Object> structured) {
    return JSON.writeValueAsBytes(structured).length <= settings.largestResult().toBytes();
  }

  private static McpSchema.CallToolResult failed(ToolAnswer answer, String reason) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(reason)
        .isError(true)
        .meta(Map.of("crew/failure", Admission.kind(answer)))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
