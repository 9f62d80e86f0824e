package io.mcpcrew.simulators.odoo;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Wires one Odoo and its routes. The host needs only to serve the `RouterFunction` bean.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OdooSimulatorSettings.class)
public class OdooSimulatorConfiguration {

  @Bean
  RouterFunction<ServerResponse> odooRoutes(OdooSimulatorSettings settings) {
    var clock = InstantSource.system();
    var databases =
        settings.databases().stream()
            .map(database -> database(database, settings.dataDir(), clock))
            .toList();
    return new OdooRoutes(databases, settings.delayMs()).routes();
  }

  private static Database database(
      OdooSimulatorSettings.DatabaseSettings settings,
      @Nullable Path dataDir,
      InstantSource clock) {
    return new Database(
        settings.name(),
        settings.apiKey(),
        clock,
        DemoData.of(settings.name(), clock),
        dataDir == null ? null : new StateFile(dataDir, settings.name()));
  }
}
