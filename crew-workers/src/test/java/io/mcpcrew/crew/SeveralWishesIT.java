package io.mcpcrew.crew;

import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.crews.CrewFiles;
import io.mcpcrew.crew.model.Models;
import io.mcpcrew.crew.model.ModelsSettings;
import io.mcpcrew.crew.model.Spending;
import io.mcpcrew.crew.model.TestModels;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.telemetry.TelemetrySettings;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The wishes of one turn, worked at the same time by a worker on a real broker.
@Timeout(60)
class SeveralWishesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final AtomicLong CONVERSATIONS = new AtomicLong();
  private static final GuardedHttp http = TestModels.http();

  private static TestLog log;
  private static FakeMcp odoo;
  private static CrewWorkerService worker;
  private static Tenant loja;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    log = TestLog.start(folder);
    odoo = new FakeMcp();
    loja = log.settle(LOJA, Shop.document(LOJA, "null"));
    log.write(
        Topics.TOOLS,
        LOJA + "/odoo",
        Shop.catalogue(
            LOJA,
            "odoo",
            odoo.url(),
            true,
            Shop.tool("catalog_find", "catalog.find", EffectClass.READ)));
    worker =
        new CrewWorkerService(
            new CrewSettings(
                500,
                10,
                100,
                Duration.ofSeconds(6),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMillis(300),
                ""),
            CrewFiles.NONE,
            new Models(ModelsSettings.none(), http, new SimpleMeterRegistry(), Random::new),
            new Spending(ModelsSettings.none().budgets()),
            log.clients(),
            Telemetry.open(new TelemetrySettings(null)),
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            "worker");
    worker.start();
    await().atMost(SOON).until(() -> worker.health().isReady());
  }

  @AfterAll
  static void stop() {
    worker.close();
    http.close();
    odoo.close();
    log.close();
  }

  @BeforeEach
  void forget() {
    odoo.holdBack(new CountDownLatch(0));
    odoo.forget();
    odoo.findsRecords(Shop.product("Furadeira", 349.9, 12));
  }

  @Test
  void are_looked_up_at_the_same_time_and_answered_in_the_order_asked() {
    var held = new CountDownLatch(1);
    odoo.holdBack(held);
    TurnId turn = ask(Duration.ofMinutes(1), wish("serrote"), hours(), wish("trena"));

    await().atMost(SOON).until(() -> odoo.calls().size() == 2);
    held.countDown();

    assertThat(texts(concluded(turn, 1)))
        .satisfiesExactly(
            first -> assertThat(first).contains("R$ 349,90"),
            second -> assertThat(second).contains("8h"),
            third -> assertThat(third).contains("R$ 349,90"));
    assertThat(odoo.calls()).as("what was read ahead is not read again").hasSize(2);
  }

  @Test
  void one_that_hangs_is_a_persons_and_the_others_are_answered_in_time() {
    odoo.holdBack("serrote", new CountDownLatch(1));
    Instant began = Instant.now();
    TurnId turn = ask(Duration.ofSeconds(8), wish("trena"), wish("serrote"));

    Concluded end = concluded(turn, 1);

    assertThat(Instant.now()).isBefore(began.plusSeconds(8));
    assertThat(end.outcome()).isEqualTo(OutcomeKind.HANDOVER);
    assertThat(end.reason()).isEqualTo("it took too long");
    assertThat(texts(end).getFirst())
        .containsSubsequence(
            "R$ 349,90", "Sobre serrote: isso eu não consegui ver agora.", "pessoa da equipe");
  }

  @Test
  void one_that_fails_is_a_persons_and_the_others_are_answered_around_it() {
    odoo.declines("odoo is down");
    TurnId turn = ask(Duration.ofMinutes(1), hours(), wish("serrote"), hours());

    Concluded end = concluded(turn, 1);

    assertThat(end.outcome()).isEqualTo(OutcomeKind.HANDOVER);
    assertThat(end.reason()).isEqualTo("odoo is down");
    assertThat(texts(end).getFirst())
        .containsSubsequence("8h", "Sobre serrote: isso eu não consegui ver agora.", "8h");
  }

  @Test
  void a_worker_that_is_lost_between_two_has_done_the_one_and_another_does_the_other() {
    odoo.holdBack("serrote", new CountDownLatch(1));
    Turn first = turn(Duration.ofMinutes(1), wish("trena"), wish("serrote"));
    write(first);
    await().atMost(SOON).until(() -> tools(first.turn(), 1).size() == 1);
    odoo.holdBack(new CountDownLatch(0));
    odoo.forget();

    // As another worker would meet it: the first one is not heard of again.
    write(attempt(first, 2, journal(first.turn())));

    assertThat(texts(concluded(first.turn(), 2)))
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("R$ 349,90"));
    assertThat(odoo.calls())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.arguments().toString()).contains("serrote"));
  }

  private static Task wish(String product) {
    return Shop.task("product.info", "product", product);
  }

  private static Task hours() {
    return Shop.task("company.hours");
  }

  private static TurnId ask(Duration deadline, Task... tasks) {
    Turn turn = turn(deadline, tasks);
    write(turn);
    return turn.turn();
  }

  private static void write(Turn turn) {
    log.write(
        Topics.TURNS,
        turn.turn().conversation().toString(),
        Topics.TURNS.serde().toBytes(turn),
        Map.of());
  }

  private static Turn turn(Duration deadline, Task... tasks) {
    Instant now = Instant.now();
    TurnId id = Shop.id(LOJA, "chatwoot-" + CONVERSATIONS.incrementAndGet(), 1);
    return turn(id, 1, List.of(tasks), now, now.plus(deadline), null);
  }

  private static Turn attempt(Turn turn, int attempt, JournalRange journal) {
    return turn(turn.turn(), attempt, turn.tasks(), turn.openedAt(), turn.deadline(), journal);
  }

  private static Turn turn(
      TurnId id,
      int attempt,
      List<Task> tasks,
      Instant openedAt,
      Instant deadline,
      @Nullable JournalRange journal) {
    return new Turn(
        id,
        attempt,
        List.of(),
        List.of(),
        List.of(),
        tasks,
        List.of(),
        "whatsapp",
        "1",
        "pt",
        Autonomy.ANSWER,
        loja.version(),
        1,
        "contact-1",
        openedAt,
        deadline,
        journal);
  }

  private static JournalRange journal(TurnId turn) {
    var own =
        log.readWithPlaces(Topics.WORK).stream()
            .filter(entry -> Shop.isOf(entry.value().event(), turn))
            .toList();
    return new JournalRange(
        own.getFirst().partition(), own.getFirst().offset(), own.getLast().offset());
  }

  private static List<Step> tools(TurnId turn, int attempt) {
    return log.read(Topics.WORK).stream()
        .map(Work::event)
        .filter(event -> Shop.isOf(event, turn))
        .filter(Step.class::isInstance)
        .map(Step.class::cast)
        .filter(step -> step.kind() == StepKind.TOOL && step.attempt() == attempt)
        .toList();
  }

  private static List<String> texts(Concluded concluded) {
    return concluded.reply().stream().map(Content::readable).toList();
  }

  private static Concluded concluded(TurnId turn, int attempt) {
    await().atMost(SOON).until(() -> ends(turn, attempt).size() == 1);
    return ends(turn, attempt).getFirst();
  }

  private static List<Concluded> ends(TurnId turn, int attempt) {
    return log.read(Topics.WORK).stream()
        .map(Work::event)
        .filter(event -> Shop.isOf(event, turn))
        .filter(Concluded.class::isInstance)
        .map(Concluded.class::cast)
        .filter(end -> end.attempt() == attempt)
        .toList();
  }
}
