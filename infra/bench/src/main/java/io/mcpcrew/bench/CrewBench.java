package io.mcpcrew.bench;

import io.mcpcrew.local.command.Failure;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.simulators.model.ModelServer;
import io.mcpcrew.simulators.model.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Workers alone, in processes of their own, beside the goals that they are held to: from a turn in
/// the log to its outcome in the log. Tool and model are stand-ins in this process, which shares
/// the processors with the workers and the broker.
final class CrewBench {
  private static final String PLAYBOOK = "bench.playbook";
  private static final String AGENT = "bench.agent";
  private static final int ACCOUNTS = 100;
  private static final int WARM_UP = 5_000;
  private static final int MOST_ROUNDS = 12;
  private static final int PUSHED = 10_000;

  /// A worker must hold so many at once; more come, because some have ended before the last begin.
  private static final int IN_FLIGHT = 10_000;

  private static final int PUSHED_TO_HOLD = 15_000;
  private static final int SLOW_TOOL_MILLIS = 200;
  private static final int AGENTS_PACE = 200;

  private final KafkaClients clients;
  private final Path data;
  private final Consumer<Measured> tell;
  private final Report report;

  CrewBench(KafkaClients clients, Path data, Consumer<Measured> tell, Report report) {
    this.clients = clients;
    this.data = data;
    this.tell = tell;
    this.report = report;
  }

  void measure(int seconds) throws Exception {
    new TopicInstaller(clients.settings()).install();
    Path key = Files.writeString(data.resolve("model.key"), "bench-key");
    try (var tools = new BareMcpServer(Files.createDirectories(data.resolve("tools")));
        var model = ModelServer.start(0, "bench-key", script())) {
      String toolUrl = "http://127.0.0.1:" + tools.port() + BareMcpServer.PATH;
      try (var log = new TurnLog(clients, ACCOUNTS, toolUrl);
          var worker =
              BenchWorker.start(clients.settings(), model.url(), key, data.resolve("one"))) {
        agents(log, worker, seconds);
        inFlight(log, toolUrl);
        double[] alone = throughput(log, "one worker");
        try (var _ = BenchWorker.start(clients.settings(), model.url(), key, data.resolve("two"))) {
          log.pushed(WARM_UP, PLAYBOOK, ACCOUNTS);
          double[] both = throughput(log, "two workers");
          System.out.printf(
              Locale.ROOT,
              "%ntwo workers to one: %.2f for one account, %.2f for %d accounts%n",
              both[0] / alone[0],
              both[1] / alone[1],
              ACCOUNTS);
        }
        Map<String, Integer> unanswered = log.unanswered();
        int all = unanswered.values().stream().mapToInt(Integer::intValue).sum();
        report.note("turns_without_a_reply", all);
        if (all > 0) {
          throw new Failure(
              "%d turns ended without a reply, so these figures mean nothing: %s"
                  .formatted(all, unanswered));
        }
      }
    }
  }

  private static Script script() {
    return new Script(
        List.of("scripted"),
        List.of(
            Script.Rule.calls(new Script.Call("bench__wait", Map.of("marker", "bench")))
                .when(Script.When.results(0)),
            Script.Rule.says("Pronto.").when(Script.When.results(1))));
  }

  /// Two calls of a model and one of a tool that take no time.
  private void agents(TurnLog log, ServiceProcess worker, int seconds) throws InterruptedException {
    warm(log, worker);
    Latencies paced =
        Rounds.median(new Pace(AGENTS_PACE, seconds), round -> log.paced(round, AGENT, ACCOUNTS));
    Duration before = worker.worked();
    double perSecond = log.pushed(PUSHED, AGENT, ACCOUNTS);
    double micros = worker.worked().minus(before).toNanos() / 1e3 / PUSHED;
    String name = "a turn of two model calls and a tool";
    Measured agents = Measured.of(name, perSecond, AGENTS_PACE, paced, null);
    tell.accept(agents);
    report.goalAtLeast("turns of agents in a second", perSecond, 1_000, "/s");
    report.note("micros_of_a_processor_for_such_a_turn", micros);
    System.out.printf(
        Locale.ROOT,
        "  %.0f microseconds of a processor for each of them, in the worker%n",
        micros);
    report.goalAtMost("such a turn at %d/s, p95".formatted(AGENTS_PACE), agents.p95(), 60, "ms");
  }

  /// Until a turn takes no less of a processor than before: a worker runs for weeks, and what its
  /// compilers do in the first minute says nothing about them.
  private static void warm(TurnLog log, ServiceProcess worker) throws InterruptedException {
    double before = Double.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Duration began = worker.worked();
      log.pushed(WARM_UP, AGENT, ACCOUNTS);
      double now = worker.worked().minus(began).toNanos() / 1e3 / WARM_UP;
      System.out.printf(
          Locale.ROOT, "  warming up: %.0f microseconds of a processor for a turn%n", now);
      if (now > 0.9 * before) {
        return;
      }
      before = now;
    }
  }

  /// Each waits for its tool; the worker has to hold them all.
  private void inFlight(TurnLog log, String toolUrl) throws InterruptedException {
    offer(log, toolUrl, SLOW_TOOL_MILLIS);
    double perSecond = log.pushed(PUSHED_TO_HOLD, PLAYBOOK, ACCOUNTS);
    int most = log.mostInFlight();
    offer(log, toolUrl, 0);
    String name = "%,d turns at once, tools of %d ms".formatted(PUSHED_TO_HOLD, SLOW_TOOL_MILLIS);
    tell.accept(Measured.of(name, perSecond, 0, log.times(), null));
    report.goalAtLeast(
        "in flight, one worker, heap of %,d MB".formatted(BenchWorker.HEAP_MEGABYTES),
        most,
        IN_FLIGHT,
        "turns");
  }

  private static void offer(TurnLog log, String url, int millis) throws InterruptedException {
    for (int i = 0; i < ACCOUNTS; i++) {
      log.offer(TurnLog.account(i), url, millis);
    }
    // Until the workers have read it.
    Thread.sleep(1_000);
  }

  /// @return in a second, for one account and for many
  private double[] throughput(TurnLog log, String who) throws InterruptedException {
    double one = log.pushed(PUSHED, PLAYBOOK, 1);
    tell.accept(Measured.of(who + ", one account", one, 0, log.times(), null));
    double many = log.pushed(PUSHED, PLAYBOOK, ACCOUNTS);
    String name = "%s, %d accounts".formatted(who, ACCOUNTS);
    tell.accept(Measured.of(name, many, 0, log.times(), null));
    return new double[] {one, many};
  }
}
