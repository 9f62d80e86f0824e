package io.mcpcrew.bench;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Platform;
import io.mcpcrew.local.command.CrewCommand;
import io.mcpcrew.local.command.Failure;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Ports;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.parts.Sizing;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the whole platform, or one part of it, beside the floor of the same run.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures; starts what it needs on free ports and leaves nothing behind.",
    footer = {
      "",
      "What can be named: floor, hop, intent, crew, webhooks, messages, mcp; without a name all of them.",
      "",
      "Examples:",
      "  ./crew bench",
      "  ./crew bench messages --rate 200 --seconds 20",
      "  ./crew bench intent --restore"
    })
public final class BenchCommand implements CrewCommand {
  private static final List<String> NAMES =
      List.of("all", "floor", "hop", "intent", "crew", "webhooks", "messages", "mcp");
  private static final String FOUR_HOPS = "the log alone, %d hops".formatted(Floor.HOPS);

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "all",
      description = "floor, hop, intent, crew, webhooks, messages or mcp (default: all).")
  private String name = "all";

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long each is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Messages a second for the whole way (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--burst",
      defaultValue = "2000",
      description = "Messages at once, to see how many come through (default: ${DEFAULT-VALUE}).")
  private int burst;

  @Option(
      names = "--pace",
      defaultValue = "1000",
      description = "With intent: messages a second (default: ${DEFAULT-VALUE}).")
  private int pace;

  @Option(
      names = "--restore",
      description = "With intent: restore a million idle conversations too; takes minutes.")
  private boolean restore;

  private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Report report = new Report(began);
  private final String run = Long.toString(began.getEpochSecond(), 36);

  @Override
  public Integer call() throws Exception {
    if (!NAMES.contains(name)) {
      throw new Failure(
          "There is nothing called \"%s\" to measure. There are: %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    if (seconds < 1 || rate < 1 || burst < 1 || pace < 1) {
      throw new Failure("--seconds, --rate, --burst and --pace are numbers from 1 on.");
    }
    Path state = Home.ofProcess().state().resolve("bench");
    System.out.println("Measuring; other work on this machine falsifies it.\n");
    System.out.println(Report.header());
    try (var folder = RunFolder.in(state)) {
      Path data = folder.path();
      if (isNamed("floor", "hop")) {
        measureLog(data);
      }
      if (isNamed("intent")) {
        measureIntent(data);
      }
      if (isNamed("crew")) {
        measureCrew(data);
      }
      if (isNamed("webhooks", "messages")) {
        measurePlatform(data);
      }
      if (isNamed("mcp")) {
        measureConnectors(data);
      }
    }
    System.out.println("\nAlso written to " + report.write(state));
    return 0;
  }

  private boolean isNamed(String... names) {
    return name.equals("all") || List.of(names).contains(name);
  }

  private void measureIntent(Path data) throws InterruptedException, IOException {
    try (RealParts parts = RealParts.start(parts(data.resolve("intent")), Progress.silent())) {
      new IntentBench(clients(parts), run, data, this::tell, report)
          .measure(new Pace(pace, seconds), restore);
    }
  }

  private void measureCrew(Path data) throws Exception {
    Path folder = Files.createDirectories(data.resolve("crew"));
    try (RealParts parts = RealParts.start(parts(folder.resolve("parts")), Progress.silent())) {
      new CrewBench(clients(parts), folder, this::tell, report).measure(seconds);
    }
  }

  private void tell(Measured line) {
    report.add(line);
    System.out.println(report.line(line));
  }

  private void measureLog(Path data) throws InterruptedException, IOException {
    try (RealParts parts = RealParts.start(parts(data.resolve("log")), Progress.silent())) {
      var clients = clients(parts);
      var floor = new Floor(clients, run);
      if (!name.equals("hop")) {
        tell(floor.measure(1, new Pace(1_000, seconds), 100_000, "the log alone, one hop"));
        tell(floor.measure(Floor.HOPS, new Pace(1_000, seconds), 100_000, FOUR_HOPS));
      }
      if (!name.equals("floor")) {
        Measured hop =
            new StreamsHop(clients, run, data.resolve("streams"))
                .measure(new Pace(1_000, seconds), 100_000);
        tell(hop);
      }
    }
  }

  private void measurePlatform(Path data) throws InterruptedException, IOException {
    for (int toolMillis : name.equals("webhooks") ? List.of(0) : List.of(0, 200)) {
      int port = FreePort.next();
      try (PostOffice posts = new PostOffice();
          OdooTill odoo = new OdooTill("http://127.0.0.1:" + port, Duration.ofMillis(toolMillis));
          Platform platform = platform(data.resolve("platform-" + toolMillis), port, odoo, posts);
          Edge edge = new Edge(platform.url())) {
        var numbers = new AtomicInteger();
        if (!name.equals("webhooks")) {
          Path state = data.resolve("bare-" + toolMillis);
          Measured bare = barePipeline(clients(platform.parts()), state, toolMillis);
          messages(posts, edge, numbers, toolMillis, bare);
        }
        if (toolMillis == 0 && !name.equals("messages")) {
          tell(new Webhooks(edge, numbers).measure(64, seconds));
        }
        report.note(
            "answered_twice_with_tools_of_%d_ms".formatted(toolMillis), posts.answeredTwice());
        report.note(
            "answered_wrong_with_tools_of_%d_ms".formatted(toolMillis), posts.answeredWrong());
        if (posts.answeredTwice() + posts.answeredWrong() > 0) {
          throw new Failure(
              "%d messages were answered twice and %d wrongly: these figures mean nothing."
                  .formatted(posts.answeredTwice(), posts.answeredWrong()));
        }
      }
    }
  }

  /// On the platform's own broker and at the messages' pace: it is that which they are compared to.
  private Measured barePipeline(KafkaClients clients, Path state, int toolMillis)
      throws InterruptedException, IOException {
    if (toolMillis == 0) {
      tell(
          new Floor(clients, run + "m")
              .measure(
                  Floor.HOPS,
                  new Pace(rate, seconds),
                  100_000,
                  FOUR_HOPS + ", at the messages' pace"));
    }
    try (var pipeline = new BarePipeline(clients, run + toolMillis, state, toolMillis)) {
      Measured bare =
          pipeline.measure(
              new Pace(rate, seconds),
              "%d bare hops, exactly once, waits of %d ms".formatted(Floor.HOPS, toolMillis));
      tell(bare);
      return bare;
    }
  }

  private void messages(
      PostOffice posts, Edge edge, AtomicInteger numbers, int toolMillis, Measured bare)
      throws InterruptedException {
    Measured ours =
        new Messages(edge, posts, numbers)
            .measure(
                "webhook to posted reply, tools of %d ms".formatted(toolMillis),
                new Pace(rate, seconds),
                burst,
                bare);
    tell(ours);
    report.goalAtMost(
        "whole way to bare hops at %d/s, tools of %d ms".formatted(rate, toolMillis),
        (ours.p95() - toolMillis) / (bare.p95() - toolMillis),
        4,
        "x");
  }

  private void measureConnectors(Path data) throws Exception {
    try (var connectors = new McpBench(data)) {
      List<String> goals = new ArrayList<>();
      connectors.measure(seconds, this::tell, goals::add);
      goals.forEach(goal -> System.out.println("  goal of a connector, " + goal));
      report.note("mcp_goals", goals);
      report.note("mcp_crossed", connectors.crossed());
      report.note("mcp_failed", connectors.failed());
      if (connectors.crossed() + connectors.failed() > 0) {
        throw new Failure(
            "%d calls were answered with something else and %d connections failed: these figures mean nothing."
                .formatted(connectors.crossed(), connectors.failed()));
      }
    }
  }

  private static Platform platform(Path data, int port, OdooTill odoo, PostOffice posts)
      throws IOException {
    Path accounts =
        new BenchCompanies(data.resolve("bench"))
            .write(odoo.url(), posts.url(), data.resolve("demo/secrets/loja.odoo-key"));
    var plan =
        new Platform.Plan(
            data,
            port,
            parts(data.resolve("parts")),
            Map.of("ingest.accounts", accounts.toString()));
    return Platform.start(plan, Progress.silent());
  }

  private static PartsSettings parts(Path data) {
    return PartsSettings.forTests(data)
        .withPorts(Ports.free())
        .withRedis(false)
        .withMongo(false)
        .withSizing(Sizing.LAPTOP);
  }

  private static KafkaClients clients(RealParts parts) {
    return new KafkaClients(
        new KafkaSettings(parts.kafkaBootstrapServers(), BenchTopics.PARTITIONS, (short) 1));
  }
}
