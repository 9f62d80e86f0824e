package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for what could be wrong on this machine, before it goes wrong.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Looks for what could be wrong on this machine.",
    footer = {"", "Example:", "  ./crew doctor --port 9700"})
public final class DoctorCommand implements CrewCommand {
  private static final long MEMORY = 4L * 1024 * 1024 * 1024;
  private static final long DISK = 3L * 1024 * 1024 * 1024;
  private static final int BLOCK = 7;

  @Option(
      names = "--port",
      defaultValue = "8700",
      description = "The block that up would use (default: ${DEFAULT-VALUE}).")
  private int port;

  private record Finding(boolean good, String sentence) {}

  @Override
  public Integer call() throws Exception {
    Home home = Home.ofProcess();
    Optional<Running> running = Running.of(home);
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(memory());
    findings.add(disk(home.root()));
    findings.add(redis());
    findings.add(
        running
            .map(r ->
                new Finding(true, "MCP-Crew runs at " + r.url() + " as process " + r.pid() + "."))
            .orElseGet(this::ports));
    findings.forEach(f -> System.out.println((f.good() ? "ok    " : "WRONG ") + f.sentence()));
    return findings.stream().allMatch(Finding::good) ? 0 : 1;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return new Finding(
        version >= 25,
        version >= 25
            ? "JDK " + Runtime.version() + "."
            : "This is Java " + version + "; install a JDK 25 or newer.");
  }

  private static Finding memory() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long all = system.getTotalMemorySize();
    return new Finding(
        all >= MEMORY,
        "%.1f GB of memory; %s"
            .formatted(all / 1e9, all >= MEMORY ? "enough." : "4 GB are needed."));
  }

  private static Finding disk(Path root) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    return new Finding(
        free >= DISK,
        "%.1f GB free on the disk; %s"
            .formatted(free / 1e9, free >= DISK ? "enough." : "3 GB are needed."));
  }

  private static Finding redis() {
    boolean there =
        Stream.of(String.valueOf(System.getenv("PATH")).split(java.io.File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    return new Finding(
        true,
        there
            ? "redis-server is on the PATH."
            : "No redis-server on the PATH: the bundled one is used.");
  }

  private Finding ports() {
    List<Integer> taken = new ArrayList<>();
    for (int p = port; p < port + BLOCK; p++) {
      try (var _ = new ServerSocket(p, 1, InetAddress.getLoopbackAddress())) {
        // Free, and given back at once.
      } catch (IOException e) {
        taken.add(p);
      }
    }
    return new Finding(
        taken.isEmpty(),
        taken.isEmpty()
            ? "Ports %d to %d are free.".formatted(port, port + BLOCK - 1)
            : "Port(s) %s are taken: use ./crew up --port with another block.".formatted(taken));
  }
}
