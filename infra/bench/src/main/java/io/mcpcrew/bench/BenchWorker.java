package io.mcpcrew.bench;

import io.mcpcrew.crew.CrewWorkerApplication;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A worker in a process of its own, as in a cluster, with the heap that it must do with.
final class BenchWorker {
  static final int HEAP_MEGABYTES = 1_500;

  /// For turns at once.
  private static final int PLACES = 12_000;

  private BenchWorker() {}

  /// Returns when it takes turns.
  static ServiceProcess start(KafkaSettings kafka, URI model, Path key, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    int port = FreePort.next();
    Map<String, Object> settings = new TreeMap<>();
    settings.put("platform.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("platform.kafka.partitions", kafka.partitions());
    settings.put("platform.http.allow-private", "127.0.0.1");
    settings.put("platform.tokens.keys", folder.resolve("keys"));
    settings.put("platform.tokens.create-missing", true);
    settings.put("crew.publisher", false);
    settings.put("crew.places", PLACES);
    settings.put("crew.places-per-account", PLACES);
    settings.put("crew.crews-folder", copied("crews/bench.yaml", folder));
    settings.put("crew.playbooks-folder", copied("playbooks/waiting.yaml", folder));
    settings.put("crew.models.main.url", model);
    settings.put("crew.models.main.name", "scripted");
    settings.put("crew.models.main.key", "file:" + key);
    settings.put("logging.file.name", folder.resolve("worker.log"));
    settings.put("logging.threshold.console", "off");
    var worker =
        new ServiceProcess(
            "worker",
            CrewWorkerApplication.class,
            port,
            settings,
            List.of("-Xmx%dm".formatted(HEAP_MEGABYTES)),
            folder);
    worker.start();
    worker.awaitReady();
    return worker;
  }

  /// @return the folder in which it lies
  private static Path copied(String resource, Path folder) throws IOException {
    Path target = folder.resolve(resource);
    Path into = Objects.requireNonNull(target.getParent());
    Files.createDirectories(into);
    try (InputStream in =
        Objects.requireNonNull(BenchWorker.class.getResourceAsStream(resource), resource)) {
      Files.write(target, in.readAllBytes());
    }
    return into;
  }
}
