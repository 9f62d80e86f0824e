package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.ConversationKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/// intent-stream alone, beside the goals that it is held to.
final class IntentBench {
  private static final int CLASSIFIED = 200_000;
  private static final int PUSHED = 20_000;
  private static final int MILLION = 1_000_000;
  private static final int TURNS = 100;

  private final KafkaClients clients;
  private final String run;
  private final Path data;
  private final Consumer<Measured> tell;
  private final Report report;

  IntentBench(KafkaClients clients, String run, Path data, Consumer<Measured> tell, Report report) {
    this.clients = clients;
    this.run = run;
    this.data = data;
    this.tell = tell;
    this.report = report;
  }

  void measure(Pace pace, boolean restore) throws InterruptedException, IOException {
    Measured bare = new StreamsHop(clients, run + "i", data.resolve("bare")).measure(pace, 100_000);
    tell.accept(bare);
    String application = "bench-intent-" + run;
    Measured hop;
    Measured ceiling;
    try (var _ = IntentService.start(clients.settings(), application, data.resolve("intent"));
        var bench = new IntentHop(clients)) {
      hop = bench.measure(pace, bare.name());
      tell.accept(hop);
      ceiling = bench.ceiling(PUSHED);
      tell.accept(ceiling);
    }
    Measured found = IntentFigures.classification(CLASSIFIED);
    tell.accept(found);
    int idle =
        IntentFigures.bytes(
                IntentFigures.idle(
                    ConversationKey.of("bench-0", "chatwoot-1234567"), TURNS, Instant.now()))
            .length;
    System.out.println();
    report.goalAtMost("a hop to the bare hop, p95", hop.p95() / bare.p95(), 2, "x");
    report.goalAtMost("an intent by rules, p99", found.p99(), 0.2, "ms");
    report.goalAtMost("an idle conversation's state", idle, 2_048, "bytes");
    if (restore) {
      var restoring = new IntentRestore(clients, application + "-restore", data.resolve("restore"));
      report.goalAtMost(
          "a million idle conversations restored", restoring.measure(MILLION), 120, "s");
    }
  }
}
