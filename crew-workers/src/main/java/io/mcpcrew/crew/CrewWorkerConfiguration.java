package io.mcpcrew.crew;

import io.mcpcrew.crew.crews.CrewFiles;
import io.mcpcrew.crew.model.Models;
import io.mcpcrew.crew.model.ModelsSettings;
import io.mcpcrew.crew.model.Spending;
import io.mcpcrew.crew.publish.Publisher;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Builds a worker and its publisher.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CrewSettings.class, CrewFiles.class, ModelsSettings.class})
public class CrewWorkerConfiguration {

  @Bean
  Models models(ModelsSettings settings, GuardedHttp http, MeterRegistry meters) {
    return new Models(settings, http, meters, ThreadLocalRandom::current);
  }

  @Bean(destroyMethod = "close")
  Spending spending(ModelsSettings settings) {
    return new Spending(settings.budgets());
  }

  @Bean
  Service crewWorker(
      CrewSettings settings,
      CrewFiles files,
      Models models,
      Spending spending,
      KafkaClients clients,
      Telemetry telemetry,
      MeterRegistry meters,
      Clock clock) {
    String name = "worker-" + ProcessHandle.current().pid();
    return new CrewWorkerService(
        settings, files, models, spending, clients, telemetry, meters, clock, name);
  }

  @Bean
  @ConditionalOnProperty(name = "crew.publisher", havingValue = "true", matchIfMissing = true)
  Service publisher(
      CrewSettings settings,
      KafkaClients clients,
      GuardedHttp http,
      MeterRegistry meters,
      Clock clock) {
    return new Publisher(
        clients,
        http,
        meters,
        clock,
        settings.postDeadline(),
        settings.postSettles(),
        settings.typingAfter());
  }
}
