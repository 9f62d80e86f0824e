package io.mcpcrew.mcp.shell;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// Every request stands alone, so that any replica answers it.
final class StatelessEndpoint implements Endpoint {
  private final HttpServletStatelessServerTransport transport;
  private final McpStatelessSyncServer server;

  StatelessEndpoint(String path, Offer offer, Admission admission, ConnectorSettings settings) {
    this.transport =
        HttpServletStatelessServerTransport.builder()
            .messageEndpoint(path)
            .maxRequestSize(Math.toIntExact(settings.largestRequest().toBytes()))
            .httpHeaderValidator(Endpoint.origins(settings))
            .contextExtractor(Caller::context)
            .build();
    Connector connector = offer.connector();
    this.server =
        McpServer.sync(transport)
            .serverInfo(offer.serverInfo())
            .instructions(connector.instructions())
            .capabilities(offer.capabilities().build())
            .immediateExecution(true)
            .addToolFilter((context, _) -> admission.mayList(Caller.grant(context), connector))
            .tools(tools(offer))
            .resources(resources(offer))
            .resourceTemplates(templates(offer))
            .prompts(prompts(offer))
            .build();
  }

  private static List<SyncToolSpecification> tools(Offer offer) {
    return offer.tools().stream()
        .map(tool ->
            new SyncToolSpecification(
                Offer.declared(tool),
                (context, request) -> offer.call(caller(context), tool, request)))
        .toList();
  }

  private static List<SyncResourceSpecification> resources(Offer offer) {
    return offer.resources(false).stream()
        .map(resource ->
            new SyncResourceSpecification(
                Offer.declared(resource),
                (context, request) -> offer.read(caller(context), resource, request)))
        .toList();
  }

  private static List<SyncResourceTemplateSpecification> templates(Offer offer) {
    return offer.resources(true).stream()
        .map(resource ->
            new SyncResourceTemplateSpecification(
                Offer.declaredTemplate(resource),
                (context, request) -> offer.read(caller(context), resource, request)))
        .toList();
  }

  private static List<SyncPromptSpecification> prompts(Offer offer) {
    return offer.connector().prompts().stream()
        .map(prompt ->
            new SyncPromptSpecification(
                Offer.declared(prompt),
                (context, request) -> offer.write(caller(context), prompt, request)))
        .toList();
  }

  private static Caller caller(McpTransportContext context) {
    return new Caller(Caller.grant(context), Reporter.SILENT);
  }

  @Override
  public boolean takes(String method) {
    return method.equals("POST");
  }

  @Override
  public void serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    transport.service(request, response);
  }

  @Override
  public void close() {
    server.close();
  }
}
