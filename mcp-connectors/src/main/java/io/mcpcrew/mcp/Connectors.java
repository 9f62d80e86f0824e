package io.mcpcrew.mcp;

import io.mcpcrew.mcp.binding.BindingFiles;
import io.mcpcrew.mcp.binding.BindingSettings;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// All connectors of this process.
record Connectors(List<ConnectorServer> servers) {

  Connectors {
    servers = List.copyOf(servers);
  }

  /// Ours, those that are found, and those that files bind.
  static List<Connector> all(
      GuardedHttp http,
      OdooSettings odooSettings,
      ChatwootSettings chatwoot,
      BindingSettings bindings,
      InstantSource clock) {
    var odoo = new OdooConnector(http, odooSettings, clock);
    List<Connector> all =
        new ArrayList<>(List.of(odoo, new ChatwootConnector(http, chatwoot, clock)));
    ConnectorProvider.all().forEach(found -> all.add(found.create(http, clock)));
    Set<String> names = all.stream().map(Connector::name).collect(Collectors.toSet());
    all.addAll(BindingFiles.connectors(http, bindings, odoo.tools(), names));
    return all;
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
