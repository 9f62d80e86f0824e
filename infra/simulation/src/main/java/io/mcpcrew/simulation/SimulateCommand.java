package io.mcpcrew.simulation;

import io.mcpcrew.local.command.CrewCommand;
import io.mcpcrew.local.command.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tries the turn protocol in as many orders as asked for.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Runs the turn protocol against crashes, freezes, duplicates and outages, a history for each seed.",
    footer = {
      "",
      "Examples:",
      "  ./crew simulate",
      "  ./crew simulate --histories 1000000 --seed 7",
      "  ./crew simulate --histories 1 --seed 4711 --tell",
      "  ./crew simulate --without no-fence"
    })
public final class SimulateCommand implements CrewCommand {
  @Option(
      names = "--histories",
      defaultValue = "100000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private long histories;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The first; each history has the next one (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--tell", description = "Print what happens in the first history, step by step.")
  private boolean tell;

  @Option(
      names = "--without",
      description =
          "Switch a rule of the protocol off, to see that it is missed. \"list\" lists them.")
  private String without = "none";

  @Override
  public Integer call() {
    if (histories < 1) {
      throw new Failure("--histories is a number from 1 on, not " + histories + ".");
    }
    if (without.equals("list")) {
      System.out.println(mutations());
      return 0;
    }
    var simulator = new Simulator(mutation());
    if (tell) {
      print(World.run(Plan.of(seed), mutation(), true));
      return 0;
    }
    long began = System.nanoTime();
    Simulator.Result result =
        simulator.run(
            seed,
            histories,
            Runtime.getRuntime().availableProcessors(),
            done -> progress(done, began));
    System.err.print("\r\u001b[K");
    report(result, Duration.ofNanos(System.nanoTime() - began));
    if (result.failures().isEmpty()) {
      return 0;
    }
    System.out.println("\nThe first that broke one:");
    for (History failure : result.failures()) {
      System.out.printf(
          "  seed %d: %s%n",
          failure.plan().seed(),
          failure.violations().stream()
              .map(v -> v.invariant().name())
              .distinct()
              .collect(Collectors.joining(", ")));
    }
    System.out.println("\nMade small:\n");
    print(simulator.shrink(result.failures().getFirst()));
    System.out.printf(
        "Again: ./crew simulate --histories 1 --seed %d%s%n",
        result.failures().getFirst().plan().seed(),
        without.equals("none") ? "" : " --without " + without);
    return 1;
  }

  private Mutation mutation() {
    return Arrays.stream(Mutation.values())
        .filter(m -> name(m).equals(without))
        .findFirst()
        .orElseThrow(() ->
            new Failure("There is no rule \"%s\". There are:%n%s".formatted(without, mutations())));
  }

  private static String name(Mutation mutation) {
    return mutation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String mutations() {
    return Arrays.stream(Mutation.values())
        .map(m -> "  %-28s %s".formatted(name(m), m.sentence))
        .collect(Collectors.joining("\n"));
  }

  private void progress(long done, long began) {
    if (done % 5_000 == 0) {
      double seconds = (System.nanoTime() - began) / 1e9;
      System.err.printf(
          Locale.ROOT,
          "\r\u001b[K  %,d of %,d histories, %,.0f in a second",
          done,
          histories,
          done / seconds);
    }
  }

  private void report(Simulator.Result result, Duration took) {
    System.out.printf(
        Locale.ROOT,
        "%,d histories from seed %d in %.1f s (%,.0f in a second)%n%n",
        result.histories(),
        seed,
        took.toMillis() / 1e3,
        result.histories() * 1e3 / Math.max(1, took.toMillis()));
    System.out.println("What was met:");
    result
        .counts()
        .forEach((what, times) ->
            System.out.printf(
                Locale.ROOT,
                "  %-34s %,12d%n",
                what.toLowerCase(Locale.ROOT).replace('_', ' '),
                times));
    System.out.println("\nInvariants, and how many histories broke them:");
    for (Invariant invariant : Invariant.values()) {
      System.out.printf(
          Locale.ROOT,
          "  %,8d  %s%n",
          result.violations().getOrDefault(invariant, 0L),
          invariant.sentence);
    }
  }

  private static void print(History history) {
    System.out.println(history.plan().inWords());
    history.story().forEach(System.out::println);
    System.out.println();
    history.violations().forEach(v -> System.out.printf("%s: %s%n", v.invariant(), v.what()));
  }
}
