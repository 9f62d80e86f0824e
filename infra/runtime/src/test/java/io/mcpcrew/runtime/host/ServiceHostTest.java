package io.mcpcrew.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

@Timeout(30)
class ServiceHostTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> TOLD = new CopyOnWriteArrayList<>();
  private static volatile boolean secondIsReady;

  @BeforeEach
  void begin() {
    TOLD.clear();
    secondIsReady = true;
  }

  @AfterAll
  static void stop() {
    HTTP.shutdownNow();
  }

  @Test
  void servicesAreStartedInOrderAndStoppedInTheOther() {
    try (var host = start(First.class, Second.class)) {
      assertThat(host.services()).extracting(Service::name).containsExactly("first", "second");
      assertThat(host.port()).isPositive();
      assertThat(host.isReady()).isTrue();
    }

    assertThat(TOLD).startsWith("first starts", "second starts", "second ends", "first ends");
  }

  @Test
  void eachServicesRoutesAreAnsweredByTheOneServer() throws Exception {
    try (var host = start(First.class, Second.class)) {
      assertThat(get(host, "/first").body()).isEqualTo("hello from first");
      assertThat(get(host, "/second").body()).isEqualTo("hello from second");
      assertThat(get(host, "/third").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aShortcutAnswersBeforeTheRoutesAndLeavesToThemWhatItDoesNotTake() throws Exception {
    try (var host = start(First.class, InAHurry.class)) {
      assertThat(get(host, "/first?taken").body()).isEqualTo("by a shortcut");
      assertThat(get(host, "/first").body()).isEqualTo("hello from first");
      assertThat(get(host, "/below/some/thing").body()).isEqualTo("/below/some/thing");
      assertThat(get(host, "/below").statusCode()).isEqualTo(404);
      assertThat(get(host, "/belowit").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aServiceThatCannotStartClosesThoseBeforeItAndItsServer() throws Exception {
    assertThatThrownBy(() -> start(First.class, Broken.class, Second.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no power");

    assertThat(TOLD)
        .contains("first starts", "broken starts", "first ends")
        .doesNotContain("second starts");
  }

  @Test
  void whileAServiceCannotWorkHealthIsNotGoodAndSaysWhy() throws Exception {
    try (var host = start(First.class, Second.class)) {
      assertThat(get(host, "/actuator/health").statusCode()).isEqualTo(200);

      secondIsReady = false;

      assertThat(host.isReady()).isFalse();
      assertThat(get(host, "/actuator/health").statusCode()).isEqualTo(503);
      assertThat(get(host, "/actuator/health").body()).contains("second", "is being wound up");
      assertThat(get(host, "/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(get(host, "/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsAreForPrometheus() throws Exception {
    try (var host = start(First.class)) {
      assertThat(get(host, "/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void whatTheCallerOverridesCountsMoreThanTheFileAndWhatAPersonTypesMoreThanThat() {
    Map<String, Object> overrides = Map.of("server.port", 0, "spring.application.name", "mine");
    String[] typed = {"--spring.application.name=typed"};

    try (var host = ServiceHost.start(overrides, typed, First.class)) {
      assertThat(host.port()).isPositive().isNotEqualTo(8080);
      assertThat(host.bean(Environment.class).getProperty("spring.application.name"))
          .isEqualTo("typed");
    }
  }

  @Test
  void aBeanOfAServiceOrOfTheHostIsFound() {
    try (var host = start(First.class)) {
      assertThat(host.bean(Service.class).name()).isEqualTo("first");
      assertThat(host.bean(HttpSurface.class)).isNotNull();
    }
  }

  private static ServiceHost start(Class<?>... configurations) {
    return ServiceHost.start(Map.of(), new String[] {"--server.port=0"}, configurations);
  }

  private static HttpResponse<String> get(ServiceHost host, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Configuration(proxyBeanMethods = false)
  static class First {
    @Bean
    Service first() {
      return new Told("first");
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
      return route().GET("/first", _ -> ServerResponse.ok().body("hello from first")).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Second {
    @Bean
    Service second() {
      return new Told("second");
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
      return route().GET("/second", _ -> ServerResponse.ok().body("hello from second")).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class InAHurry {
    @Bean
    Shortcuts shortcuts() {
      return new Shortcuts(
          List.of(
              new Shortcut(
                  "/first",
                  (request, response) -> {
                    if (request.getQueryString() == null) {
                      return false;
                    }
                    response.getWriter().print("by a shortcut");
                    return true;
                  }),
              new Shortcut(
                  "/below/*",
                  (request, response) -> {
                    response.getWriter().print(request.getRequestURI());
                    return true;
                  })));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Broken {
    @Bean
    Service broken() {
      return new Told("broken");
    }
  }

  private record Told(String name) implements Service {
    @Override
    public void start() {
      TOLD.add(name + " starts");
      if (name.equals("broken")) {
        throw new IllegalStateException("no power");
      }
    }

    @Override
    public Health health() {
      return name.equals("second") && !secondIsReady
          ? Health.notReady("it is being wound up")
          : Health.working();
    }

    @Override
    public void close() {
      TOLD.add(name + " ends");
    }
  }
}
