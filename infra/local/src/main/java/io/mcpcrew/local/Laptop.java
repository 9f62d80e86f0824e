package io.mcpcrew.local;

import io.mcpcrew.local.command.Failure;
import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.parts.PartFailure;
import io.mcpcrew.parts.PartStatus;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `./crew up`: checks, starts, says where everything is, and stays until it is told to stop.
public final class Laptop {
  private static final Logger LOGGER = LoggerFactory.getLogger(Laptop.class);

  private final Home home;
  private final int port;
  private final boolean fresh;

  public Laptop(Home home, int port, boolean fresh) {
    this.home = home;
    this.port = port;
    this.fresh = fresh;
  }

  public int run() throws InterruptedException {
    Running.of(home)
        .ifPresent(running -> {
          throw new Failure(
              "MCP-Crew runs on this folder already: %s, process %d. Stop it with Ctrl-C there, or use another folder."
                  .formatted(running.url(), running.pid()));
        });
    checkPort();
    if (fresh) {
      delete(home.data());
    }
    long began = System.nanoTime();
    System.out.println("Starting MCP-Crew ...");
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                },
                "stop"));
    try (Platform platform = start()) {
      platform.running().write(home);
      System.out.println(table(platform, Duration.ofNanos(System.nanoTime() - began)));
      platform.parts().keepRunning(new Lines());
      try (var _ = ClassArchive.makeIfAskedFor(home.state().resolve("up.classes"))) {
        stop.await();
      }
      System.out.println("Stopping ...");
      Running.forget(home);
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /// With the crews, playbooks and bindings of the checkout's own, which may not be there yet.
  private Platform.Plan plan() {
    return Platform.Plan.laptop(home.data(), port)
        .with(
            Map.of(
                "crew.crews-folder",
                home.root().resolve("crews").toString(),
                "crew.playbooks-folder",
                home.root().resolve("playbooks").toString(),
                BindingSettings.FOLDER,
                home.root().resolve("bindings").toString()));
  }

  private Platform start() {
    try {
      Files.createDirectories(home.data());
      Platform platform = Platform.start(plan(), new Lines());
      platform.warmUp();
      return platform;
    } catch (IOException | UncheckedIOException e) {
      throw new Failure(
          "The data folder %s cannot be used: %s. ./crew up --fresh begins anew."
              .formatted(home.data(), innermost(e)));
    } catch (PartFailure e) {
      throw e;
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("could not start");
      throw new Failure(
          "MCP-Crew could not start: %s. The log is %s"
              .formatted(sentence(e), home.data().resolve("log/mcp-crew.log")));
    }
  }

  /// Our own exceptions say it in their first message, those of libraries in their last.
  private static String sentence(RuntimeException failure) {
    boolean ours =
        failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
    return ours
        ? String.valueOf(failure.getMessage())
        : WrongSetting.sentence(failure, innermost(failure)).orElseGet(() -> innermost(failure));
  }

  private static String innermost(Throwable failure) {
    if (failure instanceof FileAlreadyExistsException inTheWay) {
      return inTheWay.getFile() + " is there and is no folder";
    }
    Throwable cause = failure.getCause();
    return cause == null
        ? Objects.requireNonNullElse(failure.getMessage(), failure.toString())
        : innermost(cause);
  }

  private void checkPort() {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      // Free, and given back at once.
    } catch (IOException taken) {
      throw new Failure(
          "Port %d is taken. Use another block of ports: ./crew up --port %d"
              .formatted(port, port + 100));
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Failure(
          "The old data in %s cannot be deleted: %s".formatted(folder, e.getMessage()));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        System.err.println("Stopping took longer than 10 s; what is left is ended by force.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String table(Platform platform, Duration took) {
    var text = new StringBuilder();
    text.append("\nMCP-Crew is ready after %.1f s.\n\n".formatted(took.toMillis() / 1000.0));
    text.append("  %-22s %s\n".formatted("open this page", platform.url()));
    text.append(
        "  %-22s %s\n"
            .formatted(
                "metrics, health", platform.url() + "/actuator/prometheus, /actuator/health"));
    for (PartStatus part : platform.parts().status()) {
      text.append(
          "  %-22s %s%s\n"
              .formatted(
                  part.name(),
                  part.address(),
                  part.ready() ? "" : " (still starting; nothing waits for it)"));
    }
    text.append("  %-22s %s\n".formatted("log", home.data().resolve("log/mcp-crew.log")));
    text.append(
        "\n  two demo companies     loja (Casa das Ferramentas), clinica (Clínica Vida Plena)\n");
    text.append(
        "  try next               ./crew send \"Quanto custa a furadeira e tem em estoque?\"\n");
    text.append("                         ./crew chat --trace\n");
    text.append("  stop                   Ctrl-C\n");
    return text.toString();
  }

  /// A line for each part that answers.
  private static final class Lines implements Progress {
    @Override
    public void starting(String part, String address) {}

    @Override
    public void ready(String part, String address, Duration took) {
      System.out.printf("  %-22s %s after %.1f s%n", part, address, took.toMillis() / 1000.0);
    }

    @Override
    public void failed(String part, String sentence) {
      System.err.println("  " + sentence);
    }

    @Override
    public void ended(String part, String sentence) {
      System.err.println("  " + sentence);
    }
  }
}
