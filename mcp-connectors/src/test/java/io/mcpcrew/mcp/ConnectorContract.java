package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every tool of a connector keeps, whichever system is behind it. A new tool without a case
/// fails.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
abstract class ConnectorContract {
  /// Each tool meets the broken system itself, and is not kept from it by the calls before.
  static final Map<String, Object> PATIENT = Map.of("connectors.failures-until-down", 1_000_000);

  private final List<AutoCloseable> standIns = new ArrayList<>();
  private Installation installation;
  private List<ToolCase> cases = List.of();
  private Map<String, McpSchema.Tool> declared = Map.of();

  /// Connectors with a working system behind [Installation#LOJA].
  abstract Installation install(Path folder) throws IOException;

  abstract String connector();

  abstract List<ToolCase> cases();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = install(folder);
    Map<String, McpSchema.Tool> tools = new HashMap<>();
    try (McpSyncClient client = installation.client(connector(), Installation.LOJA)) {
      client.listTools().tools().forEach(tool -> tools.put(tool.name(), tool));
    }
    declared = tools;
    cases = cases();
  }

  @AfterAll
  void stop() throws Exception {
    installation.close();
    for (AutoCloseable stand : standIns) {
      stand.close();
    }
  }

  /// A stand-in for a system, for as long as the contract is tried.
  <T extends AutoCloseable> T closedAtTheEnd(T standIn) {
    standIns.add(standIn);
    return standIn;
  }

  Installation installation() {
    return installation;
  }

  Stream<ToolCase> allTools() {
    return cases.stream();
  }

  Stream<ToolCase> toolsThatWrite() {
    return cases.stream().filter(tool -> !effect(tool).equals("read"));
  }

  /// Of whose calls at once with one key nobody can tell which came first.
  Stream<ToolCase> toolsOfOneAnswer() {
    return cases.stream().filter(tool -> effect(tool).equals("keyed"));
  }

  String effect(ToolCase tool) {
    return String.valueOf(declared.get(tool.tool()).meta().get("crew/effect"));
  }

  McpSchema.CallToolResult call(ToolCase tool, Map<String, Object> arguments) {
    return call(Installation.LOJA, tool, arguments);
  }

  McpSchema.CallToolResult succeed(ToolCase tool) {
    return call(tool, complete(tool, tool.works().get()));
  }

  private McpSchema.CallToolResult call(
      AccountId account, ToolCase tool, Map<String, Object> arguments) {
    return installation.call(connector(), account, tool.tool(), arguments);
  }

  static Map<String, Object> keyed(Map<String, Object> arguments, String key) {
    return ToolCase.and(arguments, Map.of("idempotency_key", key));
  }

  static String newKey() {
    return "test/" + UUID.randomUUID();
  }

  /// With a new key, if the tool wants one.
  private Map<String, Object> complete(ToolCase tool, Map<String, Object> arguments) {
    return effect(tool).equals("read") ? arguments : keyed(arguments, newKey());
  }

  private static void isRefused(McpSchema.CallToolResult result, String because) {
    assertThat(result.isError()).as(() -> result.toString()).isTrue();
    assertThat(Installation.text(result)).contains(because);
    holdsNothingInternal(result);
  }

  private static void holdsNothingInternal(McpSchema.CallToolResult result) {
    assertThat(Installation.text(result))
        .hasSizeLessThan(700)
        .doesNotContain("Traceback", "File \"", "<html", "java.", "Exception", "10.0.0.7");
  }

  @Test
  void every_tool_has_a_case() {
    assertThat(ToolCase.names(cases)).containsExactlyInAnyOrderElementsOf(declared.keySet());
  }

  @Test
  void what_writes_wants_a_key_and_what_can_be_checked_says_how() {
    for (McpSchema.Tool tool : declared.values()) {
      String effect = String.valueOf(tool.meta().get("crew/effect"));
      List<?> required = (List<?>) tool.inputSchema().get("required");
      assertThat(required.contains("idempotency_key"))
          .as(tool.name())
          .isEqualTo(!effect.equals("read") || tool.name().equals("find_by_key"));
      if (effect.equals("keyed") || effect.equals("checkable")) {
        assertThat(declared).containsKey(String.valueOf(tool.meta().get("crew/checked-by")));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allTools")
  void it_succeeds_with_a_short_line_and_a_structure(ToolCase tool) {
    var result = succeed(tool);

    assertThat(result.isError()).as(() -> result.toString()).isFalse();
    assertThat(Installation.text(result)).hasSizeBetween(3, 100);
    List<?> required = (List<?>) declared.get(tool.tool()).outputSchema().get("required");
    assertThat(((Map<?, ?>) result.structuredContent()).keySet().containsAll(required)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("allTools")
  void what_makes_no_sense_is_refused_with_a_reason(ToolCase tool) {
    var result = call(tool, complete(tool, tool.refused()));

    isRefused(result, tool.because());
    assertThat(result.meta()).containsEntry("crew/failure", "refused");
  }

  @ParameterizedTest
  @MethodSource("allTools")
  void a_foreign_account_is_answered_as_one_that_is_not_there(ToolCase tool) {
    Map<String, Object> arguments = complete(tool, tool.works().get());

    var foreign = call(tool, ToolCase.and(arguments, Map.of("account_id", "clinica")));
    var unknown = call(tool, ToolCase.and(arguments, Map.of("account_id", "nobody")));

    isRefused(foreign, "no such account");
    assertThat(Installation.text(foreign)).isEqualTo(Installation.text(unknown));
    assertThat(installation.audited())
        .contains("refused loja call_tool %s.%s".formatted(connector(), tool.tool()));
  }

  @ParameterizedTest
  @MethodSource("toolsThatWrite")
  void the_same_key_again_has_no_second_effect(ToolCase tool) {
    Map<String, Object> arguments = complete(tool, tool.works().get());

    var first = call(tool, arguments);
    var second = call(tool, arguments);

    assertThat(first.isError()).as(() -> first.toString()).isFalse();
    if (effect(tool).equals("blind")) {
      isRefused(second, "begun with this key before");
    } else {
      assertThat(outcome(second)).isEqualTo(outcome(first));
    }
  }

  /// What is now; what was before is another at the second call.
  private static List<Map<String, Object>> outcome(McpSchema.CallToolResult result) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (Map<String, Object> record : Installation.records(result)) {
      Map<String, Object> copy = new HashMap<>(record);
      copy.remove("before");
      records.add(copy);
    }
    return records;
  }

  @ParameterizedTest
  @MethodSource("toolsThatWrite")
  void the_same_key_with_other_arguments_is_refused(ToolCase tool) {
    Map<String, Object> arguments = complete(tool, tool.works().get());

    var first = call(tool, arguments);
    var second = call(tool, ToolCase.and(arguments, tool.other()));

    assertThat(first.isError()).as(() -> first.toString()).isFalse();
    isRefused(second, "idempotency_key was used with other arguments");
  }

  @ParameterizedTest
  @MethodSource("toolsOfOneAnswer")
  void twenty_calls_at_once_with_one_key_have_one_answer(ToolCase tool) throws Exception {
    Map<String, Object> arguments = complete(tool, tool.works().get());

    var answers = Installation.atOnce(20, () -> Installation.records(call(tool, arguments)));

    assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void a_broken_system_is_told_in_time(BrokenBackend.Fault fault) throws Exception {
    try (var backend = new BrokenBackend(fault)) {
      breakOther(backend);
      List<Callable<McpSchema.CallToolResult>> calls = new ArrayList<>();
      for (ToolCase tool : cases) {
        Map<String, Object> arguments = complete(tool, tool.works().get());
        calls.add(() -> call(Installation.CLINICA, tool, arguments));
      }
      long began = System.nanoTime();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<McpSchema.CallToolResult>> answers = threads.invokeAll(calls);
        for (int i = 0; i < cases.size(); i++) {
          var answer = answers.get(i).get();
          assertThat(answer.isError()).as(cases.get(i) + " " + answer).isTrue();
          holdsNothingInternal(answer);
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
  }

  /// From now on the system of [Installation#CLINICA] is the broken one.
  abstract void breakOther(BrokenBackend backend);
}
