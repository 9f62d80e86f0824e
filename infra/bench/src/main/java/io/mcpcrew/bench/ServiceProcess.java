package io.mcpcrew.bench;

import io.mcpcrew.parts.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One service in a process of its own, started from its own `main`, as in a cluster. Whoever ends
/// this program ends it too.
public final class ServiceProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final Class<?> main;
  private final int port;
  private final Map<String, Object> settings;
  private final List<String> flags;
  private final String classPath;
  private final Path output;
  private @Nullable Process process;

  /// @param flags of its JVM
  /// @param folder for what it prints
  public ServiceProcess(
      String name,
      Class<?> main,
      int port,
      Map<String, Object> settings,
      List<String> flags,
      Path folder) {
    this.name = name;
    this.main = main;
    this.port = port;
    this.settings = Map.copyOf(settings);
    this.flags = List.copyOf(flags);
    this.classPath = classPath(main);
    this.output = folder.resolve(name + ".out");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  public String name() {
    return name;
  }

  /// For the first time, or again.
  public void start() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    try {
      // Who is killed and started again, and again, starts twice as fast with it.
      command.addAll(ClassArchive.ofTests(main.getSimpleName(), classPath).flags());
      command.addAll(List.of("-cp", classPath, main.getName(), "--server.port=" + port));
      settings.forEach((key, value) -> command.add("--%s=%s".formatted(key, value)));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  /// That of this program. A service that lies in a jar needs no folder, and what has no folders
  /// can be archived.
  private static String classPath(Class<?> main) {
    String all = System.getProperty("java.class.path");
    String own = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!own.endsWith(".jar")) {
      return all;
    }
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(all)
        .filter(entry -> !new File(entry).isDirectory())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Returns when it works.
  public void awaitReady() {
    try {
      Await.until(
          this::isReady,
          Duration.ofMillis(200),
          PATIENCE,
          () -> "%s is not ready; it says %s".formatted(name, output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while %s started".formatted(name), e);
    }
  }

  private boolean isReady() {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("%s has ended; it says %s".formatted(name, output));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The processor time that it has used.
  public Duration worked() {
    return process == null
        ? Duration.ZERO
        : process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// As a power cut would: nothing is closed.
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
