package io.mcpcrew.intent;

import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Builds intent-stream.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntentSettings.class)
public class IntentStreamConfiguration {

  @Bean
  Service intentStream(
      IntentSettings settings,
      KafkaClients clients,
      Tokens tokens,
      Clock clock,
      MeterRegistry meters) {
    return new IntentStreamService(
        settings, clients.settings(), new Tenants(clients, "intent-stream"), tokens, clock, meters);
  }
}
