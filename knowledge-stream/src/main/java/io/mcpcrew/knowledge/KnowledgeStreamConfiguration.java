package io.mcpcrew.knowledge;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.mcpcrew.knowledge.archive.KnowledgeArchive;
import io.mcpcrew.knowledge.archive.KnowledgeProjector;
import io.mcpcrew.knowledge.archive.KnowledgeRoutes;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Builds knowledge-stream: the memory, and beside it the archive where a MongoDB is named.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KnowledgeSettings.class)
public class KnowledgeStreamConfiguration {
  private static final String MONGO_URI = "knowledge.mongo-uri";

  @Bean
  Service knowledgeStream(KnowledgeSettings settings, KafkaClients clients, MeterRegistry meters) {
    return new KnowledgeStreamService(settings, clients.settings(), meters);
  }

  @Bean
  RouterFunction<ServerResponse> knowledgeRoutes(
      ObjectProvider<KnowledgeArchive> archive, Tokens tokens) {
    return new KnowledgeRoutes(archive.getIfAvailable(), tokens).routes();
  }

  /// Whoever asks is told within seconds that MongoDB is away.
  @Bean(destroyMethod = "close")
  @Conditional(MongoIsNamed.class)
  MongoClient knowledgeMongo(KnowledgeSettings settings) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(
                new ConnectionString(Objects.requireNonNull(settings.mongoUri())))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
            .build());
  }

  @Bean
  @Conditional(MongoIsNamed.class)
  KnowledgeArchive knowledgeArchive(MongoClient knowledgeMongo) {
    return new KnowledgeArchive(knowledgeMongo);
  }

  @Bean
  @Conditional(MongoIsNamed.class)
  Service knowledgeProjector(
      KnowledgeSettings settings,
      KafkaClients clients,
      KnowledgeArchive archive,
      MeterRegistry meters) {
    return new KnowledgeProjector(clients, settings.applicationId() + "-archive", archive, meters);
  }

  /// An empty address is none: that is how an operator takes the archive away again.
  static final class MongoIsNamed implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return StringUtils.hasText(context.getEnvironment().getProperty(MONGO_URI));
    }
  }
}
