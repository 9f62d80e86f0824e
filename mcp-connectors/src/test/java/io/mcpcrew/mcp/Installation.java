package io.mcpcrew.mcp;

import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.mcp.chatwoot.ChatwootSettings;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.mcp.shell.Admission;
import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.mcp.shell.ConnectorSettings;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.runtime.audit.AuditTrail;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.host.Shortcuts;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorConfiguration;
import io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The connectors over real HTTP, with the simulated systems of two companies behind them and no
/// log: settings and audit are kept in memory.
@SuppressWarnings("NullAway") // a missing record fails the test, as it should
final class Installation implements AutoCloseable {
  static final AccountId LOJA = new AccountId("loja");
  static final AccountId CLINICA = new AccountId("clinica");

  /// What the user whose token the clinic has may do in Chatwoot.
  static final String CLINICAS_ROLE = "test.clinicas-role";

  static final AccountId WITHOUT_ODOO = new AccountId("sem-odoo");

  private final ServiceHost host;
  private final String url;
  private final Map<AccountId, Tenant> tenants;
  private final Audit audit;

  private Installation(ServiceHost host, String url, Map<AccountId, Tenant> tenants, Audit audit) {
    this.host = host;
    this.url = url;
    this.tenants = tenants;
    this.audit = audit;
  }

  static Installation start(Path folder, Map<String, Object> more) throws IOException {
    return start(folder, more, Wiring.class);
  }

  /// One after the other, as the wiring is told by way of its class.
  static synchronized Installation start(
      Path folder, Map<String, Object> more, Class<? extends Wiring> wiring) throws IOException {
    int port = FreePort.next();
    String url = "http://127.0.0.1:" + port;
    Files.writeString(folder.resolve("secret"), "s3cret");
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", port);
    settings.put("platform.tokens.keys", folder.resolve("keys").toString());
    settings.put("platform.tokens.create-missing", true);
    settings.put("platform.http.allow-private", "127.0.0.1");
    settings.put("simulator.odoo.data-dir", folder.resolve("odoo").toString());
    settings.put("simulator.odoo.databases[0].name", "loja");
    settings.put("simulator.odoo.databases[0].api-key", "key-of-loja");
    settings.put("simulator.odoo.databases[1].name", "clinica");
    settings.put("simulator.odoo.databases[1].api-key", "key-of-clinica");
    settings.putAll(more);
    Object role = more.getOrDefault(CLINICAS_ROLE, "administrator");
    settings.put("spring.config.additional-location", chatwoot(folder, role).toUri().toString());
    Map<AccountId, Tenant> tenants = new ConcurrentHashMap<>();
    for (AccountId account : List.of(LOJA, CLINICA)) {
      tenants.put(account, tenant(folder, url, account, true));
    }
    tenants.put(WITHOUT_ODOO, tenant(folder, url, WITHOUT_ODOO, false));
    var audit = new Audit();
    Wiring.tenants = tenants;
    Wiring.audit = audit;
    ServiceHost host =
        ServiceHost.start(
            settings,
            new String[0],
            OdooSimulatorConfiguration.class,
            ChatwootSimulatorConfiguration.class,
            wiring);
    return new Installation(host, url, tenants, audit);
  }

  /// The connectors as the module's configuration builds them, but for settings and audit.
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({
    ConnectorSettings.class,
    OdooSettings.class,
    ChatwootSettings.class,
    BindingSettings.class
  })
  static class Wiring {
    static Map<AccountId, Tenant> tenants = Map.of();
    static Audit audit = new Audit();

    @Bean(destroyMethod = "close")
    Connectors connectors(
        GuardedHttp http,
        Tokens tokens,
        Telemetry telemetry,
        ConnectorSettings settings,
        OdooSettings odoo,
        ChatwootSettings chatwoot,
        BindingSettings bindings,
        MeterRegistry meters,
        Backends backends) {
      return new Connectors(
          servers(http, tokens, telemetry, settings, odoo, chatwoot, bindings, meters, backends));
    }

    @Bean
    RouterFunction<ServerResponse> routes(Connectors connectors, Tokens tokens) {
      return connectors.routes();
    }

    List<ConnectorServer> servers(
        GuardedHttp http,
        Tokens tokens,
        Telemetry telemetry,
        ConnectorSettings settings,
        OdooSettings odoo,
        ChatwootSettings chatwoot,
        BindingSettings bindings,
        MeterRegistry meters,
        Backends backends) {
      Admission admission = admission(settings, meters, backends);
      return Connectors.all(http, odoo, chatwoot, bindings, InstantSource.system()).stream()
          .map(connector -> new ConnectorServer(connector, tokens, admission, telemetry, settings))
          .toList();
    }

    @Bean
    Shortcuts shortcuts(Connectors connectors) {
      return connectors.shortcuts();
    }

    @Bean
    Backends backends(ConnectorSettings settings, MeterRegistry meters) {
      return new Backends(settings, meters);
    }

    static Admission admission(
        ConnectorSettings settings, MeterRegistry meters, Backends backends) {
      Map<AccountId, Tenant> known = tenants;
      return new Admission(
          id -> Optional.ofNullable(known.get(id)), settings, audit, meters, backends);
    }
  }

  /// What was audited, in its order.
  static final class Audit implements AuditTrail {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void allowed(Grant actor, String action, String target) {
      lines.add("allowed %s %s %s".formatted(actor.account(), action, target));
    }

    @Override
    public void refused(Grant actor, String action, String target, String reason) {
      lines.add("refused %s %s %s".formatted(actor.account(), action, target));
    }
  }

  private static Tenant tenant(Path folder, String url, AccountId account, boolean odoo)
      throws IOException {
    Files.writeString(folder.resolve(account + ".key"), "key-of-" + account);
    String odooSettings =
        "{\"url\":\"%s\",\"database\":\"%s\",\"api_key\":\"file:%s\"}"
            .formatted(url, account, folder.resolve(account + ".key"));
    String secret = "file:" + folder.resolve("secret");
    String chatwoot =
        "{\"binding\":\"chatwoot\",\"url\":\"%s\",\"account\":%d,\"bot_token\":\"file:%s\",\"user_token\":\"file:%s\",\"webhook_secret\":\"%s\",\"bot_secret\":\"%s\"}"
            .formatted(
                url,
                account.equals(CLINICA) ? 2 : 1,
                token(folder, account, "bot"),
                token(folder, account, "user"),
                secret,
                secret);
    return TenantDocuments.parse(
        account,
        """
        {"name":"%s","language":"pt","timezone":"America/Sao_Paulo","autonomy":"ANSWER",
         "answer_within":"PT6H","chatwoot":%s,"odoo":%s,
         "gathering":{"gap":"PT0.1S","longest":"PT1S","most":5},"intents":[],"answers":[]}
        """
            .formatted(account, chatwoot, odoo ? odooSettings : "null"));
  }

  private static Path token(Path folder, AccountId account, String whose) throws IOException {
    Path file = folder.resolve(account + "." + whose);
    Files.writeString(file, account + "-" + whose);
    return file;
  }

  private static Path chatwoot(Path folder, Object role) throws IOException {
    Path file = folder.resolve("chatwoot.yaml");
    Files.writeString(
        file,
        """
        simulator:
          chatwoot:
            data-dir: "%s"
            limits: {requests-per-minute-per-ip: 0, contact-search-per-minute: 0}
            accounts:
              - number: 1
                slug: loja
                name: Loja
                user-token: loja-user
                bot: {id: 1, name: Bot, token: loja-bot}
                inboxes: [{id: 1, name: Site, channel: "Channel::WebWidget"}]
                agents:
                  - {id: 1, name: Marina, email: marina@example.com, role: administrator}
                  - {id: 3, name: Rafael, email: rafael@example.com, availability: busy}
                teams: [{id: 1, name: Vendas}]
                labels: [orcamento, entrega]
                canned-responses: [{short-code: horario, content: "Abrimos às 8h."}]
              - number: 2
                slug: clinica
                name: Clínica
                user-token: clinica-user
                bot: {id: 2, name: Bot, token: clinica-bot}
                inboxes: [{id: 2, name: Site, channel: "Channel::WebWidget"}]
                agents: [{id: 2, name: Helena, email: helena@example.com, role: %s}]
        """
            .formatted(folder.resolve("chatwoot"), role));
    return file;
  }

  <T> T bean(Class<T> type) {
    return host.bean(type);
  }

  String url() {
    return url;
  }

  List<String> audited() {
    return audit.lines;
  }

  String token(AccountId account, Role role) {
    return host.bean(Tokens.class)
        .sign(account, role, "a-test", Instant.now().plus(Duration.ofMinutes(5)));
  }

  /// The official client, connected to a connector as an account; `odoo/session` is with a session.
  McpSyncClient client(String connector, AccountId account) {
    return client(connector, account, _ -> {});
  }

  McpSyncClient client(
      String connector, AccountId account, Consumer<McpClient.SyncSpec> listeners) {
    String token = token(account, Role.TURN);
    var transport =
        HttpClientStreamableHttpTransport.builder(url)
            .endpoint("/mcp/" + connector)
            .openConnectionOnStartup(false)
            .addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.setHeader("Authorization", "Bearer " + token))
            .build();
    McpClient.SyncSpec specification =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(20))
            .initializationTimeout(Duration.ofSeconds(20));
    listeners.accept(specification);
    McpSyncClient client = specification.build();
    client.initialize();
    return client;
  }

  McpSchema.CallToolResult call(
      String connector, AccountId account, String tool, Map<String, Object> arguments) {
    try (McpSyncClient client = client(connector, account)) {
      Map<String, Object> all = new HashMap<>(arguments);
      all.putIfAbsent("account_id", account.value());
      return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(all).build());
    }
  }

  /// The names of the tools that an account is offered.
  List<String> tools(String connector, AccountId account) {
    try (McpSyncClient client = client(connector, account)) {
      return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    }
  }

  /// The records of a result that must be one.
  @SuppressWarnings("unchecked") // every tool's output schema says so
  static List<Map<String, Object>> records(McpSchema.CallToolResult result) {
    if (Boolean.TRUE.equals(result.isError())) {
      throw new AssertionError("an error instead of records: " + result.content());
    }
    return (List<Map<String, Object>>)
        ((Map<String, Object>) result.structuredContent()).get("records");
  }

  /// The answers of as many calls that begin at the same instant.
  static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
    var together = new CyclicBarrier(count);
    var answers = new ArrayList<Future<T>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        answers.add(
            threads.submit(() -> {
              together.await(20, TimeUnit.SECONDS);
              return call.call();
            }));
      }
    }
    var all = new ArrayList<T>();
    for (var answer : answers) {
      all.add(answer.get(60, TimeUnit.SECONDS));
    }
    return all;
  }

  static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().getFirst()).text();
  }

  /// The system behind an account is somewhere else from now on.
  void moveOdoo(AccountId account, String elsewhere, String database, Path key) {
    moveOdoo(account, new Tenant.Odoo(URI.create(elsewhere), database, new Secret("file:" + key)));
  }

  Tenant.Odoo odoo(AccountId account) {
    return tenants.get(account).document().odoo();
  }

  /// The same database and key at another address.
  void moveOdoo(AccountId account, URI elsewhere) {
    Tenant.Odoo before = odoo(account);
    moveOdoo(
        account,
        new Tenant.Odoo(
            elsewhere, before.database(), before.apiKey(), before.login(), before.protocol()));
  }

  /// The same Odoo, spoken to in another way.
  void speak(AccountId account, String login, String protocol) {
    Tenant.Odoo before = odoo(account);
    moveOdoo(
        account,
        new Tenant.Odoo(before.url(), before.database(), before.apiKey(), login, protocol));
  }

  private void moveOdoo(AccountId account, Tenant.Odoo odoo) {
    Tenant before = tenants.get(account);
    if (before == null || before.document().odoo() == null) {
      throw new IllegalArgumentException("no Odoo to move");
    }
    move(before, before.document().chatwoot(), odoo, before.document().systems());
  }

  Tenant.Chatwoot chatwoot(AccountId account) {
    return tenants.get(account).document().chatwoot();
  }

  /// The same account of Chatwoot at another address.
  void moveChatwoot(AccountId account, URI elsewhere) {
    Tenant.Chatwoot before = chatwoot(account);
    moveChatwoot(
        account,
        new Tenant.Chatwoot(
            before.binding(),
            elsewhere,
            before.account(),
            before.botToken(),
            before.userToken(),
            before.webhookSecret(),
            before.botSecret()));
  }

  void moveChatwoot(AccountId account, Tenant.Chatwoot chatwoot) {
    Tenant before = tenants.get(account);
    move(before, chatwoot, before.document().odoo(), before.document().systems());
  }

  /// A further system of the account is there from now on; its key is `key-of-` and the account.
  void link(AccountId account, String connector, URI url) {
    Tenant before = tenants.get(account);
    Map<String, Tenant.Link> systems = new HashMap<>(before.document().systems());
    systems.put(connector, new Tenant.Link(url, before.document().odoo().apiKey()));
    move(before, before.document().chatwoot(), before.document().odoo(), systems);
  }

  private void move(
      Tenant before, Tenant.Chatwoot chatwoot, Tenant.Odoo odoo, Map<String, Tenant.Link> systems) {
    Tenant.Document d = before.document();
    tenants.put(
        before.account(),
        new Tenant(
            before.account(),
            before.version() + "-moved",
            new Tenant.Document(
                d.name(),
                d.language(),
                d.timezone(),
                d.autonomy(),
                d.answerWithin(),
                chatwoot,
                odoo,
                d.gathering(),
                d.intents(),
                d.answers(),
                d.conduct(),
                systems)));
  }

  @Override
  public void close() {
    host.close();
  }
}
