package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests that belong together, with a way back to the client while a call runs. A session lives
/// in this process, and ends when it is deleted or was not used for a while.
///
/// Guaranteed: a session is its account's. Its id is sealed for the account that opened it, and
/// whatever another account's token says about it is answered as if there were no such session. An
/// account has so many sessions at once and no more.
final class SessionEndpoint implements Endpoint {
  /// Not an id that the SDK gives.
  private static final String UNKNOWN = "unknown";

  private static final Set<String> METHODS = Set.of("POST", "GET", "DELETE");

  private final SessionSeal seal = new SessionSeal();
  private final HttpServletStreamableServerTransportProvider transport;
  private final OpenSessions open;
  private final ConnectorSettings settings;
  private final McpSyncServer server;

  /// @param more what no connector of ours offers, and the tests of the protocol need
  SessionEndpoint(
      String path,
      Offer offer,
      Admission admission,
      ConnectorSettings settings,
      Consumer<McpServer.SyncSpecification<?>> more) {
    this.settings = settings;
    this.transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(path)
            .maxRequestSize(Math.toIntExact(settings.largestRequest().toBytes()))
            .httpHeaderValidator(Endpoint.origins(settings))
            .contextExtractor(Caller::context)
            .sessionSweepInterval(settings.sessionIdle())
            // A client that went away without a word is only noticed when something is sent to it.
            .keepAliveInterval(settings.sessionIdle())
            .build();
    this.open = new OpenSessions(transport, settings.sessionsPerAccount(), settings.sessionIdle());
    Connector connector = offer.connector();
    McpServer.SyncSpecification<?> specification =
        McpServer.sync(open)
            .serverInfo(offer.serverInfo())
            .instructions(connector.instructions())
            .capabilities(offer.capabilities().logging().build())
            .immediateExecution(true)
            .requestTimeout(settings.deadline())
            .addToolFilter((context, _) -> admission.mayList(Caller.grant(context), connector))
            .tools(tools(offer))
            .resources(resources(offer))
            .resourceTemplates(templates(offer))
            .prompts(prompts(offer));
    more.accept(specification);
    this.server = specification.build();
  }

  private static List<SyncToolSpecification> tools(Offer offer) {
    return offer.tools().stream()
        .map(tool ->
            new SyncToolSpecification(
                Offer.declared(tool),
                (exchange, request) -> offer.call(caller(exchange, request), tool, request)))
        .toList();
  }

  private static List<SyncResourceSpecification> resources(Offer offer) {
    return offer.resources(false).stream()
        .map(resource ->
            new SyncResourceSpecification(
                Offer.declared(resource),
                (exchange, request) -> offer.read(caller(exchange, request), resource, request)))
        .toList();
  }

  private static List<SyncResourceTemplateSpecification> templates(Offer offer) {
    return offer.resources(true).stream()
        .map(resource ->
            new SyncResourceTemplateSpecification(
                Offer.declaredTemplate(resource),
                (exchange, request) -> offer.read(caller(exchange, request), resource, request)))
        .toList();
  }

  private static List<SyncPromptSpecification> prompts(Offer offer) {
    return offer.connector().prompts().stream()
        .map(prompt ->
            new SyncPromptSpecification(
                Offer.declared(prompt),
                (exchange, request) -> offer.write(caller(exchange, request), prompt, request)))
        .toList();
  }

  private static Caller caller(McpSyncServerExchange exchange, McpSchema.Request request) {
    return new Caller(
        Caller.grant(exchange.transportContext()),
        new SessionReporter(exchange, request.progressToken()));
  }

  @Override
  public boolean takes(String method) {
    return METHODS.contains(method);
  }

  @Override
  public void serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    AccountId account = Caller.grant(request).account();
    var unsealed = new Unsealing(request, account);
    var sealing = new Sealing(response, account);
    String id = unsealed.getHeader(HttpHeaders.MCP_SESSION_ID);
    if (id != null) {
      open.used(account, id);
      transport.service(unsealed, sealing);
      if (request.getMethod().equals("DELETE") && response.getStatus() == 200) {
        open.deleted(account, id);
      }
    } else if (!open.open(account, () -> transport.service(unsealed, sealing))) {
      transport.responseError(response, 429, tooMany());
    }
  }

  private McpError tooMany() {
    return McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
        .message(
            "this account has %d sessions open; end one, or call without a session"
                .formatted(settings.sessionsPerAccount()))
        .build();
  }

  /// The client's id is unsealed for the SDK, which knows sessions by ids of its own.
  private final class Unsealing extends HttpServletRequestWrapper {
    private final AccountId account;

    Unsealing(HttpServletRequest request, AccountId account) {
      super(request);
      this.account = account;
    }

    @Override
    public @Nullable String getHeader(String name) {
      String value = super.getHeader(name);
      return value != null && HttpHeaders.MCP_SESSION_ID.equalsIgnoreCase(name)
          ? seal.open(account, value).orElse(UNKNOWN)
          : value;
    }
  }

  private final class Sealing extends HttpServletResponseWrapper {
    private final AccountId account;

    Sealing(HttpServletResponse response, AccountId account) {
      super(response);
      this.account = account;
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(
          name,
          HttpHeaders.MCP_SESSION_ID.equalsIgnoreCase(name) ? seal.close(account, value) : value);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
