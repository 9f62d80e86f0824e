package io.mcpcrew.simulators;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorConfiguration;
import io.mcpcrew.simulators.model.ModelSimulatorConfiguration;
import io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// All simulators in a process of their own, on the loopback address only.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  ChatwootSimulatorConfiguration.class,
  OdooSimulatorConfiguration.class,
  ModelSimulatorConfiguration.class
})
public class SimulatorsApplication {
  static void main(String[] arguments) {
    var application = new SpringApplication(SimulatorsApplication.class);
    application.setDefaultProperties(Map.of("spring.config.name", "simulators"));
    application.run(arguments);
  }
}
