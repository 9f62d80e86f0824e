package io.mcpcrew.runtime.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Runs one or more services in this process. A service's `main` is one line of this; the laptop's
/// single process is the same line with all configurations.
public final class ServiceHost implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceHost.class);

  private final ServletWebServerApplicationContext parent;
  private final List<AnnotationConfigApplicationContext> children = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();

  private ServiceHost(ServletWebServerApplicationContext parent) {
    this.parent = parent;
  }

  /// Starts the HTTP server, then each service in the given order. When one cannot start, those
  /// before it are closed again and the cause is thrown: nothing is left half started.
  public static ServiceHost start(
      Map<String, Object> overrides, String[] args, Class<?>... configurations) {
    var application = new SpringApplication(HostConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setRegisterShutdownHook(false);
    application.setLogStartupInfo(false);
    var host =
        new ServiceHost(
            (ServletWebServerApplicationContext) application.run(asArguments(overrides, args)));
    try {
      for (Class<?> configuration : configurations) {
        host.add(configuration);
      }
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /// Overrides win over every file, and what a person types wins over them.
  private static String[] asArguments(Map<String, Object> overrides, String[] typed) {
    Set<String> named =
        Arrays.stream(typed)
            .filter(argument -> argument.startsWith("--"))
            .map(argument -> argument.substring(2).split("=", 2)[0])
            .collect(Collectors.toSet());
    Stream<String> ours =
        overrides.entrySet().stream()
            .filter(override -> !named.contains(override.getKey()))
            .map(override -> "--" + override.getKey() + "=" + override.getValue());
    return Stream.concat(ours, Arrays.stream(typed)).toArray(String[]::new);
  }

  /// A service's `main`: starts, and stops in order when the process is asked to end.
  public static void run(String[] args, Class<?>... configurations) {
    ServiceHost host = start(Map.of(), args, configurations);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close, "shutdown"));
    LOGGER
        .atInfo()
        .addKeyValue("services", host.services.stream().map(Service::name).toList())
        .addKeyValue("port", host.port())
        .log("started");
  }

  private void add(Class<?> configuration) {
    var child = new AnnotationConfigApplicationContext();
    child.setParent(parent);
    child.register(configuration);
    children.add(child);
    child.refresh();
    HttpSurface surface = parent.getBean(HttpSurface.class);
    ResolvableType routes =
        ResolvableType.forClassWithGenerics(RouterFunction.class, ServerResponse.class);
    for (String name : child.getBeanNamesForType(routes)) {
      @SuppressWarnings("unchecked") // asked for by this very type
      var route = (RouterFunction<ServerResponse>) child.getBean(name);
      surface.add(route);
    }
    ShortcutFilter shortcuts = parent.getBean(ShortcutFilter.class);
    for (Shortcuts some : child.getBeansOfType(Shortcuts.class).values()) {
      some.all().forEach(shortcuts::add);
    }
    ServiceRegister register = parent.getBean(ServiceRegister.class);
    for (Service service : child.getBeansOfType(Service.class).values()) {
      services.add(service);
      register.add(service);
      service.start();
    }
  }

  public int port() {
    var server = parent.getWebServer();
    return server == null ? -1 : server.getPort();
  }

  public List<Service> services() {
    return List.copyOf(services);
  }

  /// True when every service can do its work.
  public boolean isReady() {
    return services.stream().allMatch(service -> service.health().isReady());
  }

  /// A bean of one of the services; for tests and the launcher.
  public <T> T bean(Class<T> type) {
    for (var child : children) {
      var beans = child.getBeansOfType(type);
      if (!beans.isEmpty()) {
        return beans.values().iterator().next();
      }
    }
    return parent.getBean(type);
  }

  /// Last started, first stopped; a service that cannot close does not keep the others from it.
  @Override
  public void close() {
    for (Service service : services.reversed()) {
      closeQuietly(service.name(), service::close);
    }
    for (var child : children.reversed()) {
      closeQuietly("context", child::close);
    }
    closeQuietly("http", parent::close);
  }

  private static void closeQuietly(String name, Runnable close) {
    long began = System.nanoTime();
    try {
      close.run();
      LOGGER
          .atInfo()
          .addKeyValue("service", name)
          .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - began).toMillis())
          .log("closed");
    } catch (RuntimeException e) {
      LOGGER.atWarn().addKeyValue("service", name).setCause(e).log("did not close in order");
    }
  }
}
