package io.mcpcrew.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.simulators.model.Script.Call;
import io.mcpcrew.simulators.model.Script.Kind;
import io.mcpcrew.simulators.model.Script.Misbehaviour;
import io.mcpcrew.simulators.model.Script.Rule;
import io.mcpcrew.simulators.model.Script.When;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the scripted model accepts, what it says, and how it behaves badly, over HTTP.
@Timeout(30)
class ModelServerTest {
  private static final String TOOL =
      """
      {"type":"function","function":{"name":"find","parameters":{"type":"object","properties":{}}}}\
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private ModelServer server;

  @BeforeEach
  void start() throws IOException {
    server = ModelServer.start(0, "a-key", script(Rule.says("Olá")));
  }

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  @Test
  void it_says_what_the_script_says_and_counts_tokens() throws Exception {
    var answer = ask(user("oi"));

    JsonNode body = json(answer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.at("/choices/0/message/content").asString("")).isEqualTo("Olá");
    assertThat(body.at("/choices/0/message/role").asString("")).isEqualTo("assistant");
    assertThat(body.at("/choices/0/finish_reason").asString("")).isEqualTo("stop");
    assertThat(body.at("/usage/total_tokens").asInt())
        .isEqualTo(
            body.at("/usage/prompt_tokens").asInt() + body.at("/usage/completion_tokens").asInt())
        .isPositive();
  }

  @Test
  void it_asks_for_a_tool_and_answers_with_what_the_tool_found() throws Exception {
    server.perform(
        script(
            Rule.calls(new Call("find", Map.of("query", "furadeira"))).when(When.results(0)),
            Rule.says("Custa {{/records/0/price}} reais.").when(When.results(1))));

    JsonNode first = json(ask(user("furadeira?") + ",\"tools\":[" + TOOL + "]"));
    JsonNode call = first.at("/choices/0/message/tool_calls/0");
    assertThat(first.at("/choices/0/finish_reason").asString("")).isEqualTo("tool_calls");
    assertThat(call.at("/function/name").asString("")).isEqualTo("find");
    assertThat(call.at("/function/arguments").asString("")).isEqualTo("{\"query\":\"furadeira\"}");

    JsonNode second =
        json(
            ask(
                """
                "messages":[{"role":"user","content":"furadeira?"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                  "function":{"name":"find","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"{\\"records\\":[{\\"price\\":349.9}]}"}]\
                """));
    assertThat(second.at("/choices/0/message/content").asString(""))
        .isEqualTo("Custa 349.9 reais.");
  }

  @Test
  void a_stream_carries_the_same_in_pieces() throws Exception {
    server.perform(
        script(
            new Rule(
                null,
                null,
                0,
                "Um momento, vou olhar",
                List.of(new Call("find", Map.of("query", "serrote"))),
                null)));

    var answer =
        ask(
            user("oi")
                + ",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"tools\":["
                + TOOL
                + "]");

    List<String> events =
        Arrays.stream(answer.body().split("\n\n")).map(e -> e.replaceFirst("^data: ", "")).toList();
    var text = new StringBuilder();
    var arguments = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      JsonNode delta = JsonMapper.shared().readTree(event).at("/choices/0/delta");
      text.append(delta.path("content").asString(""));
      arguments.append(delta.at("/tool_calls/0/function/arguments").asString(""));
    }
    assertThat(events.getLast()).isEqualTo("[DONE]");
    assertThat(text).hasToString("Um momento, vou olhar");
    assertThat(arguments).hasToString("{\"query\":\"serrote\"}");
    assertThat(events.get(events.size() - 2)).contains("\"usage\"").contains("\"choices\":[]");
    assertThat(events.get(events.size() - 3)).contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void the_first_rule_that_fits_and_is_not_used_up_speaks() throws Exception {
    server.perform(
        Script.read(
            "a script",
            """
            models: [scripted]
            rules:
              - when: {last: PREÇO}
                says: caro
                times: 1
              - when: {last: preço, role: user}
                says: barato
              - when: {model: other}
                says: never
              - says: pois não
            """));

    assertThat(said(ask(user("qual o preço?")))).isEqualTo("caro");
    assertThat(said(ask(user("qual o preço?")))).isEqualTo("barato");
    assertThat(said(ask(user("oi")))).isEqualTo("pois não");
    assertThat(server.asked()).isEqualTo(3);
    assertThat(server.requests()).extracting(r -> r.last().text()).last().isEqualTo("oi");
  }

  @Test
  void what_no_rule_fits_is_an_error_that_says_so() throws Exception {
    server.perform(script(Rule.says("x").when(When.last("y"))));

    var answer = ask(user("oi"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no rule for this: oi");
  }

  @Test
  void a_script_that_is_wrong_is_refused_with_the_place() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Script.read("s", "models: [a]\nrules: [{says: x, tmes: 3}]"))
        .withMessageContaining("tmes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Script.read("s", "models: [a]\nrules: [{times: 3}]"))
        .withMessageContaining("says, calls or misbehaves");
    assertThatIllegalArgumentException().isThrownBy(() -> Script.read("s", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "messages":[] | 'messages' must be an array
          "messages":[{"role":"robot","content":"x"}] | role 'robot'
          "messages":[{"role":"user"}] | content must be a string
          "messages":[{"role":"user","content":[{"type":"image_url"}]}] | only parts of type 'text'
          "messages":[{"role":"tool","tool_call_id":"c","content":"x"}] | must be a response to
          "messages":[{"role":"user","content":"x"}],"top_k":3 | Unrecognized request argument supplied: top_k
          "messages":[{"role":"user","content":"x"}],"temperature":3 | 'temperature' must be
          "messages":[{"role":"user","content":"x"}],"stream":"yes" | 'stream' must be a boolean
          "messages":[{"role":"user","content":"x"}],"stream_options":{} | only allowed when 'stream'
          "messages":[{"role":"user","content":"x"}],"tool_choice":"auto" | only allowed when 'tools'
          "messages":[{"role":"user","content":"x"}],"tools":[] | 'tools' must be an array
          "messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a.b"}}] | must match
          "messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a","parameters":{}}}] | Invalid schema for function 'a'
          "messages":[{"role":"user","content":"x"}],"max_tokens":0 | 'max_tokens' must be
          "messages":[{"role":"assistant","content":null}] | content must be a string
          "messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"a","arguments":{}}}]}] | arguments must be a string
          "messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"a","arguments":"{}"}}]},{"role":"user","content":"x"}] | must be followed by tool messages
          """)
  void what_does_not_keep_the_protocol_is_refused(String fields, String complaint)
      throws Exception {
    var answer = ask(fields);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asString("")).contains(complaint);
    assertThat(server.asked()).isZero();
  }

  @Test
  void a_wrong_key_path_method_type_or_model_is_refused() throws Exception {
    assertThat(send(request("/chat/completions", "wrong").POST(body(user("x")))).statusCode())
        .isEqualTo(401);
    assertThat(send(request("/completions", "a-key").POST(body(user("x")))).statusCode())
        .isEqualTo(404);
    assertThat(send(request("/chat/completions", "a-key").GET()).statusCode()).isEqualTo(405);
    assertThat(
            send(request("/chat/completions", "a-key")
                    .setHeader("Content-Type", "text/plain")
                    .POST(body(user("x"))))
                .statusCode())
        .isEqualTo(400);
    server.perform(new Script(List.of("other"), List.of(Rule.says("x"))));
    assertThat(ask(user("x")).statusCode()).isEqualTo(404);
    assertThat(send(request("/models", "a-key").GET()).body()).contains("\"id\":\"other\"");
  }

  @Test
  void it_says_no_asks_for_what_nobody_offered_and_garbles_arguments() throws Exception {
    String tools = ",\"tools\":[" + TOOL + "]";
    perform(Kind.REFUSAL);
    assertThat(json(ask(user("x"))).at("/choices/0/message/refusal").asString(""))
        .contains("can't");
    perform(Kind.UNKNOWN_TOOL);
    assertThat(function(ask(user("x") + tools), "name")).isEqualTo("no_such_tool");
    perform(Kind.MALFORMED_ARGUMENTS);
    String arguments = function(ask(user("x") + tools), "arguments");
    assertThatThrownBy(() -> JsonMapper.shared().readTree(arguments)).isNotNull();
    perform(Kind.ENDLESS_TOOLS);
    assertThat(function(ask(user("x") + tools), "name")).isEqualTo("find");
    assertThat(function(ask(user("x") + tools), "name")).isEqualTo("find");
    perform(Kind.TOO_LONG);
    assertThat(json(ask(user("x"))).at("/choices/0/finish_reason").asString(""))
        .isEqualTo("length");
    perform(Kind.EMPTY);
    assertThat(json(ask(user("x"))).at("/choices/0/message/content").isNull()).isTrue();
  }

  @Test
  void it_answers_with_errors_garbage_and_too_much() throws Exception {
    server.perform(script(Rule.misbehaves(new Misbehaviour(Kind.TOO_MANY_REQUESTS, 7))));
    var tooMany = ask(user("x"));
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("7");
    perform(Kind.SERVER_ERROR);
    assertThat(ask(user("x")).statusCode()).isEqualTo(500);
    perform(Kind.WRONG_JSON);
    String wrong = ask(user("x")).body();
    assertThatThrownBy(() -> JsonMapper.shared().readTree(wrong)).isNotNull();
    perform(Kind.HUGE);
    assertThat(ask(user("x")).body().length()).isGreaterThan(6_000_000);
  }

  @Test
  void it_cuts_answers_off_whole_and_streamed() {
    perform(Kind.CUT);

    assertThatThrownBy(() -> ask(user("x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(user("x") + ",\"stream\":true")).isInstanceOf(IOException.class);
  }

  @Test
  void it_hangs_and_others_are_answered_meanwhile() throws Exception {
    server.perform(
        script(
            Rule.misbehaves(Misbehaviour.of(Kind.HANG)).when(When.last("hang")), Rule.says("oi")));

    var hanging =
        request("/chat/completions", "a-key")
            .timeout(Duration.ofMillis(300))
            .POST(body(user("hang")));
    assertThatThrownBy(() -> send(hanging)).isInstanceOf(HttpTimeoutException.class);
    assertThat(said(ask(user("x")))).isEqualTo("oi");
  }

  @Test
  void it_thinks_as_long_as_it_was_told() throws Exception {
    server.perform(script(Rule.says("oi").after(150)));
    long began = System.nanoTime();

    ask(user("x"));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(140));
  }

  private void perform(Kind kind) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(kind))));
  }

  private static Script script(Rule... rules) {
    return new Script(List.of("scripted"), List.of(rules));
  }

  private static String user(String text) {
    return "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]".formatted(text);
  }

  private static String said(HttpResponse<String> answer) {
    return json(answer).at("/choices/0/message/content").asString("");
  }

  private static String function(HttpResponse<String> answer, String field) {
    return json(answer).at("/choices/0/message/tool_calls/0/function/" + field).asString("");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> ask(String fields) throws IOException, InterruptedException {
    return send(request("/chat/completions", "a-key").POST(body(fields)));
  }

  private static HttpRequest.BodyPublisher body(String fields) {
    return HttpRequest.BodyPublishers.ofString("{\"model\":\"scripted\"," + fields + "}");
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
