package io.mcpcrew.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.topics.Topics;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The registry on a real broker, with a server of the official SDK, one of many pages, and one
/// that hangs.
@Timeout(60)
class ToolRegistryIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PARTITIONS = 2;
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  private static KafkaClients clients;
  private static Path keys;
  private static PagedServer paged;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    RealParts parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts")).withRedis(false).withMongo(false),
            Progress.silent());
    OPEN.push(parts);
    clients =
        new KafkaClients(new KafkaSettings(parts.kafkaBootstrapServers(), PARTITIONS, (short) 1));
    new TopicInstaller(clients.settings()).install();
    keys = folder.resolve("keys");
    for (String account : List.of("loja", "clinica", "outsider")) {
      settle(new AccountId(account));
    }
    paged = new PagedServer(0);
    OPEN.push(() -> paged.close());
    var hanging = new PagedServer(0);
    hanging.hangs = true;
    OPEN.push(hanging);
    int port = FreePort.next();
    OPEN.push(
        registry(
            port,
            Duration.ofMillis(200),
            Map.of(
                "hanging", hanging.url().toString(),
                "real", "http://127.0.0.1:" + port + "/mcp/real",
                "paged", paged.url().toString())));
    await().atMost(SOON).until(() -> all().size() >= 5);
  }

  private static ServiceHost registry(int port, Duration refresh, Map<String, String> connectors) {
    List<String> settings = new ArrayList<>();
    settings.add("--server.port=" + port);
    settings.add("--platform.kafka.bootstrap-servers=" + clients.settings().bootstrapServers());
    settings.add("--platform.kafka.partitions=" + PARTITIONS);
    settings.add("--platform.tokens.keys=" + keys);
    settings.add("--platform.tokens.create-missing=true");
    settings.add("--registry.refresh=" + refresh.toMillis() + "ms");
    settings.add("--registry.list-within=1s");
    int at = 0;
    for (var connector : connectors.entrySet()) {
      String place = "--registry.connectors[%d].".formatted(at++);
      settings.add(place + "name=" + connector.getKey());
      settings.add(place + "urls[0]=" + connector.getValue());
    }
    return ServiceHost.start(
        Map.of(),
        settings.toArray(String[]::new),
        RealServer.class,
        ToolRegistryConfiguration.class);
  }

  /// A server of the official SDK that shows each account what is its own.
  @Configuration(proxyBeanMethods = false)
  static class RealServer {
    @Bean
    RouterFunction<ServerResponse> real(Tokens tokens) {
      var transport =
          HttpServletStatelessServerTransport.builder()
              .messageEndpoint("/mcp/real")
              .contextExtractor(request ->
                  McpTransportContext.create(Map.of("account", request.getAttribute("account"))))
              .build();
      var _ =
          McpServer.sync(transport)
              .serverInfo("real", "1")
              .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
              .immediateExecution(true)
              .addToolFilter((context, tool) -> {
                String account = String.valueOf(context.get("account"));
                return (tool.name().equals("for_all") && !account.equals("outsider"))
                    || tool.name().equals("only_" + account);
              })
              .tools(Stream.of("for_all", "only_loja", "only_clinica").map(this::tool).toList())
              .build();
      return route()
          .POST(
              "/mcp/real",
              request -> {
                var grant = Bearer.of(request).flatMap(tokens::verify);
                if (grant.isEmpty()) {
                  return ServerResponse.status(401).build();
                }
                request.servletRequest().setAttribute("account", grant.get().account().value());
                return ServerResponse.ok()
                    .build((servletRequest, servletResponse) -> {
                      transport.service(servletRequest, servletResponse);
                      return null;
                    });
              })
          .build();
    }

    private SyncToolSpecification tool(String name) {
      var tool =
          McpSchema.Tool.builder(name, Map.of("type", "object"))
              .description("What " + name + " does")
              .meta(Map.of("crew/effect", "keyed", "crew/capability", "cap." + name))
              .build();
      return new SyncToolSpecification(
          tool, (_, _) -> McpSchema.CallToolResult.builder().addTextContent("").build());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Test
  void an_account_is_only_told_of_what_its_own_token_shows() {
    assertThat(names("loja", "real")).containsExactly("real__for_all", "real__only_loja");
    assertThat(names("clinica", "real")).containsExactly("real__for_all", "real__only_clinica");
    assertThat(of("loja", "real"))
        .allSatisfy(catalogue -> assertThat(catalogue.toString()).doesNotContain("clinica"));
  }

  @Test
  void an_account_that_is_shown_no_tool_has_no_catalogue() {
    assertThat(of("outsider", "real")).isEmpty();
  }

  @Test
  void what_the_server_says_of_a_tool_is_in_the_catalogue() {
    Tool tool = of("loja", "real").getLast().tools().getFirst();

    assertThat(tool.remoteName()).isEqualTo("for_all");
    assertThat(tool.capability()).isEqualTo("cap.for_all");
    assertThat(tool.effect()).isEqualTo(EffectClass.KEYED);
    assertThat(tool.description()).isEqualTo("What for_all does");
    assertThat(tool.pin()).hasSize(64);
  }

  @Test
  void a_server_that_hangs_has_no_catalogue_and_holds_up_no_other() {
    int asked = paged.asked.get();

    // Each round takes the hanging server's second and little more.
    await().atMost(Duration.ofSeconds(10)).until(() -> paged.asked.get() >= asked + 2 * 3 * 3);
    assertThat(all()).noneMatch(catalogue -> catalogue.connector().equals("hanging"));
  }

  @Test
  void an_account_that_is_new_has_its_tools_long_before_the_next_round() throws IOException {
    Map<String, String> late = Map.of("late", paged.url().toString());
    OPEN.push(registry(FreePort.next(), Duration.ofHours(1), late));
    await().atMost(SOON).until(() -> of("outsider", "late").size() == 1);

    settle(new AccountId("nova"));
    settle(new AccountId("novata"));

    await()
        .atMost(SOON)
        .until(() -> of("nova", "late").size() == 1 && of("novata", "late").size() == 1);
  }

  @Test
  void rounds_that_find_nothing_new_publish_nothing() {
    int before = of("clinica", "real").size();
    int asked = paged.asked.get();

    await().atMost(SOON).until(() -> paged.asked.get() >= asked + 2 * 3 * 3);

    assertThat(of("clinica", "real")).hasSize(before).hasSize(1);
  }

  @Test
  void a_server_that_goes_is_stale_once_and_fresh_once_when_it_is_back() throws Exception {
    assertThat(names("loja", "paged"))
        .containsExactly("paged__tool_0", "paged__tool_1", "paged__tool_2");
    int published = of("loja", "paged").size();
    int port = paged.port();

    paged.close();
    await().atMost(SOON).until(() -> of("loja", "paged").getLast().stale());
    assertThat(names("loja", "paged")).hasSize(3);
    Thread.sleep(1_500);
    assertThat(of("loja", "paged")).hasSize(published + 1);

    paged = new PagedServer(port);
    await().atMost(SOON).until(() -> !of("loja", "paged").getLast().stale());
    assertThat(names("loja", "paged")).hasSize(3);
    assertThat(of("loja", "paged")).hasSize(published + 2);
  }

  private static void settle(AccountId account) {
    String json =
        """
        {"name":"%s","language":"pt","timezone":"America/Sao_Paulo","autonomy":"ANSWER",
         "answer_within":"PT6H","chatwoot":null,"odoo":null,
         "gathering":{"gap":"PT0.1S","longest":"PT1S","most":5},"intents":[],"answers":[]}
        """
            .formatted(account);
    Tenant tenant = TenantDocuments.parse(account, json);
    try (var writer = new TopicWriter<>(clients, Topics.TENANTS, "test")) {
      writer
          .write(
              account + "/" + tenant.version(),
              "1",
              TenantDocuments.version(tenant, json, "test", Instant.now()))
          .join();
      writer
          .write(account + "/current", "2", TenantDocuments.pointer(tenant, "test", Instant.now()))
          .join();
    }
  }

  private static List<String> names(String account, String connector) {
    return of(account, connector).getLast().tools().stream().map(Tool::name).toList();
  }

  /// All that was ever published for an account of a connector, in its order.
  private static List<ToolCatalogue> of(String account, String connector) {
    return all().stream()
        .filter(c -> c.account().value().equals(account) && c.connector().equals(connector))
        .toList();
  }

  private static List<ToolCatalogue> all() {
    List<ToolCatalogue> found = new ArrayList<>();
    try (var consumer = clients.looseConsumer("test-reader")) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < PARTITIONS; i++) {
        partitions.add(new TopicPartition(Topics.TOOLS.name(), i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(entry -> found.add(Topics.TOOLS.serde().fromBytes(entry.value(), null)));
      }
    }
    return found;
  }
}
