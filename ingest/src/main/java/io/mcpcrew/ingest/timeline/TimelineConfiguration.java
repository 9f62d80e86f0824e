package io.mcpcrew.ingest.timeline;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tokens.Tokens;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The timeline beside the edge, where a MongoDB is named.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ingest.timeline.mongo-uri")
public class TimelineConfiguration {

  @Bean(destroyMethod = "close")
  MongoClient timelineMongo(Environment environment) {
    return MongoClients.create(environment.getRequiredProperty("ingest.timeline.mongo-uri"));
  }

  @Bean
  TimelineStore timelineStore(MongoClient mongo) {
    return new TimelineStore(mongo);
  }

  @Bean
  Service timelineProjector(KafkaClients clients, TimelineStore store) {
    return new TimelineProjector(clients, store);
  }

  @Bean
  RouterFunction<ServerResponse> whyRoutes(TimelineStore store, Tokens tokens) {
    return new WhyRoutes(store, tokens).routes();
  }
}
