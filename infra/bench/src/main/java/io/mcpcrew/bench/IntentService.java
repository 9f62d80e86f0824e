package io.mcpcrew.bench;

import io.mcpcrew.intent.IntentStreamConfiguration;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// intent-stream in this process, on a broker of its own.
final class IntentService {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private IntentService() {}

  /// Returns when it has restored what it must and works.
  static ServiceHost start(KafkaSettings kafka, String application, Path folder)
      throws InterruptedException {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("server.port", 0);
    settings.put("platform.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("platform.kafka.partitions", kafka.partitions());
    settings.put("platform.tokens.keys", folder.resolve("keys"));
    settings.put("platform.tokens.create-missing", true);
    settings.put("intent.application-id", application);
    settings.put("intent.state-dir", folder.resolve("state"));
    // Nothing concludes the turns here, and nothing must be given up meanwhile.
    settings.put("intent.places", 10_000_000);
    settings.put("intent.deadline", "PT2H");
    settings.put("logging.threshold.console", "off");
    ServiceHost host = ServiceHost.start(settings, new String[0], IntentStreamConfiguration.class);
    Await.until(host::isReady, PATIENCE, () -> "intent-stream did not become ready");
    return host;
  }
}
