package io.mcpcrew.simulators.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set, under `simulator.model`.
///
/// @param script the YAML file of what is said to what; without it there is no model
/// @param port on the loopback address
/// @param key what a client must present; of a simulator it is no secret
@ConfigurationProperties("simulator.model")
public record ModelSimulatorSettings(
    @Nullable Path script,
    @DefaultValue("3180") int port,
    @DefaultValue("demo-model-key") String key) {

  public ModelSimulatorSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("simulator.model.port must be 0 to 65535");
    }
    if (key.isBlank()) {
      throw new IllegalArgumentException("simulator.model.key must not be blank");
    }
  }
}
