package io.mcpcrew.mcp.binding;

import io.mcpcrew.mcp.odoo.OdooConnector;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/// What can be bound, as the tools of Odoo show it.
public final class OdoosCapabilities {
  private OdoosCapabilities() {}

  public static Map<String, Capability> all() {
    var settings = new HttpSettings(List.of(), Duration.ofSeconds(1), DataSize.ofMegabytes(1));
    try (var http = new GuardedHttp(settings)) {
      return Capability.all(
          new OdooConnector(http, new OdooSettings(List.of(), List.of()), InstantSource.system())
              .tools());
    }
  }
}
