package io.mcpcrew.bench;

import io.mcpcrew.mcp.shell.Admission;
import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.mcp.shell.ConnectorServer;
import io.mcpcrew.mcp.shell.ConnectorSettings;
import io.mcpcrew.runtime.audit.AuditTrail;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.host.Shortcuts;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The connectors' shell, with tokens, admission and limits, beside a bare server of the SDK that
/// the same callers call in the same run. Servers and callers share the processors.
final class McpBench implements AutoCloseable {
  private static final AccountId ACCOUNT = new AccountId("bench");
  private static final List<Integer> MEASURED = List.of(50, 0);
  private static final int IN_FLIGHT_WAITING = 1_000;
  private static final int IN_FLIGHT_AT_ONCE = 64;
  private static final int MOST_TIMES = 4_000_000;

  private final BareMcpServer bare;
  private final ServiceHost shell;
  private final String token;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong crossed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  McpBench(Path folder) throws LifecycleException {
    this.bare = new BareMcpServer(folder);
    this.shell =
        ServiceHost.start(
            Map.of(
                "server.port",
                0,
                "platform.tokens.keys",
                folder.resolve("keys").toString(),
                "platform.tokens.create-missing",
                true,
                "connectors.calls-per-account",
                2 * IN_FLIGHT_WAITING,
                "connectors.calls-per-backend",
                2 * IN_FLIGHT_WAITING,
                "logging.threshold.console",
                "off"),
            new String[0],
            Wiring.class);
    this.token =
        shell
            .bean(Tokens.class)
            .sign(ACCOUNT, Role.TURN, "bench", Instant.now().plus(Duration.ofHours(1)));
  }

  /// The shell as the service wires it, but for settings and audit, which are kept in memory.
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ConnectorSettings.class)
  static class Wiring {
    @Bean(destroyMethod = "close")
    ConnectorServer server(
        Tokens tokens, Telemetry telemetry, ConnectorSettings settings, MeterRegistry meters) {
      Optional<Tenant> tenant = Optional.of(tenant());
      var admission =
          new Admission(
              _ -> tenant, settings, new NoAudit(), meters, new Backends(settings, meters));
      return new ConnectorServer(new WaitingConnector(), tokens, admission, telemetry, settings);
    }

    @Bean
    RouterFunction<ServerResponse> routes(ConnectorServer server) {
      return server.routes();
    }

    @Bean
    Shortcuts shortcuts(ConnectorServer server) {
      return new Shortcuts(server.shortcuts());
    }

    private static Tenant tenant() {
      return TenantDocuments.parse(
          ACCOUNT,
          """
          {"name":"bench","language":"pt","timezone":"America/Sao_Paulo","autonomy":"ANSWER",
           "answer_within":"PT6H","chatwoot":null,"odoo":null,
           "gathering":{"gap":"PT0.1S","longest":"PT1S","most":5},"intents":[],"answers":[]}
          """);
    }
  }

  private static final class NoAudit implements AuditTrail {
    @Override
    public void allowed(Grant actor, String action, String target) {}

    @Override
    public void refused(Grant actor, String action, String target, String reason) {}
  }

  /// Replies to other calls than the one they came for; 0 or the figures mean nothing.
  long crossed() {
    return crossed.get();
  }

  long failed() {
    return failed.get();
  }

  /// @param goal told for each, with whether it was met
  void measure(int seconds, Consumer<Measured> tell, Consumer<String> goal)
      throws InterruptedException {
    for (int millis : MEASURED) {
      int callers = millis == 0 ? IN_FLIGHT_AT_ONCE : IN_FLIGHT_WAITING;
      String what = "a tool of %d ms, %,d in flight".formatted(millis, callers);
      for (Server server : Server.values()) {
        run(server, millis, callers, 5, new Latencies(MOST_TIMES));
      }
      // By turns, so that neither has the better half of the run.
      var bareTimes = new Latencies(MOST_TIMES);
      var shellTimes = new Latencies(MOST_TIMES);
      double barePace = 0;
      double shellPace = 0;
      int rounds = 4;
      for (int i = 0; i < rounds; i++) {
        int part = Math.max(1, seconds / rounds);
        barePace += run(Server.BARE, millis, callers, part, bareTimes) / rounds;
        shellPace += run(Server.SHELL, millis, callers, part, shellTimes) / rounds;
      }
      String floor = what + ", the bare SDK";
      tell.accept(Measured.of(floor, barePace, 0, bareTimes, null));
      var shell = Measured.of(what + ", a connector", shellPace, 0, shellTimes, floor);
      tell.accept(shell);
      if (millis == 0) {
        goal.accept(
            goal("at least 80 % of the bare SDK's calls a second", shellPace >= 0.8 * barePace));
      } else {
        goal.accept(goal("at least 6,000 calls a second", shellPace >= 6_000));
        goal.accept(goal("p99 below 350 ms", shell.p99() < 350));
      }
    }
  }

  private static String goal(String what, boolean met) {
    return "%s: %s".formatted(what, met ? "met" : "MISSED");
  }

  private enum Server {
    BARE,
    SHELL
  }

  /// @return calls a second
  private double run(Server server, int millis, int callers, int seconds, Latencies times)
      throws InterruptedException {
    String tool = WaitingConnector.tool(millis);
    long began = System.nanoTime();
    long until = began + TimeUnit.SECONDS.toNanos(seconds);
    int before = times.count();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.execute(() -> {
          try (var caller = caller(server)) {
            while (System.nanoTime() < until) {
              long sent = System.nanoTime();
              if (!caller.call(tool, numbers.incrementAndGet())) {
                crossed.incrementAndGet();
              }
              times.add(System.nanoTime() - sent);
            }
          } catch (IOException e) {
            failed.incrementAndGet();
          }
        });
      }
    }
    return (times.count() - before) / ((System.nanoTime() - began) / 1e9);
  }

  private McpCaller caller(Server server) {
    return switch (server) {
      case BARE -> new McpCaller(bare.port(), BareMcpServer.PATH, token);
      case SHELL -> new McpCaller(shell.port(), "/mcp/" + WaitingConnector.NAME, token);
    };
  }

  @Override
  public void close() throws LifecycleException {
    shell.close();
    bare.close();
  }
}
