package io.mcpcrew.mcp;

import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.mcp.chatwoot.ChatwootSettings;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.mcp.shell.ConnectorSettings;
import io.mcpcrew.mcp.shell.FixtureServer;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The connectors and the fixture beside them, open to programs that know nothing of tokens: what
/// comes without one comes from the first company.
@Configuration(proxyBeanMethods = false)
class WithFixture extends Installation.Wiring {
  @Override
  List<ConnectorServer> servers(
      GuardedHttp http,
      Tokens tokens,
      Telemetry telemetry,
      ConnectorSettings settings,
      OdooSettings odoo,
      ChatwootSettings chatwoot,
      BindingSettings bindings,
      MeterRegistry meters,
      Backends backends) {
    return Stream.concat(
            super.servers(
                http, tokens, telemetry, settings, odoo, chatwoot, bindings, meters, backends)
                .stream(),
            Stream.of(
                FixtureServer.of(
                    tokens, admission(settings, meters, backends), telemetry, settings)))
        .toList();
  }

  @Bean
  @Override
  RouterFunction<ServerResponse> routes(Connectors connectors, Tokens tokens) {
    return super.routes(connectors, tokens).filter(new OnBehalf(tokens, Installation.LOJA));
  }
}
