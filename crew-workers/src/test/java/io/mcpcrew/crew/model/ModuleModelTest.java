package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelsSettings.LangChainModule;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A module that this checkout does not know, in a jar of its own: its words are others than ours
/// (`modelId`, `region`), its client is its own, and so are its mistakes.
@Timeout(60)
class ModuleModelTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final String TYPE = "acme.AcmeChatModel";
  private static final String SOURCE =
      """
      package acme;

      import dev.langchain4j.data.message.AiMessage;
      import dev.langchain4j.data.message.UserMessage;
      import dev.langchain4j.exception.InvalidRequestException;
      import dev.langchain4j.exception.RateLimitException;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.chat.request.ChatRequest;
      import dev.langchain4j.model.chat.response.ChatResponse;
      import dev.langchain4j.model.output.FinishReason;
      import dev.langchain4j.model.output.TokenUsage;
      import java.util.List;

      public final class AcmeChatModel implements ChatModel {
        public record Region(String name) {
          public static Region of(String name) { return new Region(name); }
        }

        abstract static class Words<B extends Words<B>> {
          String modelId; Region region; int longest; String key; Float topP; List<String> stops; int retries = 3;
          abstract B self();
          public B modelId(String id) { modelId = id; return self(); }
          public B region(Region r) { region = r; return self(); }
          public B maxTokens(int n) { longest = n; return self(); }
          public B apiKey(String k) { key = k; return self(); }
          public B topP(Float p) { topP = p; return self(); }
          public B stopSequences(List<String> s) { stops = s; return self(); }
          public B maxRetries(Integer n) { retries = n; return self(); }
        }

        public static final class Builder extends Words<Builder> {
          Builder self() { return this; }
          public AcmeChatModel build() {
            if (region.name().equals("nowhere")) { throw new IllegalArgumentException("no region " + key); }
            return new AcmeChatModel(this);
          }
        }

        public static Builder builder() { return new Builder(); }

        private final Words<?> told;

        private AcmeChatModel(Words<?> told) { this.told = told; }

        @Override
        public ChatResponse doChat(ChatRequest request) {
          String asked = ((UserMessage) request.messages().getLast()).singleText();
          switch (asked) {
            case "hang" -> {
              try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new IllegalStateException(e); }
            }
            case "refuse" -> throw new InvalidRequestException("key " + told.key);
            case "busy" -> throw new RateLimitException("later");
            case "incomplete" -> throw new NoClassDefFoundError("acme/Missing");
            default -> { }
          }
          String text = "%s in %s, %d tokens, top %s, stops %s, %d retries, key %s, %d tools, from %s".formatted(
              told.modelId, told.region.name(), told.longest, told.topP, told.stops, told.retries, told.key,
              request.toolSpecifications().size(), Thread.currentThread().getContextClassLoader().getName());
          return ChatResponse.builder().aiMessage(AiMessage.from(text)).tokenUsage(new TokenUsage(7, 5))
              .finishReason(FinishReason.STOP).build();
        }
      }
      """;

  @TempDir private static Path folder;
  private static Path jars;
  private static GuardedHttp http;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void makeTheJar() throws IOException {
    http = TestModels.http();
    jars = Files.createDirectories(folder.resolve("jars"));
    Path source = Files.writeString(folder.resolve("AcmeChatModel.java"), SOURCE);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).isZero();
    try (var jar = new JarOutputStream(Files.newOutputStream(jars.resolve("acme.jar")));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
    }
  }

  @AfterAll
  static void close() {
    http.close();
  }

  @Test
  void a_module_is_told_what_the_settings_say_in_its_own_words() {
    var model = model(null, options("region", "sa-east-1", "top-p", "0.5", "stopSequences", "a,b"));

    ModelAnswer answer = answered(models(model), "oi");

    assertThat(answer.text())
        .startsWith("large-1 in sa-east-1, 512 tokens, top 0.5, stops [a, b], 0 retries, key null")
        .contains("1 tools")
        .endsWith("from model " + jars);
    assertThat(answer.tokensIn()).isEqualTo(7);
    assertThat(answer.tokensOut()).isEqualTo(5);
  }

  @Test
  void a_key_that_is_rotated_is_taken_up_with_the_next_question() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "first");
    Models models = models(model(new Secret("file:" + file), options("region", "x")));
    assertThat(answered(models, "oi").text()).contains("key first");

    Files.writeString(file, "second");

    assertThat(answered(models, "oi").text()).contains("key second");
  }

  @Test
  void who_hangs_is_left_at_the_deadline() {
    long began = System.nanoTime();

    var reply = models(model(null, options("region", "x"))).ask(LOJA, null, asks("hang"), left(2));

    assertThat(reply).isEqualTo(new Models.Reply.Failed("main did not answer"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  /// A reason goes to people: no word of what a module says.
  @ParameterizedTest
  @CsvSource({
    "refuse,     main refused: InvalidRequestException",
    "busy,       main did not answer",
    "incomplete, main: acme/Missing"
  })
  void its_mistakes_are_told_apart(String asked, String reason) {
    Models models =
        models(model(new Secret("file:" + folder.resolve("key")), options("region", "x")));
    key("very secret");

    assertThat(models.ask(LOJA, null, asks(asked), left(10)))
        .isEqualTo(new Models.Reply.Failed(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          acme.NoSuchModel    | region | x     | acme.NoSuchModel cannot be loaded
          acme.AcmeChatModel$Region | region | x | is not a ChatModel of LangChain4j
          acme.AcmeChatModel  | regoin | x     | has no regoin; it has apiKey, maxRetries, maxTokens, modelId, region, stopSequences, topP
          acme.AcmeChatModel  | topP   | much  | acme.AcmeChatModel takes no 'much' as topP
          """)
  void what_is_written_wrongly_is_told_at_the_start(
      String type, String option, String value, String told) {
    var model = model(new LangChainModule(type, jars, Map.of(option, value)), null, null, null);

    assertThatThrownBy(() -> models(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }

  @Test
  void so_is_what_its_builder_has_no_word_for() {
    var module = new LangChainModule(TYPE, jars, Map.of());

    assertThatThrownBy(() -> models(model(module, URI.create("http://10.0.0.7"), null, null)))
        .hasMessageContaining(
            "crew.models.*.url: the builder of acme.AcmeChatModel has no baseUrl");
    assertThatThrownBy(() -> models(model(module, null, null, 0.2)))
        .hasMessageContaining(
            "crew.models.*.temperature: the builder of acme.AcmeChatModel has no");
  }

  @Test
  void and_a_folder_that_is_not_there() {
    var module = new LangChainModule(TYPE, folder.resolve("elsewhere"), Map.of());

    assertThatThrownBy(() -> models(model(module, null, null, null)))
        .hasMessageContaining("elsewhere is not a folder");
  }

  @Test
  void what_a_builder_does_not_like_is_told_without_its_words() {
    var reply =
        models(model(null, options("region", "nowhere"))).ask(LOJA, null, asks("oi"), left(5));

    assertThat(reply)
        .isEqualTo(
            new Models.Reply.Failed(
                "main: its builder does not build it; the worker's log says why"));
  }

  private static void key(String text) {
    try {
      Files.writeString(folder.resolve("key"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, String> options(String... namesAndValues) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return options;
  }

  private static ModelsSettings.Model model(@Nullable Secret key, Map<String, String> options) {
    return model(new LangChainModule(TYPE, jars, options), null, key, null);
  }

  private static ModelsSettings.Model model(
      LangChainModule module,
      @Nullable URI url,
      @Nullable Secret key,
      @Nullable Double temperature) {
    return new ModelsSettings.Model(
        Provider.LANGCHAIN4J,
        url,
        "large-1",
        key,
        BigDecimal.ONE,
        BigDecimal.ONE,
        Duration.ofSeconds(1),
        4,
        512,
        temperature,
        8192,
        List.of(),
        module);
  }

  private Models models(ModelsSettings.Model model) {
    var settings =
        new ModelsSettings(Map.of("main", model), null, ModelsSettings.Budgets.defaults());
    return new Models(settings, http, meters, () -> new Random(1));
  }

  private static ModelAnswer answered(Models models, String text) {
    return ((Models.Reply.Answered) models.ask(LOJA, null, asks(text), left(10))).answer();
  }

  private static ModelRequest asks(String text) {
    var tool = new OfferedTool("odoo__find", "Finds", Map.of("type", "object"));
    return new ModelRequest(List.of(new Said.Customer(text)), List.of(tool));
  }

  private static Duration left(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
