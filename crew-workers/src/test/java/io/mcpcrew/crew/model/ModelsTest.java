package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.simulators.model.ModelServer;
import io.mcpcrew.simulators.model.Script;
import io.mcpcrew.simulators.model.Script.Call;
import io.mcpcrew.simulators.model.Script.Kind;
import io.mcpcrew.simulators.model.Script.Misbehaviour;
import io.mcpcrew.simulators.model.Script.Rule;
import io.mcpcrew.simulators.model.Script.When;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/// Models asked over HTTP, at two scripted servers: the first and what stands in for it.
@Timeout(60)
class ModelsTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final Duration LEFT = Duration.ofSeconds(20);
  private static final OfferedTool FIND =
      new OfferedTool(
          "odoo__find",
          "Finds products",
          Map.of(
              "type", "object",
              "properties",
                  Map.of(
                      "query", Map.of("type", "string", "maxLength", 80),
                      "kind", Map.of("anyOf", List.of(Map.of("type", "string")))),
              "required", List.of("query")));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final GuardedHttp http = TestModels.http();
  private ModelServer first;
  private ModelServer second;
  private Models models;

  @BeforeEach
  void start() throws IOException {
    first = ModelServer.start(0, TestModels.KEY, script(Rule.says("primeiro")));
    second = ModelServer.start(0, TestModels.KEY, script(Rule.says("segundo")));
    models = models(http);
  }

  private Models models(GuardedHttp way) {
    var settings =
        new ModelsSettings(
            Map.of(
                "main", TestModels.model(first.url(), "1", "2", List.of("spare")),
                "spare", TestModels.model(second.url(), "0", "0", List.of())),
            "main",
            ModelsSettings.Budgets.defaults());
    return new Models(settings, way, meters, () -> new Random(7));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    http.close();
  }

  @Test
  void an_answer_comes_with_what_it_cost() {
    var reply = (Models.Reply.Answered) models.ask(LOJA, null, question("oi"), LEFT);

    ModelAnswer answer = reply.answer();
    assertThat(answer.text()).isEqualTo("primeiro");
    assertThat(answer.model()).isEqualTo("main");
    assertThat(answer.tokensIn()).isPositive();
    assertThat(reply.costMicros()).isEqualTo(answer.tokensIn() + 2L * answer.tokensOut());
    assertThat(counter("crew.model.calls", "outcome", "answered")).isEqualTo(1);
    assertThat(counter("crew.model.tokens", "direction", "in")).isEqualTo(answer.tokensIn());
    assertThat(counter("crew.model.cost", "model", "main")).isPositive();
  }

  @Test
  void tools_are_offered_with_their_schemas_asked_for_and_answered() {
    first.perform(
        script(
            Rule.calls(new Call("odoo__find", Map.of("query", "furadeira"))).when(When.results(0)),
            Rule.says("Custa {{/price}}").when(When.results(1))));
    List<Said> said =
        List.of(new Said.Instructions("Seja breve."), new Said.Customer("furadeira?"));

    ModelAnswer asks = answer(new ModelRequest(said, List.of(FIND)));
    ToolCall call = asks.calls().getFirst();
    assertThat(call.tool()).isEqualTo("odoo__find");
    assertThat(call.arguments()).isEqualTo("{\"query\":\"furadeira\"}");
    assertThat(first.requests().getLast().tools()).containsExactly("odoo__find");

    ModelAnswer says =
        answer(
            new ModelRequest(
                List.of(
                    said.getFirst(),
                    said.getLast(),
                    new Said.Assistant(null, List.of(call), null),
                    new Said.Result(call.id(), call.tool(), "{\"price\":\"349,90\"}")),
                List.of(FIND)));
    assertThat(says.text()).isEqualTo("Custa 349,90");
  }

  @Test
  void the_same_request_has_the_same_hash_and_any_change_another() {
    var request = new ModelRequest(List.of(new Said.Customer("a")), List.of(FIND));

    assertThat(new ModelRequest(List.of(new Said.Customer("a")), List.of(FIND)).hash())
        .isEqualTo(request.hash());
    assertThat(new ModelRequest(List.of(new Said.Customer("a")), List.of()).hash())
        .isNotEqualTo(request.hash());
    assertThat(question("ab").hash()).isNotEqualTo(question("a").hash());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SERVER_ERROR", "TOO_MANY_REQUESTS", "CUT", "WRONG_JSON", "HANG", "HUGE"})
  void what_stands_in_answers_when_the_first_does_not(Kind kind) {
    first.perform(script(Rule.misbehaves(Misbehaviour.of(kind))));

    var reply = models.ask(LOJA, "main", question("oi"), LEFT);

    assertThat(reply).isInstanceOf(Models.Reply.Answered.class);
    assertThat(((Models.Reply.Answered) reply).answer().text()).isEqualTo("segundo");
  }

  @Test
  void what_fails_once_is_asked_again() {
    second.perform(
        script(Rule.misbehaves(Misbehaviour.of(Kind.SERVER_ERROR)).times(2), Rule.says("agora")));

    var reply = (Models.Reply.Answered) models.ask(LOJA, "spare", question("oi"), LEFT);

    assertThat(reply.answer().text()).isEqualTo("agora");
    assertThat(second.asked()).isEqualTo(3);
  }

  @Test
  void a_named_pause_is_kept_before_the_same_model_is_asked_again() {
    second.perform(
        script(
            Rule.misbehaves(new Misbehaviour(Kind.TOO_MANY_REQUESTS, 1)).times(1),
            Rule.says("agora")));
    long began = System.nanoTime();

    var reply = models.ask(LOJA, "spare", question("oi"), LEFT);

    assertThat(reply).isInstanceOf(Models.Reply.Answered.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void a_wrong_key_is_not_tried_again_and_the_reason_tells_no_secret() throws IOException {
    try (ModelServer other = ModelServer.start(0, "another-key", script(Rule.says("x")))) {
      var settings =
          new ModelsSettings(
              Map.of("m", TestModels.model(other.url(), "0", "0", List.of())),
              null,
              ModelsSettings.Budgets.defaults());
      var reply =
          new Models(settings, http, meters, () -> new Random(1))
              .ask(LOJA, null, question("oi"), LEFT);

      assertThat(reply).isEqualTo(new Models.Reply.Failed("m answered 401"));
      assertThat(counter("crew.model.calls", "outcome", "refused")).isEqualTo(1);
    }
  }

  @Test
  void a_refusal_is_an_answer() {
    first.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.REFUSAL))));

    assertThat(answer(question("oi")).refusal()).contains("can't help");
  }

  @Test
  void a_model_that_keeps_failing_is_left_alone_for_a_while() {
    first.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.SERVER_ERROR))));
    for (int i = 0; i < 12; i++) {
      models.ask(LOJA, null, question("oi"), LEFT);
    }

    assertThat(first.asked()).isBetween(10L, 12L);
    assertThat(counter("crew.model.calls", "outcome", "breaker")).isPositive();
  }

  @Test
  void a_crowd_waits_for_its_turn_and_its_time_begins_then() throws Exception {
    first.perform(script(Rule.says("oi").after(300)));
    int crowd = 4 * TestModels.AT_ONCE;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Models.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < crowd; i++) {
        replies.add(threads.submit(() -> models.ask(LOJA, null, question("oi"), LEFT)));
      }
      for (Future<Models.Reply> reply : replies) {
        assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(Models.Reply.Answered.class);
      }
    }
    assertThat(first.asked()).isEqualTo(crowd);
    assertThat(first.mostAtOnce()).isLessThanOrEqualTo(TestModels.AT_ONCE);
  }

  @Test
  void nothing_is_waited_for_longer_than_somebody_waits() {
    first.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.HANG))));
    second.perform(script(Rule.misbehaves(Misbehaviour.of(Kind.HANG))));
    long began = System.nanoTime();

    var reply = models.ask(LOJA, null, question("oi"), Duration.ofMillis(600));

    assertThat(reply).isInstanceOf(Models.Reply.Failed.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void a_private_address_is_called_only_where_an_operator_allowed_it() {
    try (var guarded =
        new GuardedHttp(
            new HttpSettings(List.of(), Duration.ofSeconds(1), DataSize.ofMegabytes(1)))) {
      var reply = models(guarded).ask(LOJA, "spare", question("oi"), LEFT);

      assertThat(reply).isInstanceOf(Models.Reply.Failed.class);
      assertThat(((Models.Reply.Failed) reply).reason()).contains("private network");
      assertThat(second.asked()).isZero();
    }
  }

  private ModelAnswer answer(ModelRequest request) {
    return ((Models.Reply.Answered) models.ask(LOJA, null, request, LEFT)).answer();
  }

  private static ModelRequest question(String text) {
    return new ModelRequest(List.of(new Said.Customer(text)), List.of());
  }

  private static Script script(Rule... rules) {
    return new Script(List.of("scripted"), List.of(rules));
  }

  private double counter(String name, String tag, String value) {
    return meters.get(name).tag("tenant_id", "loja").tag(tag, value).counter().count();
  }
}
