package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.Signature;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.simulators.model.ModelServer;
import io.mcpcrew.simulators.model.Protocol;
import io.mcpcrew.simulators.model.Script;
import io.mcpcrew.simulators.model.Script.Call;
import io.mcpcrew.simulators.model.Script.Kind;
import io.mcpcrew.simulators.model.Script.Misbehaviour;
import io.mcpcrew.simulators.model.Script.Rule;
import io.mcpcrew.simulators.model.Script.When;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// Each provider's protocol, at a scripted server that is as strict as theirs.
@Timeout(60)
class ProvidersTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final Duration LEFT = Duration.ofSeconds(20);

  /// What tools of our connectors and of others look like, the awkward parts too.
  private static final List<OfferedTool> TOOLS =
      List.of(
          new OfferedTool(
              "odoo__find",
              "Finds products",
              Map.of(
                  "type", "object",
                  "$defs", Map.of("Page", Map.of("type", "integer", "minimum", 1)),
                  "additionalProperties", false,
                  "properties",
                      Map.of(
                          "query", Map.of("type", "string", "maxLength", 80),
                          "page", Map.of("$ref", "#/$defs/Page"),
                          "kind", Map.of("anyOf", List.of(Map.of("type", "string"))),
                          "tags", Map.of("type", "array"),
                          "filter", Map.of("type", "object")),
                  "required", List.of("query"))),
          new OfferedTool("shop__hours", "Opening hours", Map.of("type", "object")));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final GuardedHttp http = TestModels.http();
  private ModelServer server;
  private Models models;

  @BeforeEach
  void start() throws IOException {
    server = ModelServer.start(0, TestModels.KEY, script(Rule.says("pois não")));
    models = models(server);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  /// A model of each provider, by its name.
  private Models models(ModelServer at) {
    Map<String, ModelsSettings.Model> all = new HashMap<>();
    for (Provider provider : Provider.values()) {
      all.put(
          provider.toString(),
          TestModels.model(provider, at.url(protocol(provider)), "1", "2", List.of()));
    }
    var settings = new ModelsSettings(all, null, ModelsSettings.Budgets.defaults());
    return new Models(settings, http, meters, () -> new Random(7));
  }

  private static Protocol protocol(Provider provider) {
    return switch (provider) {
      case OPENAI_COMPATIBLE, LANGCHAIN4J -> Protocol.OPENAI;
      case ANTHROPIC -> Protocol.ANTHROPIC;
      case GOOGLE_GEMINI -> Protocol.GEMINI;
      case MISTRAL -> Protocol.MISTRAL;
      case OLLAMA -> Protocol.OLLAMA;
    };
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_comes_with_what_it_cost(Provider provider) {
    var reply = (Models.Reply.Answered) ask(provider, question("oi"));

    ModelAnswer answer = reply.answer();
    assertThat(answer.text()).isEqualTo("pois não");
    assertThat(answer.refusal()).isNull();
    assertThat(answer.cutOff()).isFalse();
    assertThat(answer.tokensIn()).isPositive();
    assertThat(answer.tokensOut()).isPositive();
    assertThat(reply.costMicros()).isEqualTo(answer.tokensIn() + 2L * answer.tokensOut());
  }

  @ParameterizedTest
  @EnumSource
  void two_tools_are_asked_for_at_once_and_the_answer_is_made_of_their_results(Provider provider) {
    server.perform(
        script(
            Rule.calls(
                    new Call("odoo__find", Map.of("query", "furadeira", "page", 2)),
                    new Call("shop__hours", Map.of()))
                .when(When.results(0)),
            Rule.says("Custa {{/price}}").when(When.results(2))));
    List<Said> said =
        List.of(new Said.Instructions("Seja breve."), new Said.Customer("furadeira?"));

    ModelAnswer asks = answer(provider, new ModelRequest(said, TOOLS));
    assertThat(asks.calls())
        .extracting(ToolCall::tool)
        .containsExactly("odoo__find", "shop__hours");
    assertThat(JsonMapper.shared().readTree(asks.calls().getFirst().arguments()))
        .isEqualTo(JsonMapper.shared().readTree("{\"page\":2,\"query\":\"furadeira\"}"));
    assertThat(server.requests().getLast().tools()).containsExactly("odoo__find", "shop__hours");

    ModelAnswer says = answer(provider, after(said, asks, asks.signed()));
    assertThat(says.text()).isEqualTo("Custa 349,90");
    assertThat(says.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void what_another_model_asked_for_is_gone_on_with(Provider provider) {
    server.perform(
        script(
            Rule.calls(new Call("odoo__find", Map.of("query", "furadeira"))).when(When.results(0)),
            Rule.says("Custa {{/price}}").when(When.results(1))));
    List<Said> said = List.of(new Said.Customer("furadeira?"));
    for (Provider before : Provider.values()) {
      ModelAnswer asks = answer(before, new ModelRequest(said, TOOLS));

      ModelAnswer says = answer(provider, after(said, asks, asks.signed()));

      assertThat(says.text()).isEqualTo("Custa 349,90");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_conversation_that_we_began_is_understood(Provider provider) {
    ModelAnswer answer =
        answer(
            provider,
            new ModelRequest(
                List.of(
                    new Said.Instructions("Seja breve."),
                    new Said.Assistant("Olá! Seu pedido saiu para entrega."),
                    new Said.Assistant("[team] Chega hoje."),
                    new Said.Customer("obrigado"),
                    new Said.Customer("a que horas?")),
                TOOLS));

    assertThat(answer.text()).isEqualTo("pois não");
    assertThat(server.requests().getLast().last().text()).isEqualTo("a que horas?");
  }

  /// The others have no word for it.
  @ParameterizedTest
  @EnumSource(names = {"OPENAI_COMPATIBLE", "ANTHROPIC", "GOOGLE_GEMINI"})
  void a_refusal_is_an_answer_and_says_nothing_against_the_model(Provider provider) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.REFUSAL))));

    for (int i = 0; i < 12; i++) {
      assertThat(answer(provider, question("oi")).refusal()).isNotBlank();
    }
    assertThat(server.asked()).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource
  void silence_is_told_from_an_answer(Provider provider) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.EMPTY))));

    ModelAnswer answer = answer(provider, question("oi"));

    assertThat(answer.text()).isNullOrEmpty();
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.refusal()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_that_was_cut_off_says_so(Provider provider) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.TOO_LONG))));

    assertThat(answer(provider, question("oi")).cutOff()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void what_fails_once_is_asked_again(Provider provider) {
    server.perform(
        script(
            Rule.misbehaves(Misbehaviour.of(Kind.SERVER_ERROR)).times(1),
            Rule.misbehaves(Misbehaviour.of(Kind.TOO_MANY_REQUESTS)).times(1),
            Rule.says("agora")));

    assertThat(answer(provider, question("oi")).text()).isEqualTo("agora");
    assertThat(server.asked()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void what_cannot_be_read_is_asked_three_times(Provider provider) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.WRONG_JSON))));

    assertThat(ask(provider, question("oi")))
        .isEqualTo(new Models.Reply.Failed(provider + " answered what cannot be read"));
    assertThat(server.asked()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_key_is_not_tried_again_and_the_reason_tells_no_secret(Provider provider)
      throws IOException {
    int status = provider == Provider.GOOGLE_GEMINI ? 400 : 401;
    try (ModelServer other = ModelServer.start(0, "another-key", script(Rule.says("x")))) {
      assertThat(models(other).ask(LOJA, provider.toString(), question("oi"), LEFT))
          .isEqualTo(new Models.Reply.Failed("%s answered %d".formatted(provider, status)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_key_that_is_not_there_is_told_by_its_name(Provider provider) {
    var settings =
        new ModelsSettings.Model(
            provider,
            server.url(protocol(provider)),
            "scripted",
            new Secret("env:NO_SUCH_KEY"),
            BigDecimal.ONE,
            BigDecimal.ONE,
            Duration.ofSeconds(2),
            1,
            512,
            null,
            8192,
            List.of(),
            TestModels.module(provider));
    var one = new ModelsSettings(Map.of("m", settings), null, ModelsSettings.Budgets.defaults());

    assertThat(
            new Models(one, http, meters, () -> new Random(1))
                .ask(LOJA, null, question("oi"), LEFT))
        .isEqualTo(new Models.Reply.Failed("m: the secret env:NO_SUCH_KEY is not set"));
    assertThat(server.asked()).isZero();
  }

  @Test
  void gemini_is_given_back_its_signature_and_nobody_elses() {
    server.perform(
        script(
            Rule.calls(new Call("odoo__find", Map.of("query", "furadeira"))).when(When.results(0)),
            Rule.says("Custa {{/price}}").when(When.results(1))));
    List<Said> said = List.of(new Said.Customer("furadeira?"));

    ModelAnswer asks = answer(Provider.GOOGLE_GEMINI, new ModelRequest(said, TOOLS));

    assertThat(asks.signature()).isNotBlank();
    var madeUp = new Signature(Provider.GOOGLE_GEMINI.toString(), "bm90LXlvdXJz");
    assertThat(ask(Provider.GOOGLE_GEMINI, after(said, asks, madeUp)))
        .isEqualTo(new Models.Reply.Failed("google-gemini answered 400"));
  }

  private static ModelRequest after(List<Said> said, ModelAnswer asks, @Nullable Signature signed) {
    List<Said> all = new java.util.ArrayList<>(said);
    List<ToolCall> calls = new ArrayList<>();
    List<Said> results = new ArrayList<>();
    for (int i = 0; i < asks.calls().size(); i++) {
      var call =
          new ToolCall(
              "c1_" + (i + 1), asks.calls().get(i).tool(), asks.calls().get(i).arguments());
      calls.add(call);
      results.add(new Said.Result(call.id(), call.tool(), "{\"price\":\"349,90\"}"));
    }
    all.add(new Said.Assistant(asks.text(), calls, signed));
    all.addAll(results);
    return new ModelRequest(all, TOOLS);
  }

  private ModelAnswer answer(Provider provider, ModelRequest request) {
    return ((Models.Reply.Answered) ask(provider, request)).answer();
  }

  private Models.Reply ask(Provider provider, ModelRequest request) {
    return models.ask(LOJA, provider.toString(), request, LEFT);
  }

  private static ModelRequest question(String text) {
    return new ModelRequest(List.of(new Said.Customer(text)), List.of());
  }

  private static Script script(Rule... rules) {
    return new Script(List.of("scripted"), List.of(rules));
  }
}
