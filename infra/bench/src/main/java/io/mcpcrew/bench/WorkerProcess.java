package io.mcpcrew.bench;

import io.mcpcrew.crew.CrewWorkerApplication;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A worker in a process of its own, as in a cluster, with the heap that it must do with.
final class WorkerProcess implements AutoCloseable {
  static final int HEAP_MEGABYTES = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private WorkerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Returns when it takes turns.
  static WorkerProcess start(KafkaSettings kafka, URI model, Path key, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port = freePort();
    Map<String, Object> settings = new TreeMap<>();
    settings.put("server.port", port);
    settings.put("platform.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("platform.kafka.partitions", kafka.partitions());
    settings.put("platform.http.allow-private", "127.0.0.1");
    settings.put("platform.tokens.keys", folder.resolve("keys"));
    settings.put("platform.tokens.create-missing", true);
    settings.put("crew.publisher", false);
    settings.put("crew.places", 10_000);
    settings.put("crew.places-per-account", 10_000);
    settings.put("crew.crews-folder", copied("crews/bench.yaml", folder));
    settings.put("crew.playbooks-folder", copied("playbooks/waiting.yaml", folder));
    settings.put("crew.models.main.url", model);
    settings.put("crew.models.main.name", "scripted");
    settings.put("crew.models.main.key", "file:" + key);
    settings.put("logging.file.name", folder.resolve("worker.log"));
    settings.put("logging.threshold.console", "off");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-cp",
                System.getProperty("java.class.path"),
                CrewWorkerApplication.class.getName()));
    settings.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker.out").toFile())
            .start();
    // Whoever ends this measurement ends the worker too.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var worker = new WorkerProcess(process, port);
    Await.until(worker::isReady, PATIENCE, () -> "a worker did not become ready");
    return worker;
  }

  /// The processor time that it has used.
  Duration worked() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// @return the folder in which it lies
  private static Path copied(String resource, Path folder) throws IOException {
    Path target = folder.resolve(resource);
    Path into = Objects.requireNonNull(target.getParent());
    Files.createDirectories(into);
    try (InputStream in =
        Objects.requireNonNull(WorkerProcess.class.getResourceAsStream(resource), resource)) {
      Files.write(target, in.readAllBytes());
    }
    return into;
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("a worker has ended with " + process.exitValue());
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

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
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
