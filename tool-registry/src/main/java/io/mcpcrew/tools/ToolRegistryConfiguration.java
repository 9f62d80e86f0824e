package io.mcpcrew.tools;

import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.CompactedView;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Builds the registry.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrySettings.class)
public class ToolRegistryConfiguration {
  private static final String SERVICE = "tool-registry";

  @Bean
  Service toolRegistry(
      RegistrySettings settings,
      KafkaClients clients,
      Tokens tokens,
      MeterRegistry meters,
      Clock clock) {
    var tenants = new Tenants(clients, SERVICE);
    var published = new CompactedView<ToolCatalogue>(clients, Topics.TOOLS, SERVICE, (_, _) -> {});
    var keeper =
        new CatalogueKeeper(
            settings,
            tenants,
            tokens,
            published,
            new TopicWriter<>(clients, Topics.TOOLS, SERVICE),
            meters,
            clock);
    return new ToolRegistryService(
        settings, tenants, published, keeper, new TopicInstaller(clients.settings()));
  }
}
