package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.ChatRequest.Message;
import io.mcpcrew.simulators.model.Performance.Asked;
import io.mcpcrew.simulators.model.Performance.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Ollama's chat, whole only. It knows no key, but one that is presented must be right: a proxy in
/// front of it may want one. The real server passes over fields that it does not know; here they
/// are refused, for they are somebody's mistake.
final class OllamaWire implements Wire {
  private static final Set<String> KNOWN =
      Set.of("model", "messages", "tools", "format", "options", "stream", "keep_alive", "think");
  private static final Set<String> OPTIONS =
      Set.of(
          "num_ctx",
          "num_predict",
          "temperature",
          "top_k",
          "top_p",
          "min_p",
          "seed",
          "stop",
          "repeat_penalty",
          "repeat_last_n",
          "mirostat",
          "mirostat_eta",
          "mirostat_tau",
          "typical_p",
          "presence_penalty",
          "frequency_penalty",
          "num_keep",
          "penalize_newline",
          "numa",
          "num_batch",
          "num_gpu",
          "main_gpu",
          "use_mmap",
          "num_thread");
  private static final Set<String> MESSAGE =
      Set.of("role", "content", "thinking", "images", "tool_calls", "tool_name", "tool_call_id");
  private static final Set<String> CALL = Set.of("id", "type", "function");
  private static final Set<String> FUNCTION = Set.of("index", "name", "arguments");
  private static final Set<String> ROLES =
      Set.of(Message.SYSTEM, Message.USER, Message.ASSISTANT, Message.TOOL);

  @Override
  public boolean owns(String path) {
    return path.startsWith("/api/");
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/api/chat");
  }

  @Override
  public void admit(Headers headers, String key) throws BadRequest {
    if (headers.containsKey("Authorization") && !Strict.bearer(headers, key)) {
      throw new BadRequest(401, "unauthorized");
    }
  }

  @Override
  public ChatRequest read(String path, byte[] body) throws BadRequest {
    JsonNode request = Strict.filled(Strict.object(body));
    known(request, KNOWN, "");
    require(request.path("model").isString(), "model is required");
    require(request.has("stream"), "'stream' must be there and false: without it Ollama streams.");
    Strict.unstreamed(request);
    JsonNode options = Strict.filled(request.path("options"));
    require(options.isMissingNode() || options.isObject(), "options must be an object");
    known(options, OPTIONS, "options.");
    return ChatRequest.whole(
        request.path("model").asString(""),
        messages(request.path("messages")),
        tools(request),
        body.length);
  }

  /// No tools are an empty array, as some clients write them.
  private static List<String> tools(JsonNode request) throws BadRequest {
    JsonNode list = request.path("tools");
    return list.isArray() && list.isEmpty() ? List.of() : Strict.functions(request);
  }

  private static void known(JsonNode object, Set<String> known, String at) throws BadRequest {
    Strict.known(
        object, known, field -> BadRequest.of("unknown field \"%s%s\"".formatted(at, field)));
  }

  /// Calls have no ids that a result must name, so they are counted.
  private static List<Message> messages(JsonNode list) throws BadRequest {
    require(list.isArray() && !list.isEmpty(), "messages must be an array with a message");
    List<Message> messages = new ArrayList<>();
    int unanswered = 0;
    for (int i = 0; i < list.size(); i++) {
      String at = "messages[%d]".formatted(i);
      Message message = message(Strict.filled(list.get(i)), at);
      if (message.role().equals(Message.TOOL)) {
        require(unanswered > 0, at + ": a tool's result without a call that it answers");
        unanswered--;
      } else {
        require(unanswered == 0, at + ": %d tool calls are not answered yet".formatted(unanswered));
        unanswered = message.calls().size();
      }
      messages.add(message);
    }
    require(unanswered == 0, "messages: %d tool calls are not answered".formatted(unanswered));
    return messages;
  }

  private static Message message(JsonNode node, String at) throws BadRequest {
    require(node.isObject(), at + " must be an object");
    known(node, MESSAGE, at + ".");
    String role = node.path("role").asString("");
    require(ROLES.contains(role), at + ".role '%s' is not one of them".formatted(role));
    require(
        role.equals(Message.ASSISTANT) || !node.has("tool_calls"),
        at + ".tool_calls: only an assistant calls tools");
    List<String> calls = calls(node.path("tool_calls"), at + ".tool_calls");
    JsonNode content = node.path("content");
    require(content.isMissingNode() || content.isString(), at + ".content must be a string");
    String text = content.asString("");
    require(!text.isEmpty() || !calls.isEmpty(), at + ".content must not be empty");
    return new Message(role, text, calls);
  }

  private static List<String> calls(JsonNode list, String at) throws BadRequest {
    require(list.isMissingNode() || list.isArray(), at + " must be an array");
    List<String> calls = new ArrayList<>();
    for (JsonNode node : list) {
      JsonNode call = Strict.filled(node);
      known(call, CALL, at + "[].");
      JsonNode function = Strict.filled(call.path("function"));
      require(function.isObject(), at + "[].function must be an object");
      known(function, FUNCTION, at + "[].function.");
      String name = function.path("name").asString("");
      require(
          Strict.FUNCTION.matcher(name).matches(),
          at + "[].function.name '%s' must match '%s'".formatted(name, Strict.FUNCTION));
      require(
          function.path("arguments").isObject(),
          at + "[].function.arguments must be an object, not text");
      calls.add(call.path("id").asString(name));
    }
    return calls;
  }

  @Override
  public BadRequest unknownModel(String model) {
    return new BadRequest(404, "model '%s' not found".formatted(model));
  }

  @Override
  public Answer answer(Said said, ChatRequest request, long number, Instant now) {
    Said spoken = said.outspoken();
    Tokens tokens = Tokens.of(spoken, request);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model", request.model());
    answer.put("created_at", now.toString());
    answer.put("message", message(spoken));
    answer.put("done_reason", spoken.cutOff() ? "length" : "stop");
    answer.put("done", true);
    answer.put("total_duration", 3_000_000);
    answer.put("load_duration", 1_000_000);
    answer.put("prompt_eval_count", tokens.prompt());
    answer.put("prompt_eval_duration", 1_000_000);
    answer.put("eval_count", tokens.completion());
    answer.put("eval_duration", 1_000_000);
    return Answer.whole(JsonMapper.shared().writeValueAsString(answer));
  }

  private static Map<String, Object> message(Said said) {
    String text = said.text();
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", Message.ASSISTANT);
    message.put("content", text == null ? "" : text);
    List<Map<String, Object>> calls = new ArrayList<>();
    for (int i = 0; i < said.calls().size(); i++) {
      calls.add(Map.of("function", function(said.calls().get(i), i)));
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    return message;
  }

  private static Map<String, Object> function(Asked call, int index) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("index", index);
    function.put("name", call.tool());
    function.put("arguments", call.object());
    return function;
  }

  @Override
  public String error(int status, String message, @Nullable String type) {
    return JsonMapper.shared().writeValueAsString(Map.of("error", message));
  }
}
