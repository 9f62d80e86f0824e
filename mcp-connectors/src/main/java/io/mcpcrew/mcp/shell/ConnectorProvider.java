package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.http.GuardedHttp;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;

/// Makes a connector that is found by being there: named in
/// `META-INF/services/io.mcpcrew.mcp.shell.ConnectorProvider`, which `./crew new connector` does.
public interface ConnectorProvider {
  /// As [Connector#name()] of what it makes.
  String name();

  Connector create(GuardedHttp http, InstantSource clock);

  /// All that are on the class path, in the order of their names.
  static List<ConnectorProvider> all() {
    return ServiceLoader.load(ConnectorProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }
}
