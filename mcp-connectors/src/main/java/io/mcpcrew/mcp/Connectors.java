package io.mcpcrew.mcp;

import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.runtime.host.Shortcuts;
import java.util.List;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// All connectors of this process.
record Connectors(List<ConnectorServer> servers) {

  Connectors {
    servers = List.copyOf(servers);
  }

  RouterFunction<ServerResponse> routes() {
    return servers.stream()
        .map(ConnectorServer::routes)
        .reduce(RouterFunction::and)
        .orElseThrow(() -> new IllegalStateException("there are no connectors"));
  }

  Shortcuts shortcuts() {
    return new Shortcuts(
        servers.stream().map(ConnectorServer::shortcuts).flatMap(List::stream).toList());
  }

  void close() {
    servers.forEach(ConnectorServer::close);
  }
}
