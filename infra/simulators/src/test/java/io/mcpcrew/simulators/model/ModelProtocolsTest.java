package io.mcpcrew.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.simulators.model.ChatRequest.Message;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The scripted model spoken to by other protocols than OpenAI's: tool loops, keys, what is refused
/// and in which words, and misbehaviours, over HTTP.
@Timeout(30)
class ModelProtocolsTest {
  private static final String KEY = "a-key";
  private static final Script TOOL_LOOP =
      script(
          new Rule(
              When.results(0),
              null,
              0,
              "Um momento",
              List.of(new Call("find", Map.of("query", "furadeira"))),
              null),
          Rule.says("Custa {{/records/0/price}} reais.")
              .when(new When(null, "tool", 1, "Be kind", null)));

  private final HttpClient http = HttpClient.newHttpClient();
  private ModelServer server;

  @BeforeEach
  void start() throws IOException {
    server = ModelServer.start(0, KEY, script(Rule.says("Olá")));
  }

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  @Test
  void each_protocol_has_a_base_address_on_the_same_port() {
    String host = "http://127.0.0.1:" + server.url().getPort();

    assertThat(server.url()).hasToString(host + "/v1");
    assertThat(server.url(Protocol.OPENAI)).isEqualTo(server.url());
    assertThat(server.url(Protocol.ANTHROPIC)).hasToString(host + "/v1");
    assertThat(server.url(Protocol.GEMINI)).hasToString(host + "/v1beta");
    assertThat(server.url(Protocol.MISTRAL)).hasToString(host + "/mistral/v1");
    assertThat(server.url(Protocol.OLLAMA)).hasToString(host);
  }

  @Test
  void anthropic_asks_for_a_tool_and_answers_with_what_it_found() throws Exception {
    server.perform(TOOL_LOOP);
    String asked =
        """
        "system":[{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral"}}],\
        "tools":[{"name":"find","description":"finds","input_schema":{"type":"object"}}],\
        "messages":[{"role":"user","content":[{"type":"text","text":"furadeira?"}]}\
        """;

    JsonNode first = json(ask(Protocol.ANTHROPIC, asked + "]"));

    assertThat(first.at("/id").asString("")).isEqualTo("msg_1");
    assertThat(first.at("/type").asString("")).isEqualTo("message");
    assertThat(first.at("/content/0/text").asString("")).isEqualTo("Um momento");
    assertThat(first.at("/content/1/id").asString("")).isEqualTo("toolu_1_0");
    assertThat(first.at("/content/1/input"))
        .isEqualTo(JsonMapper.shared().readTree("{\"query\":\"furadeira\"}"));
    assertThat(first.at("/stop_reason").asString("")).isEqualTo("tool_use");
    assertThat(first.at("/usage/input_tokens").asInt()).isPositive();

    JsonNode second =
        json(
            ask(
                Protocol.ANTHROPIC,
                asked
                    + ",{\"role\":\"assistant\",\"content\":"
                    + first.at("/content")
                    + """
                    },{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1_0",\
                    "content":"{\\"records\\":[{\\"price\\":349.9}]}"}]}]\
                    """));

    assertThat(second.at("/content/0/text").asString("")).isEqualTo("Custa 349.9 reais.");
    assertThat(second.at("/stop_reason").asString("")).isEqualTo("end_turn");
    assertThat(roles()).containsExactly("system", "user", "assistant", "tool");
    assertThat(server.requests().getLast().tools()).containsExactly("find");
  }

  @Test
  void gemini_asks_for_a_tool_wants_its_signature_back_and_answers() throws Exception {
    server.perform(TOOL_LOOP);
    String asked =
        """
        "systemInstruction":{"role":"model","parts":[{"text":"Be kind."}]},"cachedContent":null,\
        "tools":[{"functionDeclarations":[{"name":"find","parameters":{"type":"OBJECT",\
        "properties":{"query":{"type":"string"}},"required":["query"]}}],"googleSearch":null}],\
        "contents":[{"role":"user","parts":[{"text":"furadeira?"}]}\
        """;

    JsonNode first = json(ask(Protocol.GEMINI, asked + "]"));

    JsonNode parts = first.at("/candidates/0/content/parts");
    assertThat(parts.at("/0/text").asString("")).isEqualTo("Um momento");
    assertThat(parts.at("/1/functionCall/name").asString("")).isEqualTo("find");
    assertThat(parts.at("/1/functionCall/args/query").asString("")).isEqualTo("furadeira");
    assertThat(parts.at("/1/thoughtSignature").asString("")).isEqualTo(base64("sig1"));
    assertThat(first.at("/candidates/0/finishReason").asString("")).isEqualTo("STOP");
    assertThat(first.at("/modelVersion").asString("")).isEqualTo("scripted");

    String called = asked + "," + first.at("/candidates/0/content");
    String answered =
        """
        ,{"role":"user","parts":[{"functionResponse":{"name":"find",\
        "response":{"response":"{\\"records\\":[{\\"price\\":349.9}]}"}}}]}]\
        """;
    JsonNode second = json(ask(Protocol.GEMINI, called + answered));

    assertThat(second.at("/candidates/0/content/parts/0/text").asString(""))
        .isEqualTo("Custa 349.9 reais.");
    assertThat(second.at("/usageMetadata/totalTokenCount").asInt())
        .isEqualTo(
            second.at("/usageMetadata/promptTokenCount").asInt()
                + second.at("/usageMetadata/candidatesTokenCount").asInt());
    assertThat(roles()).containsExactly("system", "user", "assistant", "tool");
  }

  @Test
  void gemini_takes_a_result_that_is_an_object_and_a_call_that_another_model_made()
      throws Exception {
    server.perform(TOOL_LOOP);

    JsonNode answer =
        json(
            ask(
                Protocol.GEMINI,
                """
                "systemInstruction":{"parts":[{"text":"Be kind."}]},\
                "contents":[{"role":"user","parts":[{"text":"x"}]},\
                {"role":"model","parts":[{"text":"hm","thought":true},\
                {"functionCall":{"name":"find"},\
                "thoughtSignature":"skip_thought_signature_validator"}]},\
                {"role":"user","parts":[{"functionResponse":{"name":"find",\
                "response":{"records":[{"price":7}]}}}]}]\
                """));

    assertThat(answer.at("/candidates/0/content/parts/0/text").asString(""))
        .isEqualTo("Custa 7 reais.");
    assertThat(server.requests().getLast().messages().get(2))
        .isEqualTo(new Message("assistant", "", List.of("find")));
  }

  @Test
  void mistral_asks_for_a_tool_and_answers_with_what_it_found() throws Exception {
    server.perform(TOOL_LOOP);
    String asked =
        """
        "stop":[],"random_seed":null,"tools":[{"type":"function","function":{"name":"find"}}],\
        "messages":[{"role":"system","content":[{"type":"text","text":"Be kind."}]},\
        {"role":"user","content":"furadeira?"}\
        """;

    JsonNode first = json(ask(Protocol.MISTRAL, asked + "]"));

    JsonNode call = first.at("/choices/0/message/tool_calls/0");
    assertThat(call.at("/function/arguments").asString("")).isEqualTo("{\"query\":\"furadeira\"}");
    assertThat(call.at("/id").asString("")).matches("[a-zA-Z0-9]{9}");
    assertThat(first.at("/choices/0/finish_reason").asString("")).isEqualTo("tool_calls");
    assertThat(first.at("/choices/0/message").has("refusal")).isFalse();
    assertThat(first.at("/choices/0").has("logprobs")).isFalse();

    JsonNode second =
        json(
            ask(
                Protocol.MISTRAL,
                asked
                    + ",{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
                    + call
                    + "]},{\"role\":\"tool\",\"name\":\"find\",\"tool_call_id\":"
                    + call.at("/id")
                    + ",\"content\":\"{\\\"records\\\":[{\\\"price\\\":349.9}]}\"}]"));

    assertThat(second.at("/choices/0/message/content").asString(""))
        .isEqualTo("Custa 349.9 reais.");
    assertThat(second.at("/usage/total_tokens").asInt()).isPositive();
  }

  @Test
  void ollama_asks_for_a_tool_and_answers_with_what_it_found() throws Exception {
    server.perform(TOOL_LOOP);
    String asked =
        """
        "options":{"temperature":0.2,"num_predict":100,"stop":[]},"format":null,\
        "tools":[{"type":"function","function":{"name":"find"}}],\
        "messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"furadeira?"}\
        """;

    JsonNode first = json(ask(Protocol.OLLAMA, asked + "]"));

    assertThat(first.at("/message/content").asString("")).isEqualTo("Um momento");
    assertThat(first.at("/message/tool_calls/0/function/arguments/query").asString(""))
        .isEqualTo("furadeira");
    assertThat(first.at("/done").asBoolean(false)).isTrue();
    assertThat(first.at("/done_reason").asString("")).isEqualTo("stop");
    assertThat(Instant.parse(first.at("/created_at").asString(""))).isBefore(Instant.now());
    assertThat(first.at("/eval_count").asInt()).isPositive();

    JsonNode second =
        json(
            ask(
                Protocol.OLLAMA,
                asked
                    + ",{\"role\":\"assistant\",\"tool_calls\":"
                    + first.at("/message/tool_calls")
                    + "},{\"role\":\"tool\",\"tool_name\":\"find\",\"content\":"
                    + "\"{\\\"records\\\":[{\\\"price\\\":349.9}]}\"}]"));

    assertThat(second.at("/message/content").asString("")).isEqualTo("Custa 349.9 reais.");
    assertThat(second.at("/message").has("tool_calls")).isFalse();
  }

  @Test
  void a_wrong_key_is_refused_in_the_words_of_the_protocol() throws Exception {
    var anthropic = send(bare(Protocol.ANTHROPIC).header("x-api-key", "wrong"));
    assertThat(anthropic.statusCode()).isEqualTo(401);
    assertThat(json(anthropic).at("/type").asString("")).isEqualTo("error");
    assertThat(json(anthropic).at("/error/type").asString("")).isEqualTo("authentication_error");
    assertThat(json(anthropic).at("/error/message").asString("")).isEqualTo("invalid x-api-key");
    assertThat(json(anthropic).at("/request_id").asString("")).startsWith("req_");

    var gemini = send(bare(Protocol.GEMINI).header("x-goog-api-key", "wrong"));
    assertThat(gemini.statusCode()).isEqualTo(400);
    assertThat(json(gemini).at("/error/status").asString("")).isEqualTo("INVALID_ARGUMENT");
    assertThat(json(gemini).at("/error/message").asString(""))
        .isEqualTo("API key not valid. Please pass a valid API key.");
    var keyless = send(bare(Protocol.GEMINI));
    assertThat(keyless.statusCode()).isEqualTo(403);
    assertThat(json(keyless).at("/error/status").asString("")).isEqualTo("PERMISSION_DENIED");

    var mistral = send(bare(Protocol.MISTRAL).header("Authorization", "Bearer wrong"));
    assertThat(mistral.statusCode()).isEqualTo(401);
    assertThat(mistral.body()).isEqualTo("{\"detail\":\"Unauthorized\"}");

    var ollama = send(bare(Protocol.OLLAMA).header("Authorization", "Bearer wrong"));
    assertThat(ollama.statusCode()).isEqualTo(401);
    assertThat(ollama.body()).isEqualTo("{\"error\":\"unauthorized\"}");
    assertThat(server.asked()).isZero();
  }

  @Test
  void ollama_wants_no_key_but_takes_the_right_one() throws Exception {
    assertThat(send(bare(Protocol.OLLAMA)).statusCode()).isEqualTo(200);
    assertThat(send(bare(Protocol.OLLAMA).header("Authorization", "Bearer " + KEY)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anthropic_wants_its_version_in_the_headers() throws Exception {
    var without = send(bare(Protocol.ANTHROPIC).header("x-api-key", KEY));
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(json(without).at("/error/message").asString("")).contains("anthropic-version");
    assertThat(
            send(bare(Protocol.ANTHROPIC)
                    .header("x-api-key", KEY)
                    .header("anthropic-version", "2022-01-01"))
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ANTHROPIC | 404 | "type":"not_found_error"
          GEMINI    | 404 | "status":"NOT_FOUND"
          MISTRAL   | 400 | "type":"invalid_model","param":null,"code":"1500"
          OLLAMA    | 404 | {"error":"model 'scripted' not found"}
          """)
  void an_unknown_model_is_refused(Protocol protocol, int status, String words) throws Exception {
    server.perform(new Script(List.of("other"), List.of(Rule.says("x"))));

    var answer = ask(protocol, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/messages/batches                    | "type":"not_found_error"
          /v1beta/models/scripted:embedContent    | "status":"NOT_FOUND"
          /v1beta/models/scripted:streamGenerateContent | "status":"NOT_FOUND"
          /mistral/v1/fim/completions             | "object":"error"
          /api/generate                           | {"error":"Invalid URL
          /elsewhere                              | {"error":{"message":"Invalid URL
          """)
  void a_path_that_is_not_served_is_refused_in_the_words_of_its_protocol(String path, String words)
      throws Exception {
    var answer = send(post(path, "{}"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains(words);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void another_method_or_type_than_json_by_post_is_refused(Protocol protocol) throws Exception {
    assertThat(send(request(protocol, "").GET()).statusCode()).isEqualTo(405);
    assertThat(send(request(protocol, "").setHeader("Content-Type", "text/plain")).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, names = "OPENAI", mode = Mode.EXCLUDE)
  void only_openai_streams(Protocol protocol) throws Exception {
    var answer = ask(protocol, "\"stream\":true");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("stream");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_no_rule_fits_is_an_error_that_says_so(Protocol protocol) throws Exception {
    server.perform(script(Rule.says("x").when(When.last("y"))));

    var answer = ask(protocol, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no rule for this: oi");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a body that is no JSON is refused | "a":} | could not parse
          an unknown field is refused | "betas":[] | betas: Extra inputs are not permitted
          max_tokens must not be null | "max_tokens":null | 'max_tokens' must be an integer
          max_tokens must be at least one | "max_tokens":0 | 'max_tokens' must be a number from 1
          max_tokens must be whole | "max_tokens":1.5 | 'max_tokens' must be an integer
          the temperature is one at most | "temperature":1.1 | 'temperature' must be
          the system must not be blank | "system":[{"type":"text","text":" "}] | system.0
          the system is text only | "system":[{"type":"image"}] | system.0.type
          a message is needed | "messages":[] | at least one message
          a message has no other fields | "messages":[{"role":"user","content":"x","name":"y"}] | messages.0.name: Extra inputs
          there is no system among the roles | "messages":[{"role":"system","content":"x"}] | 'user' or 'assistant'
          the first message is the user's | "messages":[{"role":"assistant","content":"x"}] | first message must use the "user" role
          the last message is the user's | "messages":[{"role":"user","content":"x"},{"role":"assistant","content":"x"}] | last message must use the "user" role
          content must be there | "messages":[{"role":"user"}] | messages.0: all messages must have non-empty content
          content must not be an empty text | "messages":[{"role":"user","content":""}] | text content blocks must be non-empty
          content must not be an empty array | "messages":[{"role":"user","content":[]}] | non-empty content
          text must not be blank | "messages":[{"role":"user","content":[{"type":"text","text":" \\n"}]}] | text content blocks must be non-empty
          a block has no other fields | "messages":[{"role":"user","content":[{"type":"text","text":"x","index":0}]}] | messages.0.content.0.index: Extra inputs
          a block of another type is refused | "messages":[{"role":"user","content":[{"type":"image"}]}] | messages.0.content.0.type
          a user calls no tools | TOOLS,"messages":[{"role":"user","content":[{"type":"tool_use","id":"a","name":"find","input":{}}]}] | messages.0.content.0.type
          an assistant has no results | TOOLS,"messages":[USER,{"role":"assistant","content":[{"type":"tool_result","tool_use_id":"a","content":"x"}]},USER] | messages.1.content.0.type
          a call's id has no dots | TOOLS,"messages":[USER,{"role":"assistant","content":[{"type":"tool_use","id":"a.b","name":"find","input":{}}]},USER] | content.0.id
          a call's input is an object | TOOLS,"messages":[USER,{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"find","input":"{}"}]},USER] | input: Input should be an object
          ids of calls are unique | TOOLS,"messages":[USER,CALL,RESULT,CALL,RESULT] | ids must be unique
          a call must be answered | TOOLS,"messages":[USER,CALL,USER] | without `tool_result` blocks immediately after: a.
          a call is answered before the assistant goes on | TOOLS,"messages":[USER,CALL,{"role":"assistant","content":"x"},RESULT] | without `tool_result` blocks
          a result needs its call | TOOLS,"messages":[USER,RESULT] | unexpected `tool_use_id` found in `tool_result` blocks: a.
          a result comes right after its call | TOOLS,"messages":[USER,CALL,RESULT,RESULT] | unexpected `tool_use_id`
          results come before text | TOOLS,"messages":[USER,CALL,{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"a","content":"x"}]}] | must come before text
          a result holds text only | TOOLS,"messages":[USER,CALL,{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":{"x":1}}]}] | string or an array of text blocks
          is_error is a boolean | TOOLS,"messages":[USER,CALL,{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"x","is_error":"no"}]}] | is_error
          calls need tools | "messages":[USER,CALL,RESULT] | tools: must be given
          tool_choice needs tools | "tool_choice":{"type":"auto"} | tool_choice
          a tool's name has no dots | "tools":[{"name":"a.b","input_schema":{"type":"object"}}] | tools.0.name
          tools' names are unique | "tools":[{"name":"a","input_schema":{"type":"object"}},{"name":"a","input_schema":{"type":"object"}}] | names must be unique
          a tool needs its schema | "tools":[{"name":"a"}] | input_schema
          a tool's schema is of an object | "tools":[{"name":"a","input_schema":{"type":"string"}}] | input_schema
          a tool has no other fields | "tools":[{"name":"a","parameters":{},"input_schema":{"type":"object"}}] | tools.0.parameters: Extra inputs
          """)
  void anthropic_is_strict(String rule, String fields, String complaint) throws Exception {
    String written =
        fields
            .replace(
                "TOOLS", "\"tools\":[{\"name\":\"find\",\"input_schema\":{\"type\":\"object\"}}]")
            .replace("USER", "{\"role\":\"user\",\"content\":\"x\"}")
            .replace(
                "CALL",
                """
                {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"find","input":{}}]}\
                """)
            .replace(
                "RESULT",
                """
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"x"}]}\
                """);

    var answer = ask(Protocol.ANTHROPIC, written);

    assertThat(answer.statusCode()).as(rule).isEqualTo(400);
    assertThat(json(answer).at("/error/type").asString("")).isEqualTo("invalid_request_error");
    assertThat(json(answer).at("/error/message").asString("")).contains(complaint);
    assertThat(server.asked()).isZero();
  }

  @Test
  void anthropic_wants_to_be_told_how_much_may_be_said() throws Exception {
    String smallest =
        "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"oi\"}]}";

    var answer =
        send(request(Protocol.ANTHROPIC, "").POST(HttpRequest.BodyPublishers.ofString(smallest)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asString(""))
        .isEqualTo("max_tokens: Field required");
  }

  @Test
  void anthropic_takes_messages_of_one_role_in_a_row_and_words_after_results() throws Exception {
    var answer =
        ask(
            Protocol.ANTHROPIC,
            """
            "tools":[{"name":"find","input_schema":{"type":"object"},"strict":true,\
            "cache_control":{"type":"ephemeral"}}],\
            "messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},\
            {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"find","input":{}}]},\
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","is_error":false,\
            "content":[{"type":"text","text":"found"}]},{"type":"text","text":"e mais?"}]}]\
            """);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(roles()).containsExactly("user", "user", "assistant", "tool", "user");
    assertThat(server.requests().getLast().messages())
        .extracting(Message::text)
        .containsExactly("a", "b", "", "found", "e mais?");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          an unknown field is refused | "model":"x" | Invalid JSON payload received. Unknown name "model": Cannot find field.
          an unknown setting is refused | "generationConfig":{"top_p":1} | Unknown name "top_p"
          the temperature is two at most | "generationConfig":{"temperature":2.1} | 'temperature' must be
          the system's instruction is text only | "systemInstruction":{"parts":[{"functionCall":{}}]} | Unknown name "functionCall"
          the system's instruction has parts | "systemInstruction":{"parts":[]} | system_instruction.parts
          contents must be there | "contents":null | contents is not specified
          there is no system among the roles | "contents":[{"role":"system","parts":[{"text":"x"}]}] | valid role: user, model
          a role must be there | "contents":[{"parts":[{"text":"x"}]}] | valid role: user, model
          the first content is the user's | "contents":[{"role":"model","parts":[{"text":"x"}]},USER] | begin with a user role
          the last content is the user's | "contents":[USER,{"role":"model","parts":[{"text":"x"}]}] | end with a user role
          a content has parts | "contents":[{"role":"user","parts":[]}] | contents[0].parts: must not be empty
          a content has no other fields | "contents":[{"role":"user","parts":[{"text":"x"}],"name":"y"}] | Unknown name "name" at 'contents[0]'
          a part holds something | "contents":[{"role":"user","parts":[{"text":null}]}] | exactly one initialized field
          a part holds one thing | "contents":[USER,{"role":"model","parts":[{"text":"x","functionCall":{"name":"find"}}]},USER] | exactly one initialized field
          a part has no other fields | "contents":[{"role":"user","parts":[{"inlineData":{}}]}] | Unknown name "inlineData"
          a signature is text | "contents":[USER,{"role":"model","parts":[{"text":"x","thoughtSignature":1}]},USER] | thoughtSignature
          a user calls nothing | "contents":[{"role":"user","parts":[{"functionCall":{"name":"find"},"thoughtSignature":"SKIP"}]}] | only allowed in the role model
          a model has no responses | "contents":[USER,CALL,{"role":"model","parts":[{"functionResponse":{"name":"find","response":{}}}]},USER] | only allowed in the role user
          arguments are an object | "contents":[USER,{"role":"model","parts":[{"functionCall":{"name":"find","args":"{}"},"thoughtSignature":"SKIP"}]},RESPONSE] | args: should be an object
          a response is an object | "contents":[USER,CALL,{"role":"user","parts":[{"functionResponse":{"name":"find","response":"x"}}]}] | response: should be an object
          a call comes right after the user | "contents":[USER,{"role":"model","parts":[{"text":"x"}]},CALL,RESPONSE] | function call turn comes immediately after a user turn
          a call needs a signature | "contents":[USER,{"role":"model","parts":[{"functionCall":{"name":"find"}}]},RESPONSE] | Function call is missing a thought_signature in functionCall parts.
          a signature must be one that was given out | "contents":[USER,{"role":"model","parts":[{"functionCall":{"name":"find"},"thoughtSignature":"c2lnOTk="}]},RESPONSE] | Thought signature is not valid
          a call needs a response | "contents":[USER,CALL,USER] | number of function response parts is equal
          all calls need responses | "contents":[USER,{"role":"model","parts":[{"functionCall":{"name":"find"},"thoughtSignature":"SKIP"},{"functionCall":{"name":"find"}}]},RESPONSE,RESPONSE] | number of function response parts is equal
          responses come in order | "contents":[USER,{"role":"model","parts":[{"functionCall":{"name":"find"},"thoughtSignature":"SKIP"},{"functionCall":{"name":"see"}}]},{"role":"user","parts":[{"functionResponse":{"name":"see","response":{}}},{"functionResponse":{"name":"find","response":{}}}]}] | in the order of the function calls
          a response needs a call | "contents":[USER,RESPONSE] | number of function response parts is equal
          no search is built in | "tools":[{"functionDeclarations":[{"name":"a"}],"googleSearch":{}}] | Unknown name "googleSearch"
          a tool declares functions | "tools":[{}] | function_declarations
          a function's name begins with a letter | "tools":[{"functionDeclarations":[{"name":"1a"}]}] | Invalid function name '1a'
          functions' names are unique | "tools":[{"functionDeclarations":[{"name":"a"},{"name":"a"}]}] | Duplicate function declaration found: a
          a declaration has no other fields | "tools":[{"functionDeclarations":[{"name":"a","strict":true}]}] | Unknown name "strict"
          parameters are an object | PARAMETERS{"type":"STRING"}END | schema should be of type OBJECT
          parameters must not be empty | PARAMETERS{"type":"OBJECT","properties":{}}END | parameters.properties: should be non-empty for OBJECT type
          an object inside must not be empty | PROPERTY{"type":"object"}END2 | properties[p].properties: should be non-empty for OBJECT type
          a schema knows no additional properties | PROPERTY{"type":"STRING","additionalProperties":false}END2 | Unknown name "additionalProperties"
          a schema has a type | PROPERTY{"description":"x"}END2 | properties[p].type: must be specified
          a schema has one type | PROPERTY{"type":["string","null"]}END2 | properties[p].type: must be specified
          an array has items | PROPERTY{"type":"ARRAY"}END2 | properties[p].items: missing field
          an array's items are a schema | PROPERTY{"type":"ARRAY","items":{"type":"any"}}END2 | properties[p].items.type
          what is required is a property | PARAMETERS{"type":"OBJECT","properties":{"p":{"type":"STRING"}},"required":["q"]}END | required[0]: property is not defined
          only texts are enumerated | PROPERTY{"type":"INTEGER","enum":[1]}END2 | enum: only allowed for STRING type
          what is enumerated is not empty | PROPERTY{"type":"STRING","enum":["a",""]}END2 | enum[1]: cannot be empty
          a text has few formats | PROPERTY{"type":"STRING","format":"uuid"}END2 | only 'enum' and 'date-time' are supported
          alternatives are schemas | PROPERTY{"anyOf":[{"type":"STRING"},{}]}END2 | anyOf[1].type: must be specified
          """)
  void gemini_is_strict(String rule, String fields, String complaint) throws Exception {
    String written =
        fields
            .replace("PROPERTY", "PARAMETERS{\"type\":\"OBJECT\",\"properties\":{\"p\":")
            .replace("END2", "}}END")
            .replace(
                "PARAMETERS",
                "\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\",\"parameters\":")
            .replace("END", "}]}]")
            .replace("USER", "{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}")
            .replace(
                "CALL",
                """
                {"role":"model","parts":[{"functionCall":{"name":"find"},"thoughtSignature":"SKIP"}]}\
                """)
            .replace(
                "RESPONSE",
                """
                {"role":"user","parts":[{"functionResponse":{"name":"find","response":{}}}]}\
                """)
            .replace("SKIP", "skip_thought_signature_validator");

    var answer = ask(Protocol.GEMINI, written);

    assertThat(answer.statusCode()).as(rule).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asInt()).isEqualTo(400);
    assertThat(json(answer).at("/error/status").asString("")).isEqualTo("INVALID_ARGUMENT");
    assertThat(json(answer).at("/error/message").asString("")).contains(complaint);
    assertThat(server.asked()).isZero();
  }

  @Test
  void gemini_takes_every_kind_of_schema_that_it_knows() throws Exception {
    var answer =
        ask(
            Protocol.GEMINI,
            """
            "toolConfig":{"functionCallingConfig":{"mode":"AUTO"}},"tools":[{"functionDeclarations":[\
            {"name":"now","description":"the time"},{"name":"odoo.find:it","parameters":{\
            "type":"object","required":["a"],"propertyOrdering":["a"],"properties":{\
            "a":{"type":"STRING","enum":["x","y"],"format":"enum","nullable":true,"default":null},\
            "b":{"type":"array","items":{"type":"INTEGER","minimum":1,"format":"int32"},"minItems":1},\
            "c":{"anyOf":[{"type":"NUMBER"},{"type":"NULL"}]},\
            "d":{"type":"OBJECT","properties":{"e":{"type":"BOOLEAN"}},"required":[]}}}}]}]\
            """);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.requests().getLast().tools()).containsExactly("now", "odoo.find:it");
  }

  @Test
  void gemini_knows_a_signature_of_an_earlier_script() throws Exception {
    server.perform(TOOL_LOOP);
    JsonNode content = json(ask(Protocol.GEMINI, "")).at("/candidates/0/content");
    server.perform(script(Rule.says("Olá")));

    var answer =
        ask(
            Protocol.GEMINI,
            "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]},"
                + content
                + """
                ,{"role":"user","parts":[{"functionResponse":{"name":"find","response":{}}}]}]\
                """);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          the temperature is one and a half at most | "temperature":1.6 | 400 | 'temperature' must be
          a message is needed | "messages":[] | 400 | 'messages' must be an array
          there is no developer among the roles | "messages":[{"role":"developer","content":"x"},USER] | 400 | role 'developer'
          a call's id has nine characters | "messages":[USER,{"role":"assistant","tool_calls":[{"id":"c1_1","type":"function","function":{"name":"find","arguments":"{}"}}]}] | 400 | Tool call id was c1_1 but must be a-z, A-Z, 0-9, with a length of 9.
          a result's id has nine characters | "messages":[USER,CALL,{"role":"tool","tool_call_id":"c1","content":"x"}] | 400 | Tool call id was c1 but must be
          arguments are text | "messages":[USER,{"role":"assistant","tool_calls":[{"id":"abcdefgh1","type":"function","function":{"name":"find","arguments":{}}}]},RESULT] | 400 | arguments must be a string
          the assistant does not speak last | "messages":[USER,{"role":"assistant","content":"x"}] | 400 | Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant
          the system does not speak last | "messages":[USER,{"role":"system","content":"x"}] | 400 | for serving but got system
          a user does not speak after a tool | "messages":[USER,CALL,RESULT,USER] | 400 | Unexpected role 'user' after role 'tool'
          a call must be answered | "messages":[USER,CALL,USER] | 400 | must be followed by tool messages
          a result needs its call | "messages":[USER,RESULT] | 400 | must be a response to
          an assistant says or calls something | "messages":[USER,{"role":"assistant","content":""},USER] | 400 | must have either content or tool_calls, but not none
          tool_choice needs tools | "tool_choice":"auto" | 400 | only allowed when 'tools'
          a tool's schema is of an object | "tools":[{"type":"function","function":{"name":"a","parameters":{}}}] | 400 | Invalid schema for function 'a'
          """)
  void mistral_is_strict(String rule, String fields, int status, String complaint)
      throws Exception {
    var answer = ask(Protocol.MISTRAL, mistral(fields));

    assertThat(answer.statusCode()).as(rule).isEqualTo(status);
    assertThat(json(answer).at("/object").asString("")).isEqualTo("error");
    assertThat(json(answer).at("/message").asString("")).contains(complaint);
    assertThat(server.asked()).isZero();
  }

  @Test
  void mistral_names_what_is_wrong_by_type_and_code() throws Exception {
    var answer =
        ask(
            Protocol.MISTRAL,
            mistral("\"messages\":[USER,CALL,{\"role\":\"tool\",\"tool_call_id\":\"c1\"}]"));

    assertThat(json(answer).at("/type").asString("")).isEqualTo("invalid_function_call");
    assertThat(json(answer).at("/code").asString("")).isEqualTo("3280");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "seed":3 | ["body","seed"]
          "max_completion_tokens":3 | ["body","max_completion_tokens"]
          "messages":[{"role":"user","content":"x","refusal":""}] | ["body","messages","0","refusal"]
          """)
  void mistral_forbids_extra_fields_by_a_422(String fields, String place) throws Exception {
    var answer = ask(Protocol.MISTRAL, fields);

    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode detail = json(answer).at("/message/detail/0");
    assertThat(detail.at("/type").asString("")).isEqualTo("extra_forbidden");
    assertThat(detail.at("/loc")).hasToString(place);
    assertThat(detail.at("/msg").asString("")).isEqualTo("Extra inputs are not permitted");
    assertThat(json(answer).at("/type").asString("")).isEqualTo("invalid_request_error");
  }

  @Test
  void mistral_goes_on_with_a_beginning_that_is_marked_as_one() throws Exception {
    assertThat(
            ask(
                    Protocol.MISTRAL,
                    mistral(
                        "\"messages\":[USER,{\"role\":\"assistant\",\"content\":\"x\","
                            + "\"prefix\":true}]"))
                .statusCode())
        .isEqualTo(200);
  }

  private static String mistral(String fields) {
    return fields
        .replace("USER", "{\"role\":\"user\",\"content\":\"x\"}")
        .replace(
            "CALL",
            """
            {"role":"assistant","tool_calls":[{"id":"abcdefgh1","type":"function",\
            "function":{"name":"find","arguments":"{}"}}]}\
            """)
        .replace("RESULT", "{\"role\":\"tool\",\"tool_call_id\":\"abcdefgh1\",\"content\":\"x\"}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          an unknown field is refused | "tool_choice":"auto" | unknown field "tool_choice"
          an unknown option is refused | "options":{"max_tokens":3} | unknown field "options.max_tokens"
          stream must be there | "stream":null | 'stream' must be there and false
          a message is needed | "messages":[] | messages must be an array
          an unknown role is refused | "messages":[{"role":"developer","content":"x"}] | role 'developer'
          a message has no other fields | "messages":[{"role":"user","content":"x","name":"y"}] | unknown field "messages[0].name"
          content is text | "messages":[{"role":"user","content":[{"type":"text","text":"x"}]}] | content must be a string
          content must not be empty | "messages":[{"role":"user","content":""}] | content must not be empty
          an assistant says or calls something | "messages":[{"role":"assistant","content":""}] | content must not be empty
          a user calls no tools | "messages":[{"role":"user","content":"x","tool_calls":[]}] | only an assistant calls tools
          arguments are no text | "messages":[USER,{"role":"assistant","tool_calls":[{"function":{"name":"find","arguments":"{}"}}]},RESULT] | arguments must be an object
          a call has no other fields | "messages":[USER,{"role":"assistant","tool_calls":[{"name":"find","function":{"name":"find","arguments":{}}}]},RESULT] | unknown field "messages[1].tool_calls[].name"
          a result needs a call | "messages":[USER,RESULT] | a tool's result without a call
          there are no more results than calls | "messages":[USER,CALL,RESULT,RESULT] | a tool's result without a call
          calls are answered before another speaks | "messages":[USER,CALL,USER] | 1 tool calls are not answered yet
          calls are answered before the model is asked | "messages":[USER,CALL] | 1 tool calls are not answered
          a tool is a function | "tools":[{"function":{"name":"a"}}] | tools[].type must be 'function'
          """)
  void ollama_is_strict(String rule, String fields, String complaint) throws Exception {
    String written =
        fields
            .replace("USER", "{\"role\":\"user\",\"content\":\"x\"}")
            .replace(
                "CALL",
                """
                {"role":"assistant","content":"",\
                "tool_calls":[{"function":{"name":"find","arguments":{}}}]}\
                """)
            .replace("RESULT", "{\"role\":\"tool\",\"content\":\"x\"}");

    var answer = ask(Protocol.OLLAMA, written);

    assertThat(answer.statusCode()).as(rule).isEqualTo(400);
    assertThat(json(answer).at("/error").asString("")).contains(complaint);
    assertThat(server.asked()).isZero();
  }

  @Test
  void ollama_takes_an_empty_array_for_no_tools() throws Exception {
    assertThat(ask(Protocol.OLLAMA, "\"tools\":[]").statusCode()).isEqualTo(200);
    assertThat(server.requests().getLast().tools()).isEmpty();
  }

  @Test
  void a_refusal_has_a_field_of_its_own_or_is_said() throws Exception {
    perform(Kind.REFUSAL);

    JsonNode anthropic = json(ask(Protocol.ANTHROPIC, ""));
    assertThat(anthropic.at("/stop_reason").asString("")).isEqualTo("refusal");
    assertThat(anthropic.at("/content").isEmpty()).isTrue();
    JsonNode gemini = json(ask(Protocol.GEMINI, ""));
    assertThat(gemini.has("candidates")).isFalse();
    assertThat(gemini.at("/promptFeedback/blockReason").asString(""))
        .isEqualTo("PROHIBITED_CONTENT");
    assertThat(gemini.at("/usageMetadata/totalTokenCount").asInt()).isPositive();
    assertThat(json(ask(Protocol.MISTRAL, "")).at("/choices/0/message/content").asString(""))
        .contains("can't");
    assertThat(json(ask(Protocol.OLLAMA, "")).at("/message/content").asString(""))
        .contains("can't");
  }

  @Test
  void an_empty_answer_has_neither_words_nor_calls() throws Exception {
    perform(Kind.EMPTY);

    JsonNode anthropic = json(ask(Protocol.ANTHROPIC, ""));
    assertThat(anthropic.at("/content").isEmpty()).isTrue();
    assertThat(anthropic.at("/stop_reason").asString("")).isEqualTo("end_turn");
    JsonNode gemini = json(ask(Protocol.GEMINI, ""));
    assertThat(gemini.at("/candidates/0/content")).hasToString("{\"role\":\"model\"}");
    assertThat(gemini.at("/candidates/0/finishReason").asString("")).isEqualTo("STOP");
    assertThat(json(ask(Protocol.MISTRAL, "")).at("/choices/0/message"))
        .hasToString("{\"role\":\"assistant\",\"content\":\"\"}");
    assertThat(json(ask(Protocol.OLLAMA, "")).at("/message"))
        .hasToString("{\"role\":\"assistant\",\"content\":\"\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, /stop_reason, max_tokens",
    "GEMINI, /candidates/0/finishReason, MAX_TOKENS",
    "MISTRAL, /choices/0/finish_reason, length",
    "OLLAMA, /done_reason, length"
  })
  void an_answer_that_is_too_long_says_why_it_ends(Protocol protocol, String at, String reason)
      throws Exception {
    perform(Kind.TOO_LONG);

    assertThat(json(ask(protocol, "")).at(at).asString("")).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, /content/0/input",
    "GEMINI, /candidates/0/content/parts/0/functionCall/args",
    "OLLAMA, /message/tool_calls/0/function/arguments"
  })
  void where_arguments_are_an_object_malformed_ones_are_an_empty_one(Protocol protocol, String at)
      throws Exception {
    perform(Kind.MALFORMED_ARGUMENTS);

    assertThat(json(ask(protocol, "")).at(at)).hasToString("{}");
  }

  @Test
  void where_arguments_are_text_malformed_ones_are_not_json() throws Exception {
    perform(Kind.MALFORMED_ARGUMENTS);

    String arguments =
        json(ask(Protocol.MISTRAL, ""))
            .at("/choices/0/message/tool_calls/0/function/arguments")
            .asString("");

    assertThatThrownBy(() -> JsonMapper.shared().readTree(arguments)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, /content/0/name",
    "GEMINI, /candidates/0/content/parts/0/functionCall/name",
    "MISTRAL, /choices/0/message/tool_calls/0/function/name",
    "OLLAMA, /message/tool_calls/0/function/name"
  })
  void it_asks_for_what_nobody_offered_and_without_end(Protocol protocol, String at)
      throws Exception {
    perform(Kind.UNKNOWN_TOOL);
    assertThat(json(ask(protocol, "")).at(at).asString("")).isEqualTo("no_such_tool");
    perform(Kind.ENDLESS_TOOLS);
    assertThat(json(ask(protocol, tool(protocol))).at(at).asString("")).isEqualTo("find");
    assertThat(json(ask(protocol, tool(protocol))).at(at).asString("")).isEqualTo("find");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, /error/type, rate_limit_error, api_error",
    "GEMINI, /error/status, RESOURCE_EXHAUSTED, INTERNAL",
    "MISTRAL, /type, rate_limited, internal_server_error",
    "OLLAMA, /error, Rate limit reached for requests, The server had an error while processing it."
  })
  void errors_of_the_server_are_in_the_words_of_the_protocol(
      Protocol protocol, String at, String tooMany, String broken) throws Exception {
    server.perform(script(Rule.misbehaves(new Misbehaviour(Kind.TOO_MANY_REQUESTS, 7))));
    var limited = ask(protocol, "");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(json(limited).at(at).asString("")).isEqualTo(tooMany);
    perform(Kind.SERVER_ERROR);
    var failed = ask(protocol, "");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(json(failed).at(at).asString("")).isEqualTo(broken);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void it_hangs_cuts_off_says_too_much_and_garbage(Protocol protocol) throws Exception {
    perform(Kind.HANG);
    var hanging = request(protocol, "").timeout(Duration.ofMillis(200));
    assertThatThrownBy(() -> send(hanging)).isInstanceOf(HttpTimeoutException.class);
    perform(Kind.CUT);
    assertThatThrownBy(() -> ask(protocol, "")).isInstanceOf(IOException.class);
    perform(Kind.HUGE);
    assertThat(ask(protocol, "").body().length()).isGreaterThan(6_000_000);
    perform(Kind.WRONG_JSON);
    String wrong = ask(protocol, "").body();
    assertThatThrownBy(() -> JsonMapper.shared().readTree(wrong)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ANTHROPIC | "type":"request_too_large"
          GEMINI    | "status":"INVALID_ARGUMENT"
          MISTRAL   | "type":"invalid_request_error"
          OLLAMA    | "error":"The request is too large."
          """)
  void a_request_that_is_too_large_is_refused(Protocol protocol, String words) throws Exception {
    var answer = ask(protocol, "\"x\":\"" + "x".repeat(4 * 1024 * 1024) + "\"");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains(words);
  }

  private void perform(Kind kind) {
    server.perform(script(Rule.misbehaves(Misbehaviour.of(kind))));
  }

  private static Script script(Rule... rules) {
    return new Script(List.of("scripted"), List.of(rules));
  }

  private List<String> roles() {
    return server.requests().getLast().messages().stream().map(Message::role).toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /// The tool `find`, as a protocol declares it.
  private static String tool(Protocol protocol) {
    return switch (protocol) {
      case ANTHROPIC -> "\"tools\":[{\"name\":\"find\",\"input_schema\":{\"type\":\"object\"}}]";
      case GEMINI -> "\"tools\":[{\"functionDeclarations\":[{\"name\":\"find\"}]}]";
      case OPENAI, MISTRAL, OLLAMA ->
          "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find\"}}]";
    };
  }

  /// The smallest question, with fields added; one that is there already is replaced.
  private static String question(Protocol protocol, String fields) {
    String chat = "\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"oi\"}]";
    String smallest =
        switch (protocol) {
          case OPENAI, MISTRAL -> chat;
          case ANTHROPIC -> chat + ",\"max_tokens\":100";
          case GEMINI -> "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"oi\"}]}]";
          case OLLAMA -> chat + ",\"stream\":false";
        };
    return "{" + smallest + (fields.isEmpty() ? "" : "," + fields) + "}";
  }

  private HttpResponse<String> ask(Protocol protocol, String fields)
      throws IOException, InterruptedException {
    return send(request(protocol, fields));
  }

  private HttpRequest.Builder request(Protocol protocol, String fields) {
    HttpRequest.Builder request = post(path(protocol), question(protocol, fields));
    return switch (protocol) {
      case OPENAI, MISTRAL -> request.header("Authorization", "Bearer " + KEY);
      case ANTHROPIC -> request.header("x-api-key", KEY).header("anthropic-version", "2023-06-01");
      case GEMINI -> request.header("x-goog-api-key", KEY);
      case OLLAMA -> request;
    };
  }

  /// Without a key.
  private HttpRequest.Builder bare(Protocol protocol) {
    return post(path(protocol), question(protocol, ""));
  }

  private String path(Protocol protocol) {
    String below =
        switch (protocol) {
          case OPENAI, MISTRAL -> "/chat/completions";
          case ANTHROPIC -> "/messages";
          case GEMINI -> "/models/scripted:generateContent";
          case OLLAMA -> "/api/chat";
        };
    return server.url(protocol).getPath() + below;
  }

  private HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(server.url(Protocol.OLLAMA) + path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
