package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.mcp.BrokenBackend.Fault;
import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one account's broken system does to its own calls, and that it does nothing to others.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class BackendsTest {
  private static final Map<String, Object> QUERY = Map.of("query", "consulta");
  private static final Map<String, Object> NARROW =
      Map.of(
          "connectors.deadline", "4s",
          "connectors.calls-per-account", 6,
          "connectors.calls-per-backend", 4,
          "connectors.wait-for-place", "200ms",
          "connectors.failures-until-down", 3,
          "connectors.pause-when-down", "1s",
          "connectors.longest-pause", "2s");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Installation installation;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, NARROW);
  }

  @AfterEach
  void stop() {
    installation.close();
    threads.close();
  }

  /// A call's answer and how long it took.
  private record Timed(McpSchema.CallToolResult result, Duration took) {
    String text() {
      return Installation.text(result);
    }
  }

  private Timed find(AccountId account) {
    return timed(account, "odoo", "find_products", QUERY);
  }

  private Timed timed(
      AccountId account, String connector, String tool, Map<String, Object> arguments) {
    try (var client = installation.client(connector, account)) {
      var all = ToolCase.and(arguments, Map.of("account_id", account.value()));
      long began = System.nanoTime();
      var result = client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(all).build());
      return new Timed(result, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private double downMetric(AccountId account) {
    return installation
        .bean(MeterRegistry.class)
        .get("crew.connector.down")
        .tags("tenant_id", account.value(), "connector", "odoo")
        .gauge()
        .value();
  }

  @Test
  void a_system_that_fails_again_and_again_is_left_alone_named_and_found_to_be_back()
      throws Exception {
    URI working = installation.odoo(Installation.CLINICA).url();
    try (var broken = new BrokenBackend(Fault.IS_OVERLOADED)) {
      installation.moveOdoo(Installation.CLINICA, broken.uri());
      for (int i = 0; i < 3; i++) {
        assertThat(find(Installation.CLINICA).text()).contains("at the moment");
      }

      var shut = find(Installation.CLINICA);

      assertThat(shut.text()).contains("odoo does not answer").contains("try again in");
      assertThat(shut.result().meta()).containsEntry("crew/failure", "retry");
      assertThat(broken.asked()).isEqualTo(3);
      assertThat(installation.bean(Backends.class).down()).startsWith("clinica/odoo, ");
      assertThat(downMetric(Installation.CLINICA)).isEqualTo(1);
      assertThat(find(Installation.LOJA).result().isError()).isFalse();

      broken.nowForwardsTo(working);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(find(Installation.CLINICA).result().isError()).isFalse());
      assertThat(installation.bean(Backends.class).down()).isEmpty();
      assertThat(downMetric(Installation.CLINICA)).isZero();
    }
  }

  @Test
  void a_system_that_hangs_slows_neither_another_accounts_nor_the_accounts_other_one()
      throws Exception {
    try (var hanging = new BrokenBackend(Fault.SAYS_NOTHING)) {
      installation.moveOdoo(Installation.CLINICA, hanging.uri());
      List<Future<Timed>> stuck = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        stuck.add(threads.submit(() -> find(Installation.CLINICA)));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> hanging.asked() >= 4);

      var ofAnother = find(Installation.LOJA);
      var ofTheSame = timed(Installation.CLINICA, "chatwoot", "list_conversations", Map.of());

      assertThat(ofAnother.result().isError()).isFalse();
      assertThat(ofAnother.took()).isLessThan(Duration.ofSeconds(3));
      assertThat(ofTheSame.result().isError()).isFalse();
      assertThat(ofTheSame.took()).isLessThan(Duration.ofSeconds(3));
      int refusedForWantOfPlace = 0;
      for (Future<Timed> call : stuck) {
        assertThat(call.get().result().isError()).isTrue();
        refusedForWantOfPlace += call.get().text().contains("running already") ? 1 : 0;
      }
      assertThat(refusedForWantOfPlace).isPositive();
      assertThat(hanging.asked()).isLessThanOrEqualTo(20 - refusedForWantOfPlace);

      var shut = find(Installation.CLINICA);
      assertThat(shut.text()).contains("does not answer");
      assertThat(shut.took()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void what_a_system_refuses_says_that_it_works() throws Exception {
    for (int i = 0; i < 5; i++) {
      var refused =
          timed(
              Installation.LOJA,
              "odoo",
              "search_records",
              Map.of("model", "res.partner", "fields", List.of("shoe_size")));
      assertThat(refused.result().meta()).containsEntry("crew/failure", "refused");
    }
    assertThat(find(Installation.LOJA).result().isError()).isFalse();
  }

  @Test
  void other_settings_of_the_account_begin_with_a_clean_slate() throws Exception {
    URI working = installation.odoo(Installation.CLINICA).url();
    try (var broken = new BrokenBackend(Fault.HANGS_UP)) {
      installation.moveOdoo(Installation.CLINICA, broken.uri());
      for (int i = 0; i < 4; i++) {
        find(Installation.CLINICA);
      }
      assertThat(installation.bean(Backends.class).down()).isNotEmpty();

      installation.moveOdoo(Installation.CLINICA, working);

      assertThat(find(Installation.CLINICA).result().isError()).isFalse();
    }
  }
}
