package io.mcpcrew.ingest;

import io.mcpcrew.ingest.tenants.TenantPublisher;
import io.mcpcrew.ingest.timeline.TimelineConfiguration;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.host.Shortcuts;
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
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Builds ingest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestSettings.class)
@Import(TimelineConfiguration.class)
public class IngestConfiguration {

  @Bean
  Tenants ingestTenants(KafkaClients clients) {
    return new Tenants(clients, "ingest");
  }

  @Bean
  EventPublisher eventPublisher(
      KafkaClients clients, Telemetry telemetry, MeterRegistry meters, IngestSettings settings) {
    return new EventPublisher(clients, telemetry, meters, settings.publishWithin());
  }

  @Bean
  IngestPipeline ingestPipeline(
      Tenants tenants, EventPublisher publisher, IngestSettings settings, Clock clock) {
    return new IngestPipeline(tenants, publisher, settings, clock);
  }

  @Bean
  IngestRoutes ingest(
      IngestPipeline pipeline, IngestSettings settings, Tokens tokens, MeterRegistry meters) {
    return new IngestRoutes(pipeline, settings, tokens, meters);
  }

  @Bean
  RouterFunction<ServerResponse> ingestRoutes(IngestRoutes ingest) {
    return ingest.routes();
  }

  @Bean
  Shortcuts ingestShortcuts(IngestRoutes ingest) {
    return ingest.shortcuts();
  }

  @Bean
  Service ingestService(
      IngestSettings settings,
      KafkaClients clients,
      Tenants tenants,
      EventPublisher publisher,
      Clock clock) {
    return new IngestService(
        settings,
        new TopicInstaller(clients.settings()),
        new TenantPublisher(clients, clock),
        tenants,
        publisher);
  }
}
