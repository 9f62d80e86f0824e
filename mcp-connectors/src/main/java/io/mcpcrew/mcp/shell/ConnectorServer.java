package io.mcpcrew.mcp.shell;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.runtime.host.Shortcut;
import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Tokens;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// A connector on the wire: MCP by streamable HTTP, without sessions for our own callers and with
/// sessions beside it, and the plain list of tools. Calls run on the request's own virtual thread.
public final class ConnectorServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Connector connector;
  private final Tokens tokens;
  private final Admission admission;
  private final Telemetry telemetry;
  private final AccountOffers offers;

  public ConnectorServer(
      Connector connector,
      Tokens tokens,
      Admission admission,
      Telemetry telemetry,
      ConnectorSettings settings) {
    this(connector, tokens, admission, telemetry, settings, _ -> {});
  }

  /// @param more added to what is offered with sessions; see [SessionEndpoint]
  ConnectorServer(
      Connector connector,
      Tokens tokens,
      Admission admission,
      Telemetry telemetry,
      ConnectorSettings settings,
      Consumer<McpServer.SyncSpecification<?>> more) {
    this.connector = connector;
    this.tokens = tokens;
    this.admission = admission;
    this.telemetry = telemetry;
    this.offers =
        new AccountOffers(
            connector,
            admission,
            settings,
            tools -> Endpoints.of(connector, tools, admission, settings, more));
  }

  public RouterFunction<ServerResponse> routes() {
    String path = Endpoints.path(connector);
    String sessionPath = Endpoints.sessionPath(connector);
    HandlerFunction<ServerResponse> withSession = request -> withGrant(request, this::session);
    return route()
        .POST(path, request -> withGrant(request, this::single))
        .POST(path + "/tools/list", request -> withGrant(request, this::plainList))
        .GET(path, _ -> notAllowed())
        .DELETE(path, _ -> notAllowed())
        .POST(sessionPath, withSession)
        .GET(sessionPath, withSession)
        .DELETE(sessionPath, withSession)
        .build();
  }

  /// The same, for callers with a valid token, past the routing; others are told by the routes.
  public List<Shortcut> shortcuts() {
    return List.of(
        shortcut(Endpoints.path(connector), Endpoints::stateless),
        shortcut(Endpoints.sessionPath(connector), Endpoints::sessions));
  }

  private Shortcut shortcut(String path, Function<Endpoints, Endpoint> way) {
    return new Shortcut(
        path,
        (request, response) -> {
          Optional<Grant> grant = Bearer.of(request).flatMap(tokens::verify);
          if (grant.isEmpty()) {
            return false;
          }
          Endpoint endpoint = way.apply(offers.of(grant.get()));
          if (!endpoint.takes(request.getMethod())) {
            return false;
          }
          serve(endpoint, request, response, grant.get());
          return true;
        });
  }

  private ServerResponse withGrant(
      ServerRequest request, BiFunction<ServerRequest, Grant, ServerResponse> handler) {
    Optional<Grant> grant = Bearer.of(request).flatMap(tokens::verify);
    if (grant.isEmpty()) {
      return Problem.of(401, "no_token", "a valid bearer token of the account is needed");
    }
    return handler.apply(request, grant.get());
  }

  private ServerResponse single(ServerRequest unused, Grant grant) {
    return mcp(offers.of(grant).stateless(), grant);
  }

  private ServerResponse session(ServerRequest unused, Grant grant) {
    return mcp(offers.of(grant).sessions(), grant);
  }

  private ServerResponse mcp(Endpoint endpoint, Grant grant) {
    return ServerResponse.ok()
        .build((servletRequest, servletResponse) -> {
          serve(endpoint, servletRequest, servletResponse, grant);
          return null;
        });
  }

  private void serve(
      Endpoint endpoint, HttpServletRequest request, HttpServletResponse response, Grant grant)
      throws IOException, ServletException {
    Caller.mark(request, grant);
    Span span =
        telemetry.continueFrom(
            request.getHeader("traceparent"), "mcp " + connector.name(), SpanKind.SERVER);
    try (var _ = LogFields.of(grant.account()).trace(span)) {
      endpoint.serve(request, response);
    } finally {
      span.end();
    }
  }

  private ServerResponse plainList(ServerRequest request, Grant grant) {
    List<McpSchema.Tool> visible =
        admission.mayList(grant, connector) ? offers.of(grant).plain() : List.of();
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(JSON.writeValueAsString(Map.of("tools", visible)));
  }

  /// There are no sessions to follow or to end here.
  private static ServerResponse notAllowed() {
    return ServerResponse.status(405).header("Allow", "POST").build();
  }

  @Override
  public void close() {
    offers.close();
    connector.close();
  }
}
