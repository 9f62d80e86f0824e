package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.local.Platform;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole house with a model, as the example of the documentation starts it: what no playbook
/// answers an agent does, by the tools of the company and by nothing else.
@Tag("slow")
@Timeout(120)
class ScriptedModelIT {
  private static final Path EXAMPLE = Path.of("../local/examples/scripted-model").toAbsolutePath();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Platform platform;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    int model = FreePort.next();
    Path key = Files.writeString(data.resolve("model-key"), "demo-model-key");
    Map<String, Object> here =
        Map.of(
            "spring.config.import",
            "file:" + EXAMPLE.resolve("settings.yaml"),
            "simulator.model.script",
            EXAMPLE.resolve("script.yaml").toString(),
            "simulator.model.port",
            model,
            "crew.models.scripted.url",
            "http://127.0.0.1:%d/v1".formatted(model),
            "crew.models.scripted.key",
            "file:" + key);
    platform =
        Platform.start(
            new Platform.Plan(
                data, FreePort.next(), PartsSettings.forTests(data.resolve("parts")), here),
            Progress.silent());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static JsonNode asked(HttpRequest.Builder request) {
    try {
      return JsonMapper.shared()
          .readTree(HTTP.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder demo(String path) {
    return HttpRequest.newBuilder(URI.create(platform.url() + "/demo/api/loja" + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static long writes(String text) {
    String body = JsonMapper.shared().writeValueAsString(Map.of("text", text));
    return asked(
            demo("/messages")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .path("conversation")
        .asLong();
  }

  private static List<JsonNode> said(long conversation, Predicate<JsonNode> wanted) {
    List<JsonNode> found = new ArrayList<>();
    asked(demo("/conversations/" + conversation + "/messages").GET())
        .path("messages")
        .forEach(message -> {
          if (message.path("kind").asString("").equals("bot") && wanted.test(message)) {
            found.add(message);
          }
        });
    return found;
  }

  /// The first that is no line to hold on: on a busy machine 8 s pass before the answer.
  private static String first(long conversation, boolean note) {
    Predicate<JsonNode> wanted =
        message ->
            message.path("private").asBoolean(false) == note
                && !message.path("text").asString("").endsWith(", um momento.");
    await().atMost(Duration.ofSeconds(40)).until(() -> !said(conversation, wanted).isEmpty());
    return said(conversation, wanted).getFirst().path("text").asString("");
  }

  @Test
  void what_no_playbook_knows_is_answered_by_an_agent_with_what_a_tool_of_odoo_told() {
    long conversation = writes("o que vocês me indicam para pendurar um quadro na parede?");

    assertThat(first(conversation, false))
        .contains("Furadeira de Impacto 650 W", "289.9")
        .doesNotContain("pessoa");
  }

  @Test
  void a_number_that_no_tool_told_is_held_back_and_a_person_reads_which() {
    long conversation = writes("vocês patrocinam escolas de marcenaria?");

    assertThat(first(conversation, false)).contains("uma pessoa").doesNotContain("123,45", "17%");
    assertThat(first(conversation, true)).contains("numbers", "123,45");
    assertThat(asked(demo("/conversations/" + conversation).GET()).path("status").asString(""))
        .isEqualTo("open");
  }
}
