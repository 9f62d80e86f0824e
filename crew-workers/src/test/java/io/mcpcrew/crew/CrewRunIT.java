package io.mcpcrew.crew;

import static io.mcpcrew.crew.Shop.CLINICA;
import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.claim.Cancellations;
import io.mcpcrew.crew.claim.Cancelled;
import io.mcpcrew.crew.claim.Leases;
import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.claim.WorkLog;
import io.mcpcrew.crew.crews.CrewFiles;
import io.mcpcrew.crew.model.Models;
import io.mcpcrew.crew.model.ModelsSettings;
import io.mcpcrew.crew.model.Spending;
import io.mcpcrew.crew.model.TestModels;
import io.mcpcrew.crew.protocol.EarlierAttempts;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.McpCalls;
import io.mcpcrew.crew.tools.ToolView;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.telemetry.TelemetrySettings;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ControlKind;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker and its tools on a real broker, with an MCP server of the test behind them.
@Timeout(60)
class CrewRunIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final AtomicLong CONVERSATIONS = new AtomicLong();

  private static final Telemetry telemetry = Telemetry.open(new TelemetrySettings(null));
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static TestLog log;
  private static FakeMcp ours;
  private static FakeMcp theirs;
  private static CrewWorkerService worker;
  private static ToolView view;
  private static McpCalls calls;
  private static final GuardedHttp http = TestModels.http();
  private static WorkLog work;
  private static Cancellations cancellations;
  private static Tenant loja;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    log = TestLog.start(folder);
    ours = new FakeMcp();
    theirs = new FakeMcp();
    loja = log.settle(LOJA, Shop.document(LOJA, "null"));
    log.settle(CLINICA, Shop.document(CLINICA, "null"));
    offer(LOJA, "odoo", ours, true, "catalog.find", EffectClass.READ);
    offer(LOJA, "ours-keyed", ours, true, "order.create", EffectClass.KEYED);
    offer(LOJA, "theirs", theirs, false, "weather.tell", EffectClass.READ);
    offer(LOJA, "theirs-blind", theirs, false, "mail.send", EffectClass.BLIND);
    offer(LOJA, "strange", ours, true, "what.is.it", EffectClass.UNKNOWN);
    offer(CLINICA, "odoo", ours, true, "appointment.find", EffectClass.READ);
    view = new ToolView(log.clients(), "test");
    view.start();
    calls = new McpCalls(100);
    work = new WorkLog(log.clients(), Clock.systemUTC(), "test");
    cancellations = new Cancellations(log.clients(), "test");
    cancellations.start();
    worker =
        new CrewWorkerService(
            new CrewSettings(
                500,
                10,
                100,
                Duration.ofSeconds(6),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                ""),
            CrewFiles.NONE,
            new Models(ModelsSettings.none(), http, new SimpleMeterRegistry(), Random::new),
            new Spending(ModelsSettings.none().budgets()),
            log.clients(),
            telemetry,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            "worker");
    worker.start();
    await().atMost(SOON).until(() -> worker.health().isReady() && view.size() == 6);
  }

  private static void offer(
      AccountId account,
      String connector,
      FakeMcp server,
      boolean isOurs,
      String capability,
      EffectClass effect) {
    log.write(
        Topics.TOOLS,
        account + "/" + connector,
        Shop.catalogue(
            account,
            connector,
            server.url(),
            isOurs,
            Shop.tool(capability.replace('.', '_'), capability, effect),
            Shop.tool("without_capability", null, effect)));
  }

  @AfterAll
  static void stop() {
    worker.close();
    http.close();
    cancellations.close();
    calls.close();
    work.close();
    view.close();
    ours.close();
    theirs.close();
    log.close();
  }

  @BeforeEach
  void forget() {
    ours.forget();
    theirs.forget();
    ours.findsRecords();
    theirs.findsRecords();
  }

  @Test
  void an_account_never_finds_anothers_tools() {
    assertThat(view.find(LOJA, "catalog.find")).isPresent();
    assertThat(view.find(CLINICA, "catalog.find")).isEmpty();
    assertThat(view.find(CLINICA, "appointment.find")).isPresent();
    assertThat(view.find(LOJA, "appointment.find")).isEmpty();
    assertThat(view.find(new AccountId("loj"), "catalog.find")).isEmpty();

    assertThat(tools(next(CLINICA), 1).call("p/1/1", "catalog.find", Map.of()))
        .isInstanceOf(Answered.Failed.class);
    assertThat(ours.calls()).isEmpty();
  }

  @Test
  void a_catalogue_that_is_withdrawn_is_no_longer_found() {
    AccountId passing = new AccountId("passing");
    offer(passing, "odoo", ours, true, "catalog.find", EffectClass.READ);
    await().atMost(SOON).until(() -> view.find(passing, "catalog.find").isPresent());

    log.write(Topics.TOOLS, "passing/odoo", Shop.catalogue(passing, "odoo", ours.url(), true));

    await().atMost(SOON).until(() -> view.find(passing, "catalog.find").isEmpty());
    assertThat(view.find(LOJA, "catalog.find")).isPresent();
  }

  @Test
  void our_connectors_are_told_the_turns_account_whatever_was_asked_and_get_its_token() {
    tools(next(LOJA), 1)
        .call("p/1/1", "catalog.find", Map.of("query", "furadeira", "account_id", "clinica"));

    assertThat(ours.calls()).hasSize(1);
    FakeMcp.Call call = ours.calls().getFirst();
    assertThat(call.arguments().path("account_id").asString("")).isEqualTo("loja");
    assertThat(call.arguments().path("query").asString("")).isEqualTo("furadeira");
    assertThat(call.arguments().has("idempotency_key")).isFalse();
    assertThat(call.authorization()).isEqualTo("Bearer token-of-loja");
    assertThat(call.tool()).isEqualTo("catalog_find");
  }

  @Test
  void a_write_of_a_paused_account_waits_for_the_end_of_the_pause_and_reads_go_on()
      throws Exception {
    TurnId turn = next(LOJA);
    var paused = new AtomicBoolean(true);
    TurnTools tools = tools(turn, 1, paused::get);
    assertThat(tools.read("p/1/0", "catalog.find", Map.of())).isInstanceOf(Answered.Result.class);
    ours.forget();

    var writing = new FutureTask<>(() -> tools.call("p/1/1", "order.create", Map.of()));
    Thread.ofVirtual().start(writing);
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(() -> ours.calls().isEmpty() && !writing.isDone());
    assertThat(said(turn)).noneMatch(Announced.class::isInstance);
    paused.set(false);

    assertThat(writing.get(20, TimeUnit.SECONDS)).isInstanceOf(Answered.Result.class);
    assertThat(ours.calls()).hasSize(1);
  }

  @Test
  void a_write_of_ours_is_announced_and_carries_a_key_that_every_attempt_would_have() {
    TurnTools tools = tools(next(LOJA), 1);
    tools.call("orders/1/1", "order.create", Map.of());

    String key = ours.calls().getFirst().arguments().path("idempotency_key").asString("");
    assertThat(key).endsWith("#1/orders/1/1").startsWith("loja/");
    TurnId turn = TurnId.parse(key.replace("/orders/1/1", ""));
    await().atMost(SOON).until(() -> said(turn).getLast() instanceof Step);
    List<WorkEvent> said = said(turn);
    assertThat(said.getFirst()).isInstanceOf(Announced.class);
    assertThat(((Announced) said.getFirst()).idempotencyKey()).isEqualTo(key);
  }

  @Test
  void a_server_that_is_not_ours_learns_neither_account_nor_key() {
    TurnTools tools = tools(next(LOJA), 1);
    tools.call("p/1/1", "weather.tell", Map.of("city", "Natal"));
    tools.call("p/1/2", "mail.send", Map.of("city", "Natal"));

    assertThat(theirs.calls()).hasSize(2);
    assertThat(theirs.calls())
        .allSatisfy(
            call -> assertThat(call.arguments().toString()).isEqualTo("{\"city\":\"Natal\"}"));
  }

  @Test
  void an_attempt_that_nobody_waits_for_calls_nothing_more() {
    TurnId turn = next(LOJA);
    TurnTools tools = tools(turn, 1);
    tools.call("p/1/1", "catalog.find", Map.of());
    ours.forget();
    var cancel = new Control(LOJA, turn, 1, ControlKind.CANCEL, "a person wrote", Shop.NOON);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          // Said again until somebody listens: advice from before is not read.
          log.write(Topics.CONTROL, turn.conversation().toString(), cancel);
          return isCancelled(tools);
        });
    ours.forget();

    assertThat(isCancelled(tools)).isTrue();
    assertThat(ours.calls()).isEmpty();
    assertThat(tools(turn, 2).call("p/1/1", "catalog.find", Map.of()))
        .as("the attempt after it goes on")
        .isInstanceOf(Answered.Result.class);
  }

  private static boolean isCancelled(TurnTools tools) {
    try {
      tools.call("p/1/2", "catalog.find", Map.of());
      return false;
    } catch (Cancelled e) {
      return true;
    }
  }

  @Test
  void what_an_attempt_before_has_read_is_not_read_again() {
    TurnId turn = next(LOJA);
    tools(turn, 1).call("p/1/1", "catalog.find", Map.of());
    await().atMost(SOON).until(() -> said(turn).size() == 1);
    ours.forget();

    Answered again = tools(turn, 2, said(turn).getFirst()).call("p/1/1", "catalog.find", Map.of());

    assertThat(again).isInstanceOf(Answered.Result.class);
    assertThat(ours.calls()).isEmpty();
  }

  @Test
  void a_keyed_write_that_may_have_happened_is_called_again_with_the_same_key() {
    TurnId turn = next(LOJA);
    tools(turn, 2, announced(turn, "order.create", EffectClass.KEYED))
        .call("p/1/1", "order.create", Map.of());

    assertThat(ours.calls()).hasSize(1);
    assertThat(ours.calls().getFirst().arguments().path("idempotency_key").asString(""))
        .isEqualTo(turn + "/p/1/1");
  }

  @Test
  void a_blind_write_that_may_have_happened_is_left_to_a_person() {
    TurnId turn = next(LOJA);
    Answered answer =
        tools(turn, 2, announced(turn, "mail.send", EffectClass.BLIND))
            .call("p/1/1", "mail.send", Map.of());

    assertThat(answer).isInstanceOf(Answered.Failed.class);
    assertThat(theirs.calls()).isEmpty();
  }

  @Test
  void a_write_that_comes_back_with_other_arguments_is_left_to_a_person() {
    TurnId turn = next(LOJA);
    Answered answer =
        tools(turn, 2, announced(turn, "order.create", EffectClass.KEYED))
            .call("p/1/1", "order.create", Map.of("quantity", 2));

    assertThat(answer).isInstanceOf(Answered.Failed.class);
    assertThat(ours.calls()).isEmpty();
  }

  @Test
  void without_a_lease_that_is_long_enough_no_write_leaves() {
    TurnId turn = Shop.id(LOJA, "chatwoot-" + (900 + CONVERSATIONS.incrementAndGet()), 1);
    var never =
        new TurnJournal(
            work,
            Leases.lost(),
            Clock.systemUTC(),
            "w",
            turn,
            1,
            new EarlierAttempts(turn),
            cancellations);
    var tools =
        new TurnTools(
            Shop.turn(turn, 1, "pt"),
            new McpCalls.Caller("t", ""),
            view,
            calls,
            never,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            () -> false);

    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> tools.call("p/1/1", "order.create", Map.of()))
        .withMessageContaining("lease");
    assertThat(ours.calls()).isEmpty();
  }

  @Test
  void a_turn_is_answered_from_beginning_to_end_and_what_it_learnt_is_told() {
    ours.findsRecords(Shop.product("Furadeira", 349.9, 12));
    TurnId turn = take(Shop.task("product.info", "product", "furadeira"));

    Concluded end = concluded(turn);

    assertThat(end.outcome()).isEqualTo(OutcomeKind.REPLY);
    assertThat(end.reply())
        .containsExactly(
            Content.of(
                "Furadeira custa R$ 349,90 e temos 12 em estoque. Quer que eu faça um orçamento? Se sim, quantas unidades?"));
    assertThat(said(turn))
        // The first turn of a fresh process may be so slow that the customer is told of it.
        .filteredOn(event -> !(event instanceof Step step && step.isHolding()))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Claimed", "Step", "Step", "Concluded");
    assertThat(ours.calls())
        .as("the tool's call belongs to the message's trace")
        .allSatisfy(call -> assertThat(call.traceparent()).startsWith("00-" + TRACE + "-"))
        .isNotEmpty();
    await()
        .atMost(SOON)
        .until(() ->
            log.read(Topics.OBSERVED).stream()
                .filter(o -> o.account().equals(LOJA))
                .map(Observation::fields)
                .anyMatch(f -> "349.9".equals(f.get("price"))));
  }

  @Test
  void two_wishes_are_answered_in_the_order_in_which_they_were_asked() {
    ours.findsRecords();
    TurnId turn = take(Shop.task("company.hours"), Shop.task("product.info", "product", "serrote"));

    assertThat(concluded(turn).reply())
        .extracting(Content::readable)
        .satisfiesExactly(
            first -> assertThat(first).contains("8h"),
            second -> assertThat(second).contains("serrote"));
  }

  @Test
  void what_one_tool_declines_hands_the_whole_over_with_what_was_found() {
    ours.declines("odoo is down");
    TurnId turn = take(Shop.task("company.hours"), Shop.task("product.info", "product", "serrote"));

    Concluded end = concluded(turn);

    assertThat(end.outcome()).isEqualTo(OutcomeKind.HANDOVER);
    assertThat(end.reason()).isEqualTo("odoo is down");
    assertThat(end.reply())
        .singleElement()
        .extracting(Content::readable)
        .isEqualTo(
            "Abrimos das 8h às 18h.\n\nSobre serrote: isso eu não consegui ver agora.\n\n"
                + "Vou chamar uma pessoa da equipe para continuar com você.");
  }

  @Test
  void a_turn_that_takes_long_asks_once_for_a_line_that_says_what_is_being_done() {
    var held = new CountDownLatch(1);
    ours.holdBack(held);
    TurnId turn = take(Shop.task("product.info", "product", "furadeira"));

    await().atMost(SOON).until(() -> holding(turn).size() == 1);
    held.countDown();
    concluded(turn);

    assertThat(holding(turn))
        .extracting(step -> Objects.requireNonNull(step.result()).readable())
        .containsExactly("Estou consultando o estoque, um momento.");
  }

  private static List<Step> holding(TurnId turn) {
    return said(turn).stream()
        .filter(Step.class::isInstance)
        .map(Step.class::cast)
        .filter(Step::isHolding)
        .toList();
  }

  @Test
  void a_turn_with_settings_that_are_not_known_fails_and_can_be_taken_again() {
    TurnId turn = next(LOJA);
    log.write(
        Topics.TURNS,
        turn.conversation().toString(),
        Shop.turn(turn, 1, "pt", "no-such-version", List.of(), Shop.task("greeting")));

    assertThat(concluded(turn).outcome()).isEqualTo(OutcomeKind.FAILED);
  }

  private static TurnId next(AccountId account) {
    return Shop.id(account, "chatwoot-" + CONVERSATIONS.incrementAndGet(), 1);
  }

  private static TurnId take(Task... tasks) {
    TurnId turn = next(LOJA);
    log.write(
        Topics.TURNS,
        turn.conversation().toString(),
        Topics.TURNS.serde().toBytes(Shop.turn(turn, 1, "pt", loja.version(), List.of(), tasks)),
        Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
    return turn;
  }

  private static Concluded concluded(TurnId turn) {
    await().atMost(SOON).until(() -> said(turn).stream().anyMatch(Concluded.class::isInstance));
    return (Concluded) said(turn).getLast();
  }

  private static List<WorkEvent> said(TurnId turn) {
    return log.read(Topics.WORK).stream()
        .map(Work::event)
        .filter(event -> Shop.isOf(event, turn))
        .toList();
  }

  private static Announced announced(TurnId turn, String tool, EffectClass effect) {
    String hash = TurnTools.hash(Map.of());
    return new Announced(turn, 1, "p/1/1", tool, hash, turn + "/p/1/1", effect, Shop.NOON, 3_000);
  }

  /// The tools of an attempt that this worker would hold for a minute, after what was said before.
  private static TurnTools tools(TurnId turn, int attempt, WorkEvent... events) {
    return tools(turn, attempt, () -> false, events);
  }

  private static TurnTools tools(
      TurnId turn, int attempt, BooleanSupplier paused, WorkEvent... events) {
    List<WorkEvent> before = List.of(events);
    var claim = Leases.held(Duration.ofMinutes(1));
    var known = new EarlierAttempts(turn);
    before.forEach(said -> known.hear(new Work("w", Shop.NOON, said)));
    var journal =
        new TurnJournal(work, claim, Clock.systemUTC(), "w", turn, attempt, known, cancellations);
    return new TurnTools(
        Shop.turn(turn, attempt, "pt"),
        new McpCalls.Caller("token-of-" + turn.account(), ""),
        view,
        calls,
        journal,
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        paused);
  }
}
