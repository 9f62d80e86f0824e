package io.mcpcrew.local;

import io.mcpcrew.crew.CrewWorkerConfiguration;
import io.mcpcrew.ingest.IngestConfiguration;
import io.mcpcrew.intent.IntentStreamConfiguration;
import io.mcpcrew.knowledge.KnowledgeStreamConfiguration;
import io.mcpcrew.mcp.McpConnectorsConfiguration;
import io.mcpcrew.mcp.binding.BindingFiles;
import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.mcp.shell.ConnectorProvider;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorConfiguration;
import io.mcpcrew.simulators.model.ModelSimulatorConfiguration;
import io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration;
import io.mcpcrew.tools.ToolRegistryConfiguration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything at once: the parts in parallel, then the services in the order of a message's way,
/// until a message can be answered. Closing it leaves nothing behind.
public final class Platform implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  /// In the order in which they are started; a service waits for none of those after it.
  private static final Class<?>[] SERVICES = {
    ChatwootSimulatorConfiguration.class,
    OdooSimulatorConfiguration.class,
    ModelSimulatorConfiguration.class,
    DemoWay.class,
    IngestConfiguration.class,
    IntentStreamConfiguration.class,
    McpConnectorsConfiguration.class,
    ToolRegistryConfiguration.class,
    KnowledgeStreamConfiguration.class,
    CrewWorkerConfiguration.class
  };

  private final RealParts parts;
  private final ServiceHost host;
  private final String url;
  private final DemoCompanies demo;
  private final @Nullable RegistryPublication publication;

  private Platform(
      RealParts parts,
      ServiceHost host,
      String url,
      DemoCompanies demo,
      @Nullable RegistryPublication publication) {
    this.parts = parts;
    this.host = host;
    this.url = url;
    this.demo = demo;
    this.publication = publication;
  }

  /// What is to be started.
  ///
  /// @param port of the HTTP server
  /// @param settings over the services' own, such as `simulator.odoo.delay-ms`
  public record Plan(Path data, int port, PartsSettings parts, Map<String, Object> settings) {
    /// A block of ports from the first on: HTTP, then the parts.
    public static Plan laptop(Path data, int firstPort) {
      return new Plan(
          data, firstPort, PartsSettings.forLaptop(data.resolve("parts"), firstPort + 1), Map.of());
    }

    public Plan with(Map<String, Object> more) {
      Map<String, Object> all = new TreeMap<>(settings);
      all.putAll(more);
      return new Plan(data, port, parts, all);
    }
  }

  public static Platform start(Plan plan, Progress progress) {
    RealParts parts = RealParts.start(plan.parts(), progress);
    try {
      String url = "http://127.0.0.1:" + plan.port();
      var demo = new DemoCompanies(plan.data().resolve("demo"), url);
      ServiceHost host =
          ServiceHost.start(settings(plan, parts, demo, url), new String[0], SERVICES);
      var publication =
          plan.parts().registry() ? RegistryPublication.begin(parts.registryUrl()) : null;
      var platform = new Platform(parts, host, url, demo, publication);
      platform.awaitReady();
      return platform;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Map<String, Object> settings(
      Plan plan, RealParts parts, DemoCompanies demo, String url) {
    Map<String, Object> all = new TreeMap<>(demo.prepare());
    all.put("server.port", plan.port());
    all.put("local.url", url);
    all.put("platform.kafka.bootstrap-servers", parts.kafkaBootstrapServers());
    all.put("platform.kafka.partitions", plan.parts().partitions());
    all.put("platform.tokens.keys", demo.keys().toString());
    all.put("platform.tokens.create-missing", true);
    all.put("platform.http.allow-private", "127.0.0.1,localhost");
    all.put("ingest.accounts", demo.accounts().toString());
    all.put("intent.state-dir", plan.data().resolve("intent-stream").toString());
    all.put("crew.state-dir", plan.data().resolve("crew-workers").toString());
    all.put("knowledge.state-dir", plan.data().resolve("knowledge-stream").toString());
    if (plan.parts().mongo()) {
      all.put("ingest.timeline.mongo-uri", parts.mongoUri());
      all.put("knowledge.mongo-uri", parts.mongoUri());
    }
    if (plan.parts().redis()) {
      all.put("crew.budgets.redis", parts.redisUri());
    }
    List<String> connectors = connectors(plan.settings());
    for (int i = 0; i < connectors.size(); i++) {
      all.put("registry.connectors[%d].name".formatted(i), connectors.get(i));
      all.put("registry.connectors[%d].urls[0]".formatted(i), url + "/mcp/" + connectors.get(i));
    }
    all.put("logging.file.name", plan.data().resolve("log/mcp-crew.log").toString());
    all.put("logging.structured.format.file", "logstash");
    all.put("logging.threshold.console", "off");
    all.putAll(plan.settings());
    return all;
  }

  private static List<String> connectors(Map<String, ?> settings) {
    Object bindings = settings.get(BindingSettings.FOLDER);
    List<String> all = new ArrayList<>(List.of("odoo", "chatwoot"));
    ConnectorProvider.all().forEach(found -> all.add(found.name()));
    if (bindings != null) {
      all.addAll(BindingFiles.names(new BindingSettings(bindings.toString())));
    }
    return all;
  }

  /// A message can be answered when every service works and the workers know the companies' tools.
  private void awaitReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > deadline) {
        String waiting = notReady();
        close();
        throw new IllegalStateException(
            "not ready within %d s: %s".formatted(READY_WITHIN.toSeconds(), waiting));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        throw new IllegalStateException("interrupted while starting", e);
      }
    }
  }

  private boolean isReady() {
    return host.isReady() && host.services().stream().allMatch(Platform::knowsTools);
  }

  private static boolean knowsTools(Service service) {
    return !service.name().equals("crew-workers")
        || !"0".equals(service.health().details().get("tools"));
  }

  private String notReady() {
    return host.services().stream()
        .filter(s -> !s.health().isReady() || !knowsTools(s))
        .map(s -> s.name() + " " + s.health().details())
        .collect(Collectors.joining("; "));
  }

  /// Spares the first customer what a new process takes to load.
  void warmUp() {
    new WarmUp(url, host.bean(Tokens.class), host.bean(Clock.class))
        .run(DemoCompanies.ACCOUNTS.getFirst());
  }

  /// What other commands need to know of it.
  public Running running() {
    List<Running.PartPlace> places =
        parts.status().stream()
            .map(p ->
                new Running.PartPlace(
                    p.name(), p.address(), p.pid().orElse(-1), p.logFile().toString()))
            .toList();
    return new Running(
        ProcessHandle.current().pid(),
        url,
        keys().toString(),
        parts.kafkaBootstrapServers(),
        places);
  }

  public String url() {
    return url;
  }

  public RealParts parts() {
    return parts;
  }

  public List<Service> services() {
    return host.services();
  }

  Path keys() {
    return demo.keys();
  }

  @Override
  public void close() {
    if (publication != null) {
      publication.close();
    }
    host.close();
    parts.close();
  }
}
