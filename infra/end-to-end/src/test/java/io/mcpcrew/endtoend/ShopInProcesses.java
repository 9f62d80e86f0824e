package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.bench.BenchCompanies;
import io.mcpcrew.bench.Edge;
import io.mcpcrew.bench.PostOffice;
import io.mcpcrew.bench.ServiceProcess;
import io.mcpcrew.crew.CrewWorkerApplication;
import io.mcpcrew.ingest.IngestApplication;
import io.mcpcrew.intent.IntentStreamApplication;
import io.mcpcrew.mcp.McpConnectorsApplication;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.parts.Sizing;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration;
import io.mcpcrew.tools.ToolRegistryApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A shop with two workers, each service in a process of its own, so that each can be killed; its
/// customers and people write at the edge, and what they read is heard.
@SuppressWarnings("NullAway.Init") // each test starts what it needs
abstract class ShopInProcesses implements PostOffice.Listener {
  private static final Pattern MARK = Pattern.compile("caso-[0-9a-f]{8}-(\\d+)");

  private static final int CONNECTORS = 2;

  /// What services have logged is there to be read when a test fails.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  final String run = UUID.randomUUID().toString().substring(0, 8);

  /// The first conversation's. A real Odoo remembers the keys of runs before, and conversations
  /// make the keys.
  final int first = 10_000 * ThreadLocalRandom.current().nextInt(1, 9_000);

  final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  final List<ServiceProcess> workers = new ArrayList<>();
  final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
  RealParts parts;
  PostOffice posts;
  Edge edge;
  ServiceHost simulator;
  URI odoo;
  String database;
  String key;

  /// The shop's Odoo is a simulator in this process.
  void simulatedOdoo() throws IOException {
    simulator =
        ServiceHost.start(
            Map.of(
                "server.port", FreePort.next(),
                "platform.tokens.keys", folder.resolve("keys"),
                "simulator.odoo.data-dir", folder.resolve("odoo"),
                "simulator.odoo.databases[0].name", "loja",
                "simulator.odoo.databases[0].api-key", "the-key"),
            new String[0],
            OdooSimulatorConfiguration.class);
    odoo = URI.create("http://127.0.0.1:" + simulator.port());
    database = "loja";
    key = "the-key";
  }

  /// @param different fields of the accounts' settings that are not the usual ones
  void start(Map<String, Object> different) throws IOException {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts"))
                .withRedis(false)
                .withMongo(false)
                .withSizing(Sizing.LAPTOP),
            Progress.silent());
    posts = new PostOffice(this);
    Path keyFile = folder.resolve("odoo-key");
    Files.writeString(keyFile, key);
    Path accounts =
        new BenchCompanies(folder.resolve("companies"), different)
            .write(odoo.toString(), database, posts.url(), keyFile);
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("platform.kafka.bootstrap-servers", parts.kafkaBootstrapServers());
    common.put("platform.tokens.keys", folder.resolve("keys"));
    common.put("platform.tokens.create-missing", true);
    common.put("platform.http.allow-private", "127.0.0.1");
    int ingest = FreePort.next();
    int connectors = FreePort.next();
    edge = new Edge("http://127.0.0.1:" + ingest);
    add("ingest", IngestApplication.class, ingest, common, Map.of("ingest.accounts", accounts));
    add(
        "intent-stream",
        IntentStreamApplication.class,
        FreePort.next(),
        common,
        Map.of("intent.state-dir", folder.resolve("intent")));
    add("mcp-connectors", McpConnectorsApplication.class, connectors, common, Map.of());
    add(
        "tool-registry",
        ToolRegistryApplication.class,
        FreePort.next(),
        common,
        Map.of(
            "registry.connectors[0].name",
            "odoo",
            "registry.connectors[0].urls[0]",
            "http://127.0.0.1:" + connectors + "/mcp/odoo",
            "registry.connectors[1].name",
            "chatwoot",
            "registry.connectors[1].urls[0]",
            "http://127.0.0.1:" + connectors + "/mcp/chatwoot"));
    for (String name : List.of("worker-one", "worker-two")) {
      workers.add(
          add(
              name,
              CrewWorkerApplication.class,
              FreePort.next(),
              common,
              Map.of("platform.kafka.instance", name, "crew.state-dir", folder.resolve(name))));
    }
    services.values().forEach(ServiceProcess::start);
    services.values().forEach(ServiceProcess::awaitReady);
    // Whoever writes before an account has its tools is told of a person, as is right.
    await("every account has its tools")
        .atMost(Duration.ofSeconds(30))
        .until(() -> catalogues().size() >= accounts(accounts) * CONNECTORS);
  }

  private static int accounts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Math.toIntExact(files.count());
    }
  }

  private Set<String> catalogues() {
    Set<String> found = new HashSet<>();
    var settings = new KafkaSettings(parts.kafkaBootstrapServers(), 1, (short) 1);
    try (var log = new LogReader(settings, "catalogues")) {
      for (int partition = 0; partition < log.partitions(Topics.TOOLS); partition++) {
        log.scan(Topics.TOOLS, partition, entry -> found.add(entry.key()));
      }
    }
    return found;
  }

  private ServiceProcess add(
      String name, Class<?> main, int port, Map<String, Object> common, Map<String, Object> own) {
    Map<String, Object> settings = new LinkedHashMap<>(common);
    settings.putAll(own);
    var service =
        main == CrewWorkerApplication.class
            ? Started.service(name, main, port, settings, folder)
            : Started.lasting(name, main, port, settings, folder);
    services.put(name, service);
    return service;
  }

  @AfterEach
  void stop() throws Exception {
    customers.shutdownNow();
    services.values().forEach(ServiceProcess::close);
    for (AutoCloseable each : new AutoCloseable[] {edge, posts, parts, simulator}) {
      if (each != null) {
        each.close();
      }
    }
  }

  /// How many leads there are of each complaint.
  Map<Integer, Integer> written() throws Exception {
    String body =
        """
        {"domain": [["description", "ilike", "caso-%s"]], "fields": ["description"], "limit": 5000}\
        """
            .formatted(run);
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(odoo.resolve("/json/2/crm.lead/search_read"))
              .header("Authorization", "Bearer " + key)
              .header("X-Odoo-Database", database)
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Map<Integer, Integer> times = new LinkedHashMap<>();
      Matcher found = MARK.matcher(answer.body());
      while (found.find()) {
        times.merge(Integer.parseInt(found.group(1)), 1, Integer::sum);
      }
      return times;
    }
  }
}
