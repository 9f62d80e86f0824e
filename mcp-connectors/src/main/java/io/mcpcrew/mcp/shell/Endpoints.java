package io.mcpcrew.mcp.shell;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.function.Consumer;

/// Both ways to a list of tools.
///
/// @param plain the same tools for those who do not speak the protocol
record Endpoints(Endpoint stateless, Endpoint sessions, List<McpSchema.Tool> plain)
    implements AutoCloseable {

  /// @param more added to what is offered with sessions; see [SessionEndpoint]
  static Endpoints of(
      Connector connector,
      List<ConnectorTool> tools,
      Admission admission,
      ConnectorSettings settings,
      Consumer<McpServer.SyncSpecification<?>> more) {
    var offer = new Offer(connector, tools, admission, settings);
    return new Endpoints(
        new StatelessEndpoint(path(connector), offer, admission, settings),
        new SessionEndpoint(sessionPath(connector), offer, admission, settings, more),
        tools.stream().map(Offer::declared).toList());
  }

  static String path(Connector connector) {
    return "/mcp/" + connector.name();
  }

  static String sessionPath(Connector connector) {
    return path(connector) + "/session";
  }

  @Override
  public void close() {
    stateless.close();
    sessions.close();
  }
}
