package io.mcpcrew.simulators.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Starts a scripted model where a script is named.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelSimulatorSettings.class)
@ConditionalOnProperty("simulator.model.script")
public class ModelSimulatorConfiguration {

  @Bean(destroyMethod = "close")
  ModelServer scriptedModel(ModelSimulatorSettings settings) throws IOException {
    Path file = Objects.requireNonNull(settings.script());
    Script script = Script.read(file.toString(), Files.readString(file));
    return ModelServer.start(settings.port(), settings.key(), script);
  }
}
