package io.mcpcrew.mcp;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.parts.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The protocol's official conformance suite for servers, against the production shell.
@Tag("slow")
@EnabledIf(value = NodePackages.CAN_BE_INSTALLED, disabledReason = NodePackages.WHAT_IS_MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
  private static final String RELEASED = "@modelcontextprotocol/conformance";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What the revision 2025-11-25 requires of a server, frozen at its release.
  private static final Set<String> REQUIRED =
      Set.of(
          "server-initialize",
          "logging-set-level",
          "ping",
          "completion-complete",
          "tools-list",
          "tools-call-simple-text",
          "tools-call-image",
          "tools-call-audio",
          "tools-call-embedded-resource",
          "tools-call-mixed-content",
          "tools-call-with-logging",
          "tools-call-error",
          "tools-call-with-progress",
          "tools-call-sampling",
          "tools-call-elicitation",
          "elicitation-sep1034-defaults",
          "server-sse-multiple-streams",
          "elicitation-sep1330-enums",
          "resources-list",
          "resources-read-text",
          "resources-read-binary",
          "resources-templates-read",
          "resources-subscribe",
          "resources-unsubscribe",
          "prompts-list",
          "prompts-get-simple",
          "prompts-get-with-args",
          "prompts-get-embedded-resource",
          "prompts-get-with-image",
          "dns-rebinding-protection");

  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    NodePrograms.install();
    installation =
        Installation.start(
            folder, Map.of("connectors.origins", "http://127.0.0.1:*"), WithFixture.class);
  }

  @AfterAll
  void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  /// All that each suite has for the revision is run, what is pending too. Of that, one scenario
  /// recommends what the SDK does not do: events to resume a stream from.
  @ParameterizedTest
  @CsvSource({
    RELEASED + ", --suite, all",
    "conformance-next, --requirements, 2025-11-25",
  })
  void the_shell_passes_every_scenario_that_the_revision_requires(
      String suite, String option, String value, @TempDir Path results)
      throws IOException, InterruptedException {
    Map<String, Checks> found = run(results, suite, "fixture/session", option, value);
    assertThat(found.keySet()).containsAll(REQUIRED);
    assertThat(REQUIRED)
        .as("%n%s", table(found))
        .allSatisfy(scenario -> assertThat(found.get(scenario)).matches(Checks::passed));
    assertThat(found.values())
        .as("%n%s", table(found))
        .allSatisfy(checks -> assertThat(checks.bad()).isEmpty());
    assertThat(found)
        .allSatisfy((scenario, checks) -> {
          if (!scenario.equals("server-sse-polling")) {
            assertThat(checks.remarks()).as(scenario).isEmpty();
          }
        });
  }

  /// What needs nothing of a fixture, on each address of each connector.
  @ParameterizedTest
  @CsvSource({
    "odoo, server-initialize",
    "odoo, ping",
    "odoo, tools-list",
    "odoo, dns-rebinding-protection",
    "odoo/session, server-initialize",
    "odoo/session, ping",
    "odoo/session, tools-list",
    "odoo/session, dns-rebinding-protection",
    "chatwoot, server-initialize",
    "chatwoot, ping",
    "chatwoot, tools-list",
    "chatwoot, dns-rebinding-protection",
    "chatwoot/session, server-initialize",
    "chatwoot/session, ping",
    "chatwoot/session, tools-list",
    "chatwoot/session, dns-rebinding-protection"
  })
  void a_connector_passes_what_needs_no_fixture(
      String address, String scenario, @TempDir Path results)
      throws IOException, InterruptedException {
    Map<String, Checks> found = run(results, RELEASED, address, "--scenario", scenario);
    assertThat(found).as("%n%s", table(found)).hasSize(1);
    assertThat(found.values()).as("%n%s", table(found)).allMatch(Checks::passed);
  }

  private Map<String, Checks> run(Path results, String suite, String address, String... what)
      throws IOException, InterruptedException {
    String url = installation.url() + "/mcp/" + address;
    var ended =
        NodePrograms.conformance(
            results,
            suite,
            Stream.concat(
                    Stream.of("server", "--url", url, "-o", results.toString()), Stream.of(what))
                .toArray(String[]::new));
    Map<String, Checks> found = read(results);
    assertThat(ended.code()).as("%n%s%n%s", table(found), ended.output()).isZero();
    return found;
  }

  /// What one scenario has found.
  private record Checks(int good, List<String> bad, List<String> remarks) {
    boolean passed() {
      return good > 0 && bad.isEmpty();
    }
  }

  /// A folder for each scenario: `server-<scenario>-<when>/checks.json`.
  private static Map<String, Checks> read(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files
          .filter(file -> file.endsWith("checks.json"))
          .collect(
              toMap(ConformanceIT::scenario, ConformanceIT::checks, (a, _) -> a, TreeMap::new));
    }
  }

  private static String scenario(Path checks) {
    return checks
        .getName(checks.getNameCount() - 2)
        .toString()
        .replaceFirst("-\\d{4}-\\d{2}-\\d{2}T.*$", "")
        .replaceFirst("^server-(?=.)", "");
  }

  private static Checks checks(Path file) {
    List<JsonNode> all = JSON.readTree(file.toFile()).valueStream().toList();
    return new Checks(of(all, "SUCCESS").size(), of(all, "FAILURE"), of(all, "WARNING"));
  }

  private static List<String> of(List<JsonNode> checks, String status) {
    return checks.stream()
        .filter(check -> status.equals(check.path("status").asString("")))
        .map(
            check -> check.path("id").asString("") + ": " + check.path("errorMessage").asString(""))
        .toList();
  }

  private static String table(Map<String, Checks> found) {
    return found.entrySet().stream()
        .map(entry ->
            "%-34s %2d passed, %d failed %s %s"
                .formatted(
                    entry.getKey(),
                    entry.getValue().good(),
                    entry.getValue().bad().size(),
                    entry.getValue().bad(),
                    entry.getValue().remarks()))
        .collect(joining(System.lineSeparator()));
  }
}
