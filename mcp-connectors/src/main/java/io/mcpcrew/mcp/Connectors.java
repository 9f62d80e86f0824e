package io.mcpcrew.mcp;

import io.mcpcrew.mcp.chatwoot.ChatwootConnector;
import io.mcpcrew.mcp.chatwoot.ChatwootSettings;
import io.mcpcrew.mcp.odoo.OdooConnector;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorProvider;
import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.runtime.host.Shortcuts;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// All connectors of this process.
record Connectors(List<ConnectorServer> servers) {

  Connectors {
    servers = List.copyOf(servers);
  }

  /// Ours, and those that are found.
  static List<Connector> all(
      GuardedHttp http, OdooSettings odoo, ChatwootSettings chatwoot, InstantSource clock) {
    return Stream.concat(
            Stream.of(
                new OdooConnector(http, odoo, clock), new ChatwootConnector(http, chatwoot, clock)),
            ConnectorProvider.all().stream().map(found -> found.create(http, clock)))
        .toList();
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
