package io.mcpcrew.runtime.host;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tokens.AccountKeys;
import io.mcpcrew.runtime.tokens.TokenSettings;
import io.mcpcrew.runtime.tokens.Tokens;
import java.time.Clock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The parent context: the HTTP server, metrics, health, and what all services of a process share.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@EnableConfigurationProperties({TokenSettings.class, PlatformSettings.class})
class HostConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  HttpSurface httpSurface() {
    return new HttpSurface();
  }

  @Bean
  ShortcutFilter shortcutFilter() {
    return new ShortcutFilter();
  }

  @Bean
  FilterRegistrationBean<ShortcutFilter> shortcuts(ShortcutFilter filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  ServiceRegister servicesHealthIndicator() {
    return new ServiceRegister();
  }

  @Bean
  AccountKeys accountKeys(TokenSettings settings) {
    return new AccountKeys(settings);
  }

  @Bean
  Tokens tokens(AccountKeys keys, Clock clock) {
    return new Tokens(keys, clock);
  }

  @Bean
  KafkaClients kafkaClients(PlatformSettings settings) {
    return new KafkaClients(settings.kafka());
  }

  @Bean(destroyMethod = "close")
  GuardedHttp guardedHttp(PlatformSettings settings) {
    return new GuardedHttp(settings.http());
  }

  @Bean(destroyMethod = "close")
  Telemetry telemetry(PlatformSettings settings) {
    return Telemetry.open(settings.telemetry());
  }
}
