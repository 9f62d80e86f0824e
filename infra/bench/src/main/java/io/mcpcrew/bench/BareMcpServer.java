package io.mcpcrew.bench;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/// What the connectors' shell is compared to: the official SDK on the same web server with the same
/// tools and settings, and nothing else. No tokens, no accounts, no limits.
final class BareMcpServer implements AutoCloseable {
  static final String PATH = "/mcp";

  private final Tomcat tomcat = new Tomcat();
  private final McpStatelessSyncServer server;

  BareMcpServer(Path folder) throws LifecycleException {
    var transport = HttpServletStatelessServerTransport.builder().messageEndpoint(PATH).build();
    this.server =
        McpServer.sync(transport)
            .serverInfo("bare", "0")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .immediateExecution(true)
            .tools(WaitingConnector.WAITS.stream().map(BareMcpServer::tool).toList())
            .build();
    tomcat.setSilent(true);
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    var connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
      protocol.setExecutor(new VirtualThreadExecutor("bare-"));
      protocol.setAcceptCount(1_000);
      protocol.setProcessorCache(-1);
    }
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setMaxKeepAliveRequests(-1);
    }
    var context = tomcat.addContext("", folder.toString());
    if (context instanceof StandardContext here) {
      // Of use to who loads his classes again; here it only warns in the middle of the figures.
      here.setClearReferencesThreadLocals(false);
      here.setClearReferencesRmiTargets(false);
    }
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded(PATH, "mcp");
    tomcat.start();
  }

  private static SyncToolSpecification tool(int millis) {
    var declared = WaitingConnector.declared(millis);
    return new SyncToolSpecification(
        McpSchema.Tool.builder(declared.name(), declared.inputSchema())
            .description(declared.description())
            .outputSchema(declared.outputSchema())
            .build(),
        (_, request) -> answer(request, millis));
  }

  private static McpSchema.CallToolResult answer(McpSchema.CallToolRequest request, int millis) {
    try {
      WaitingConnector.work(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return McpSchema.CallToolResult.builder()
        .content(List.of(McpSchema.TextContent.builder("ok").build()))
        .structuredContent(Map.of("marker", request.arguments().get("marker")))
        .isError(false)
        .build();
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    server.close();
    tomcat.stop();
    tomcat.destroy();
  }
}
