package io.mcpcrew.crew;

import io.mcpcrew.crew.agent.AgentsWorker;
import io.mcpcrew.crew.agent.GuardedWorker;
import io.mcpcrew.crew.agent.ToolPolicy;
import io.mcpcrew.crew.claim.Cancellations;
import io.mcpcrew.crew.claim.JournalReader;
import io.mcpcrew.crew.claim.KeptNames;
import io.mcpcrew.crew.claim.LifeSigns;
import io.mcpcrew.crew.claim.TurnTaker;
import io.mcpcrew.crew.claim.TurnTaker.Taken;
import io.mcpcrew.crew.claim.Window;
import io.mcpcrew.crew.claim.WorkLog;
import io.mcpcrew.crew.crews.CrewFiles;
import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.files.Reloading;
import io.mcpcrew.crew.hold.Holding;
import io.mcpcrew.crew.model.Models;
import io.mcpcrew.crew.model.Spending;
import io.mcpcrew.crew.playbook.PlaybookWorker;
import io.mcpcrew.crew.playbook.Playbooks;
import io.mcpcrew.crew.playbook.VoiceNotes;
import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.tools.McpCalls;
import io.mcpcrew.crew.tools.ToolView;
import io.mcpcrew.crew.work.SideBySide;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.runtime.faults.Parking;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker: takes turns and runs each on a virtual thread, so many at once for all and so many for
/// one account.
final class CrewWorkerService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(CrewWorkerService.class);

  private final CrewSettings settings;
  private final KafkaClients clients;
  private final MeterRegistry meters;
  private final Tenants tenants;
  private final ToolView tools;
  private final McpCalls calls;
  private final WorkLog log;
  private final Learning learning;
  private final Holding holding;
  private final Cancellations cancellations;
  private final Lease lease;
  private final Window window;
  private final Map<AccountId, Semaphore> accountPlaces = new ConcurrentHashMap<>();
  private final KafkaProducer<String, byte[]> parking;
  private final Reloading<Crews> crews;
  private final Reloading<Playbooks> playbooks;
  private final CrewRun run;
  private final KeptNames names;
  private final TurnTaker taker;
  private final Thread taking;
  private final ExecutorService turns = Executors.newVirtualThreadPerTaskExecutor();
  private final Clock clock;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable LifeSigns> signs =
      new AtomicReference<@Nullable LifeSigns>();

  CrewWorkerService(
      CrewSettings settings,
      CrewFiles files,
      Models models,
      Spending spending,
      KafkaClients clients,
      Telemetry telemetry,
      MeterRegistry meters,
      Clock clock,
      String name) {
    this.settings = settings;
    this.clients = clients;
    this.meters = meters;
    this.clock = clock;
    this.tenants = new Tenants(clients, name);
    this.tools = new ToolView(clients, name);
    this.calls = new McpCalls(settings.callsPerServer());
    this.log = new WorkLog(clients, clock, name);
    this.learning = new Learning(clients, clock, name);
    this.holding = new Holding(settings.holdingAfter());
    this.cancellations = new Cancellations(clients, name);
    this.lease = new Lease(settings.lease());
    this.window = new Window(settings.places());
    this.parking = clients.producer(name + "-parking");
    this.crews =
        new Reloading<>(
            "crews", files.crews().stream().toList(), () -> Crews.with(files.crews().orElse(null)));
    this.playbooks =
        new Reloading<>(
            "playbooks",
            files.playbooks().stream().toList(),
            () -> Playbooks.with(files.playbooks().orElse(null)));
    this.run =
        new CrewRun(
            log,
            new JournalReader(clients, name),
            cancellations,
            tenants,
            new TurnWork(
                crews::get, workers(models, spending), new SideBySide(settings.placesPerAccount())),
            tools,
            calls,
            learning,
            holding,
            settings,
            telemetry,
            clock);
    this.names = settings.stateFolder().map(KeptNames::in).orElseGet(KeptNames::nowhere);
    this.taker = new TurnTaker(clients, log, lease, window, name, names, this::begin, this::park);
    this.taking = new Thread(this::take, "turn-taker");
  }

  /// What cannot be read is asked for; then playbooks, and agents for the rest where there is a
  /// model; what all pass on is a person's.
  private List<Worker> workers(Models models, Spending spending) {
    var byPlaybook = new PlaybookWorker(playbooks::get);
    return List.of(
        new VoiceNotes(),
        GuardedWorker.ofPlaybooks(byPlaybook),
        new AgentsWorker(models, spending, ToolPolicy.ALL).guarded());
  }

  @Override
  public String name() {
    return "crew-workers";
  }

  @Override
  public void start() {
    new TopicInstaller(clients.settings()).install();
    taker.tellWhoIsGone();
    tenants.start();
    tools.start();
    cancellations.start();
    crews.start();
    playbooks.start();
    signs.set(new LifeSigns(log, lease, taker::worker, settings.sign()));
    taking.setDaemon(true);
    taking.start();
    meters.gauge("crew.workers.turns", window, Window::held);
  }

  /// Turns are taken once settings and tools are known: a turn that came earlier would find none.
  private void take() {
    try {
      tenants.awaitCaughtUp();
      tools.awaitCaughtUp();
    } catch (IllegalStateException e) {
      LOGGER.atError().setCause(e).log("no turns are taken");
      return;
    }
    taker.run();
  }

  private void begin(Taken taken) {
    turns.execute(() -> {
      AccountId account = taken.turn().turn().account();
      Semaphore own =
          accountPlaces.computeIfAbsent(
              account, _ -> new Semaphore(settings.placesPerAccount(), true));
      own.acquireUninterruptibly();
      try {
        run.run(taken);
        meters.counter("crew.workers.concluded", "tenant_id", account.value()).increment();
      } catch (RuntimeException e) {
        // Nobody hears of the turn any more: the lease runs out and it is handed on.
        LOGGER
            .atError()
            .addKeyValue("tenant_id", account)
            .addKeyValue("turn_id", taken.turn().turn())
            .setCause(e)
            .log("a turn could not be concluded");
      } finally {
        own.release();
        window.ended();
      }
    });
  }

  private void park(ConsumerRecord<String, byte[]> entry) {
    var origin = new LogPosition(entry.topic(), entry.partition(), entry.offset());
    byte[] key = entry.key() == null ? null : entry.key().getBytes(StandardCharsets.UTF_8);
    var cause = new WireFailure(WireFailure.Kind.UNDECODABLE, "the turn cannot be read");
    Parked parked =
        Parking.park(
            "crew-workers", origin, key, entry.value(), entry.headers(), cause, clock.instant());
    var topic = Topics.parkedOf(Topics.TURNS);
    var _ =
        parking.send(
            new ProducerRecord<>(
                topic.name(), Parking.keyOf(topic, key), topic.serde().toBytes(parked)));
  }

  @Override
  public Health health() {
    if (!tenants.isCaughtUp() || !tools.isCaughtUp()) {
      return Health.notReady("settings and tools are being read");
    }
    if (!taker.isAssigned()) {
      return Health.notReady("no partitions of crew.turns are assigned yet");
    }
    return Health.working(Map.of("worker", taker.worker(), "tools", String.valueOf(tools.size())));
  }

  /// Takes nothing more, lets what runs come to its end for a few seconds, and goes; what is not
  /// concluded by then goes on at another worker. May be called more than once.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    boolean nothingRuns = false;
    taker.close();
    turns.shutdown();
    try {
      if (!turns.awaitTermination(3, TimeUnit.SECONDS)) {
        turns.shutdownNow();
      }
      taking.join(Duration.ofSeconds(3));
      nothingRuns = turns.awaitTermination(1, TimeUnit.SECONDS) && !taking.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LifeSigns running = signs.get();
    if (running != null) {
      running.close();
    }
    if (nothingRuns) {
      taker.tellOwnEnd(Duration.ofSeconds(1));
    }
    crews.close();
    playbooks.close();
    holding.close();
    cancellations.close();
    learning.close();
    log.close();
    names.close();
    parking.close(Duration.ofSeconds(1));
    calls.close();
    tools.close();
    tenants.close();
  }
}
