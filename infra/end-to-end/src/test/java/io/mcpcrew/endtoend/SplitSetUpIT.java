package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mcpcrew.bench.BenchCompanies;
import io.mcpcrew.bench.Edge;
import io.mcpcrew.bench.PostOffice;
import io.mcpcrew.bench.ServiceProcess;
import io.mcpcrew.crew.CrewWorkerApplication;
import io.mcpcrew.ingest.IngestApplication;
import io.mcpcrew.intent.IntentStreamApplication;
import io.mcpcrew.knowledge.KnowledgeStreamApplication;
import io.mcpcrew.mcp.McpConnectorsApplication;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.tokens.AccountKeys;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.TokenSettings;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration;
import io.mcpcrew.tools.ToolRegistryApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each service in a process of its own; any one of them is killed while customers write, and
/// started again. Alone on the machine: it asserts how soon a customer hears something.
@Isolated
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitSetUpIT {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ScheduledExecutorService customers = new ScheduledThreadPoolExecutor(4);
  private Path keys;
  private int ingestPort;
  private RealParts parts;
  private ServiceHost odoo;
  private PostOffice posts;
  private Edge edge;

  @BeforeAll
  @Timeout(240)
  void start(@TempDir Path folder) throws IOException {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts")).withRedis(false), Progress.silent());
    posts = new PostOffice();
    odoo = odoo(folder);
    Path key = folder.resolve("odoo-key");
    Files.writeString(key, "the-key");
    Path accounts =
        new BenchCompanies(folder.resolve("companies"))
            .write("http://127.0.0.1:" + odoo.port(), posts.url(), key);
    keys = folder.resolve("keys");
    declare(folder, accounts);
    services.values().forEach(ServiceProcess::start);
    services.values().forEach(ServiceProcess::awaitReady);
    // Every customer of the first seconds must find the tools in the workers' catalogue.
    Awaitility.await("the first message is answered").atMost(A_MINUTE).until(this::firstIsAnswered);
    var _ = customers.scheduleAtFixedRate(this::write, 0, 200, TimeUnit.MILLISECONDS);
  }

  private static ServiceHost odoo(Path folder) throws IOException {
    return ServiceHost.start(
        Map.of(
            "server.port", FreePort.next(),
            "platform.tokens.keys", folder.resolve("keys"),
            "simulator.odoo.data-dir", folder.resolve("odoo"),
            "simulator.odoo.databases[0].name", "loja",
            "simulator.odoo.databases[0].api-key", "the-key"),
        new String[0],
        OdooSimulatorConfiguration.class);
  }

  private void declare(Path folder, Path accounts) throws IOException {
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("platform.kafka.bootstrap-servers", parts.kafkaBootstrapServers());
    common.put("platform.tokens.keys", folder.resolve("keys"));
    common.put("platform.tokens.create-missing", true);
    common.put("platform.http.allow-private", "127.0.0.1");
    int connectors = FreePort.next();
    declare(
        folder,
        "ingest",
        IngestApplication.class,
        FreePort.next(),
        common,
        Map.of("ingest.accounts", accounts, "ingest.timeline.mongo-uri", parts.mongoUri()));
    declare(
        folder,
        "intent-stream",
        IntentStreamApplication.class,
        FreePort.next(),
        common,
        Map.of("intent.state-dir", folder.resolve("intent")));
    declare(folder, "mcp-connectors", McpConnectorsApplication.class, connectors, common, Map.of());
    declare(
        folder,
        "tool-registry",
        ToolRegistryApplication.class,
        FreePort.next(),
        common,
        Map.of(
            "registry.connectors[0].name",
            "odoo",
            "registry.connectors[0].urls[0]",
            "http://127.0.0.1:" + connectors + "/mcp/odoo"));
    declare(
        folder,
        "knowledge-stream",
        KnowledgeStreamApplication.class,
        FreePort.next(),
        common,
        Map.of(
            "knowledge.state-dir", folder.resolve("knowledge"),
            "knowledge.mongo-uri", parts.mongoUri()));
    declare(folder, "crew-workers", CrewWorkerApplication.class, FreePort.next(), common, Map.of());
  }

  private void declare(
      Path folder,
      String name,
      Class<?> main,
      int port,
      Map<String, Object> common,
      Map<String, Object> own) {
    Map<String, Object> settings = new LinkedHashMap<>(common);
    settings.putAll(own);
    services.put(name, Started.service(name, main, port, settings, folder));
    if (name.equals("ingest")) {
      ingestPort = port;
      edge = new Edge("http://127.0.0.1:" + port);
    }
  }

  private boolean firstIsAnswered() {
    if (accepted.isEmpty()) {
      write();
    }
    return posts.answered() > 0;
  }

  private void write() {
    int number = numbers.getAndIncrement();
    if (edge.ask(number)) {
      accepted.add(number + 1);
    }
  }

  @AfterAll
  void stop() {
    customers.shutdownNow();
    services.values().forEach(ServiceProcess::close);
    for (AutoCloseable each : new AutoCloseable[] {edge, odoo, posts, parts}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crew-workers",
        "intent-stream",
        "ingest",
        "mcp-connectors",
        "tool-registry",
        "knowledge-stream"
      })
  @Timeout(200)
  void a_killed_service_costs_nobody_an_answer_and_nobody_gets_two(String name)
      throws InterruptedException {
    ServiceProcess service = services.get(name);
    TimeUnit.SECONDS.sleep(3);

    service.kill();
    TimeUnit.SECONDS.sleep(3);
    service.start();
    service.awaitReady();
    Set<Integer> until = Set.copyOf(accepted);

    awaitAnswers(until);
    assertThat(posts.answeredTwice()).isZero();
  }

  /// Fails with the ways of those that have none.
  private void awaitAnswers(Set<Integer> until) throws InterruptedException {
    long deadline = System.nanoTime() + A_MINUTE.toNanos();
    while (true) {
      List<Integer> open =
          until.stream().filter(conversation -> posts.answeredAt(conversation) == 0).toList();
      if (open.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        fail(
            "%d of %d accepted messages have no answer after a minute, e.g.%n%s",
            open.size(),
            until.size(),
            open.stream().sorted().limit(3).map(this::way).collect(Collectors.joining("\n")));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private String way(int conversation) {
    var account = new AccountId(BenchCompanies.account(conversation - 1));
    String token =
        new Tokens(new AccountKeys(new TokenSettings(keys, false)), Clock.systemUTC())
            .sign(account, Role.AGENT, "a-test", Instant.now().plusSeconds(60));
    String url =
        "http://127.0.0.1:%d/why/%s/chatwoot-%d".formatted(ingestPort, account, conversation);
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer " + token)
              .build();
      return url + " " + http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      return url + " " + e;
    }
  }
}
