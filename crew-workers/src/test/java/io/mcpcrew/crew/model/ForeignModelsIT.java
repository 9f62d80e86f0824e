package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.parts.NodePackages;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Providers' protocols as others understood them: a server for tests that is not ours.
@Tag("slow")
@EnabledIf(value = NodePackages.CAN_BE_INSTALLED, disabledReason = NodePackages.WHAT_IS_MISSING)
@Timeout(300)
class ForeignModelsIT {
  @ParameterizedTest
  @CsvSource({
    "OPENAI_COMPATIBLE, /v1",
    "ANTHROPIC,         /v1",
    "GOOGLE_GEMINI,     /v1beta",
    "OLLAMA,            ''"
  })
  @Retention(RetentionPolicy.RUNTIME)
  private @interface EachOfItsProtocols {}

  private static final AccountId LOJA = new AccountId("loja");
  private static final Duration LEFT = Duration.ofSeconds(20);
  private static final Pattern LISTENING = Pattern.compile("listening on (http://[0-9.:]+)");
  private static final Path DECLARED = Path.of("src", "test", "models").toAbsolutePath();
  private static final NodePackages PACKAGES =
      new NodePackages(DECLARED, Path.of("..", ".crew", "node-models"));
  private static final List<OfferedTool> TOOLS =
      List.of(
          new OfferedTool(
              "odoo__find",
              "Finds products",
              Map.of(
                  "type", "object",
                  "properties", Map.of("query", Map.of("type", "string")),
                  "required", List.of("query"))),
          new OfferedTool("shop__hours", "Opening hours", Map.of("type", "object")));

  private static final GuardedHttp http = TestModels.http();
  private static NodePackages.Running server;
  private static String address;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, InterruptedException {
    PACKAGES.install();
    Path log = Files.createFile(folder.resolve("server.log"));
    server =
        PACKAGES.serve(
            log,
            PACKAGES.file("@copilotkit/aimock/dist/cli.js"),
            "--port",
            "0",
            "--strict",
            "--validate-on-load",
            "--fixtures",
            DECLARED.resolve("fixtures.json").toString());
    await().atMost(Duration.ofSeconds(30)).until(() -> told(log).find());
    Matcher told = told(log);
    assertThat(told.find()).isTrue();
    address = told.group(1);
  }

  private static Matcher told(Path log) throws IOException {
    return LISTENING.matcher(Files.readString(log));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    http.close();
  }

  @EachOfItsProtocols
  void tools_are_asked_for_and_their_results_are_answered(Provider provider, String path) {
    Models models = models(provider, path);
    List<Said> said = new ArrayList<>();
    said.add(new Said.Instructions("Seja breve."));
    said.add(new Said.Customer("Vocês têm furadeira?"));

    ModelAnswer asks = answer(models, said);
    assertThat(asks.calls())
        .extracting(ToolCall::tool)
        .containsExactly("odoo__find", "shop__hours");
    assertThat(asks.calls().getFirst().arguments().replaceAll("\\s", ""))
        .isEqualTo("{\"query\":\"furadeira\"}");

    List<ToolCall> calls =
        List.of(
            new ToolCall("c1_1", "odoo__find", asks.calls().getFirst().arguments()),
            new ToolCall("c1_2", "shop__hours", "{}"));
    said.add(new Said.Assistant(asks.text(), calls, asks.signed()));
    calls.forEach(call -> said.add(new Said.Result(call.id(), call.tool(), "{\"price\":349.9}")));
    ModelAnswer says = answer(models, said);
    assertThat(says.text()).isEqualTo("Custa R$ 349,90.");
    assertThat(says.calls()).isEmpty();
  }

  @EachOfItsProtocols
  void what_the_server_does_not_know_is_a_failure_with_its_status(Provider provider, String path) {
    var reply =
        models(provider, path)
            .ask(
                LOJA,
                null,
                new ModelRequest(List.of(new Said.Customer("algo que ninguém previu")), List.of()),
                LEFT);

    assertThat(reply).isInstanceOf(Models.Reply.Failed.class);
    assertThat(((Models.Reply.Failed) reply).reason()).matches("m answered \\d{3}");
  }

  private static Models models(Provider provider, String path) {
    var settings =
        new ModelsSettings(
            Map.of(
                "m", TestModels.model(provider, URI.create(address + path), "1", "2", List.of())),
            null,
            ModelsSettings.Budgets.defaults());
    return new Models(settings, http, new SimpleMeterRegistry(), () -> new Random(7));
  }

  private static ModelAnswer answer(Models models, List<Said> said) {
    var reply = models.ask(LOJA, null, new ModelRequest(said, TOOLS), LEFT);
    assertThat(reply).isInstanceOf(Models.Reply.Answered.class);
    return ((Models.Reply.Answered) reply).answer();
  }
}
