package io.mcpcrew.mcp;

import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.mcp.chatwoot.ChatwootSettings;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.mcp.shell.Admission;
import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.mcp.shell.ConnectorSettings;
import io.mcpcrew.runtime.audit.AuditTrail;
import io.mcpcrew.runtime.audit.LoggedAuditTrail;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.host.Shortcuts;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Builds the connectors.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  ConnectorSettings.class,
  OdooSettings.class,
  ChatwootSettings.class,
  BindingSettings.class
})
public class McpConnectorsConfiguration {
  private static final String SERVICE = "mcp-connectors";

  @Bean
  Tenants connectorTenants(KafkaClients clients) {
    return new Tenants(clients, SERVICE);
  }

  @Bean
  LoggedAuditTrail connectorAudit(KafkaClients clients, Clock clock) {
    return new LoggedAuditTrail(clients, SERVICE, clock);
  }

  @Bean
  Backends connectorBackends(ConnectorSettings settings, MeterRegistry meters) {
    return new Backends(settings, meters);
  }

  @Bean
  Connectors connectors(
      GuardedHttp http,
      Tenants tenants,
      AuditTrail audit,
      Tokens tokens,
      Telemetry telemetry,
      ConnectorSettings settings,
      OdooSettings odoo,
      ChatwootSettings chatwoot,
      BindingSettings bindings,
      Clock clock,
      MeterRegistry meters,
      Backends backends) {
    var admission = new Admission(tenants::current, settings, audit, meters, backends);
    return new Connectors(
        Connectors.all(http, odoo, chatwoot, bindings, clock).stream()
            .map(
                connector -> new ConnectorServer(connector, tokens, admission, telemetry, settings))
            .toList());
  }

  @Bean
  RouterFunction<ServerResponse> connectorRoutes(Connectors connectors) {
    return connectors.routes();
  }

  @Bean
  Shortcuts connectorShortcuts(Connectors connectors) {
    return connectors.shortcuts();
  }

  @Bean
  Service mcpConnectors(
      Connectors connectors,
      Backends backends,
      Tenants tenants,
      LoggedAuditTrail audit,
      KafkaClients clients) {
    return new McpConnectorsService(
        SERVICE, connectors, backends, tenants, audit, new TopicInstaller(clients.settings()));
  }
}
