package io.mcpcrew.intent;

import io.mcpcrew.intent.ask.ConversationRoutes;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Builds intent-stream.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntentSettings.class)
public class IntentStreamConfiguration {

  @Bean
  IntentStreamService intentStream(
      IntentSettings settings,
      KafkaClients clients,
      Tokens tokens,
      Clock clock,
      MeterRegistry meters) {
    return new IntentStreamService(
        settings, clients, new Tenants(clients, "intent-stream"), tokens, clock, meters);
  }

  @Bean
  RouterFunction<ServerResponse> conversationRoutes(IntentStreamService service, Tokens tokens) {
    return new ConversationRoutes(service, tokens).routes();
  }
}
