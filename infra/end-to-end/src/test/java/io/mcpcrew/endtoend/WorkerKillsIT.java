package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.bench.BenchCompanies;
import io.mcpcrew.bench.Edge;
import io.mcpcrew.bench.PostOffice;
import io.mcpcrew.crew.CrewWorkerApplication;
import io.mcpcrew.ingest.IngestApplication;
import io.mcpcrew.intent.IntentStreamApplication;
import io.mcpcrew.mcp.McpConnectorsApplication;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Two workers, each in a process of its own, killed again and again while customers have their
/// complaints written down in Odoo: none is missing, none is there twice.
@Isolated
@Tag("slow")
@SuppressWarnings("NullAway.Init") // each test starts what it needs
class WorkerKillsIT {
  /// With a person although every tool is keyed, at most so many of a hundred.
  private static final int WITH_A_PERSON = 2;

  private static final Pattern MARK = Pattern.compile("caso-[0-9a-f]{8}-(\\d+)");

  @TempDir private Path folder;
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  /// The first conversation's. A real Odoo remembers the keys of runs before, and conversations
  /// make the keys.
  private final int first = 1_000 * ThreadLocalRandom.current().nextInt(1, 90_000);

  private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  private final List<ServiceProcess> workers = new ArrayList<>();
  private final Map<Integer, String> last = new ConcurrentHashMap<>();
  private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
  private RealParts parts;
  private PostOffice posts;
  private Edge edge;
  private ServiceHost simulator;
  private URI odoo;
  private String database;
  private String key;

  @Test
  @Timeout(400)
  void killed_workers_write_nothing_twice_and_forget_nothing() throws Exception {
    simulator =
        ServiceHost.start(
            Map.of(
                "server.port", Started.freePort(),
                "platform.tokens.keys", folder.resolve("keys"),
                "simulator.odoo.data-dir", folder.resolve("odoo"),
                "simulator.odoo.databases[0].name", "loja",
                "simulator.odoo.databases[0].api-key", "the-key"),
            new String[0],
            OdooSimulatorConfiguration.class);
    odoo = URI.create("http://127.0.0.1:" + simulator.port());
    database = "loja";
    key = "the-key";
    complaintsWhileWorkersAreKilled(300, Duration.ofMillis(60), 8);
  }

  @Test
  @Timeout(900)
  @EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
  void nor_in_a_real_odoo() throws Exception {
    odoo = URI.create(System.getenv("MCPCREW_ODOO_URL"));
    database = System.getenv("MCPCREW_ODOO_DATABASE");
    key = System.getenv("MCPCREW_ODOO_KEY");
    complaintsWhileWorkersAreKilled(400, Duration.ofMillis(300), 15);
  }

  /// @param pace between one customer and the next; one Odoo process does some twenty calls a
  ///   second
  private void complaintsWhileWorkersAreKilled(int complaints, Duration pace, int kills)
      throws Exception {
    start();
    var dice = new Random(kills);
    customers.submit(() -> begin(first)).get(20, TimeUnit.SECONDS);
    await("the first complaint is written down")
        .atMost(Duration.ofMinutes(1))
        .until(() -> isDone(first));
    var writing = customers.submit(() -> beginAll(complaints, pace));
    for (int kill = 0; kill < kills; kill++) {
      TimeUnit.MILLISECONDS.sleep(500 + dice.nextInt(3_000));
      ServiceProcess next = workers.get(kill % workers.size());
      next.kill();
      next.start();
      next.awaitReady();
    }
    writing.get(5, TimeUnit.MINUTES);
    await("everybody has heard the end")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(unanswered(complaints)).isEmpty());

    Map<Integer, Integer> written = written();
    assertThat(written.values()).as("times that a complaint is there").containsOnly(1);
    List<Integer> told = new ArrayList<>();
    last.forEach((number, reply) -> {
      if (reply.contains("Registrei")) {
        told.add(number);
      }
    });
    assertThat(written.keySet()).as("what was told is there").containsAll(told);
    assertThat(posts.answeredTwice()).isZero();
    System.out.printf(
        "%d complaints, %d kills: %d written and told, %d with a person%n",
        complaints, kills, told.size(), complaints - told.size());
    assertThat(complaints - told.size()).isLessThanOrEqualTo(complaints * WITH_A_PERSON / 100);
  }

  private void start() throws IOException {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts")).withRedis(false).withMongo(false),
            Progress.silent());
    posts = new PostOffice(this::replied);
    Path keyFile = folder.resolve("odoo-key");
    Files.writeString(keyFile, key);
    Path accounts =
        new BenchCompanies(folder.resolve("companies"))
            .write(odoo.toString(), database, posts.url(), keyFile);
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("platform.kafka.bootstrap-servers", parts.kafkaBootstrapServers());
    common.put("platform.tokens.keys", folder.resolve("keys"));
    common.put("platform.tokens.create-missing", true);
    common.put("platform.http.allow-private", "127.0.0.1");
    int ingest = Started.freePort();
    int connectors = Started.freePort();
    edge = new Edge("http://127.0.0.1:" + ingest);
    add("ingest", IngestApplication.class, ingest, common, Map.of("ingest.accounts", accounts));
    add(
        "intent-stream",
        IntentStreamApplication.class,
        Started.freePort(),
        common,
        Map.of("intent.state-dir", folder.resolve("intent")));
    add("mcp-connectors", McpConnectorsApplication.class, connectors, common, Map.of());
    add(
        "tool-registry",
        ToolRegistryApplication.class,
        Started.freePort(),
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
      workers.add(add(name, CrewWorkerApplication.class, Started.freePort(), common, Map.of()));
    }
    services.values().forEach(ServiceProcess::start);
    services.values().forEach(ServiceProcess::awaitReady);
  }

  private ServiceProcess add(
      String name, Class<?> main, int port, Map<String, Object> common, Map<String, Object> own) {
    Map<String, Object> settings = new LinkedHashMap<>(common);
    settings.putAll(own);
    var service = new ServiceProcess(name, main, port, settings, folder);
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

  private void begin(int number) {
    say(number, 1, "Quero fazer uma reclamação");
  }

  private void beginAll(int complaints, Duration pace) {
    for (int number = first + 1; number < first + complaints; number++) {
      begin(number);
      try {
        Thread.sleep(pace);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void say(int number, int place, String text) {
    if (!edge.say(number, 10 * number + place, text)) {
      last.put(number, "not accepted: " + text);
    }
  }

  /// What the customer says to a reply.
  private void replied(int conversation, String reply) {
    int number = conversation - 1;
    last.put(number, reply);
    if (reply.contains("Pode me contar")) {
      customers.execute(
          () -> say(number, 2, "O produto chegou quebrado, caso-%s-%d".formatted(run, number)));
    } else if (reply.contains("Posso registrar")) {
      customers.execute(() -> say(number, 3, "sim"));
    }
  }

  /// Told that it is written down, or that a person comes.
  private boolean isDone(int number) {
    String reply = last.getOrDefault(number, "");
    return reply.contains("Registrei") || reply.contains("pessoa");
  }

  private Map<Integer, String> unanswered(int complaints) {
    Map<Integer, String> open = new LinkedHashMap<>();
    for (int number = first; number < first + complaints && open.size() < 5; number++) {
      if (!isDone(number)) {
        open.put(number, last.getOrDefault(number, "nothing"));
      }
    }
    return open;
  }

  /// How many leads there are of each complaint.
  private Map<Integer, Integer> written() throws Exception {
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
