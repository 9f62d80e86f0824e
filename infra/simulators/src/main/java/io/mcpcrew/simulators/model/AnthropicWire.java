package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.ChatRequest.Message;
import io.mcpcrew.simulators.model.Performance.Asked;
import io.mcpcrew.simulators.model.Performance.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Anthropic's messages, whole only.
final class AnthropicWire implements Wire {
  static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,128}");

  private static final String VERSION = "2023-06-01";
  private static final int MOST_TOKENS = 1_000_000;
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "stream",
          "tools",
          "tool_choice",
          "metadata",
          "thinking",
          "service_tier",
          "container",
          "output_config");
  private static final Set<String> TOOL_FIELDS =
      Set.of("name", "description", "input_schema", "cache_control", "strict");

  private final AtomicLong errors = new AtomicLong();

  @Override
  public boolean owns(String path) {
    return path.startsWith("/v1/messages");
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/v1/messages");
  }

  @Override
  public void admit(Headers headers, String key) throws BadRequest {
    if (!Strict.says(headers, "x-api-key", key)) {
      throw new BadRequest(401, "invalid x-api-key");
    }
    require(
        Strict.says(headers, "anthropic-version", VERSION),
        "anthropic-version: header is required, and must be " + VERSION);
  }

  @Override
  public ChatRequest read(String path, byte[] body) throws BadRequest {
    JsonNode request = Strict.object(body);
    Strict.known(request, KNOWN, AnthropicWire::unknown);
    require(request.path("model").isString(), "model: Field required");
    require(request.has("max_tokens"), "max_tokens: Field required");
    Strict.integer(request, "max_tokens", 1, MOST_TOKENS);
    Strict.number(request, "temperature", 0, 1);
    Strict.number(request, "top_p", 0, 1);
    Strict.integer(request, "top_k", 0, MOST_TOKENS);
    Strict.unstreamed(request);
    List<Message> messages = new ArrayList<>(system(request.path("system")));
    messages.addAll(AnthropicMessages.read(request.path("messages")));
    List<String> tools = tools(request);
    require(
        !tools.isEmpty() || messages.stream().allMatch(AnthropicWire::needsNoTools),
        "tools: must be given where messages hold `tool_use` or `tool_result` blocks");
    return ChatRequest.whole(request.path("model").asString(""), messages, tools, body.length);
  }

  static BadRequest unknown(String field) {
    return BadRequest.of(field + ": Extra inputs are not permitted");
  }

  private static boolean needsNoTools(Message message) {
    return message.calls().isEmpty() && !message.role().equals(Message.TOOL);
  }

  private static List<Message> system(JsonNode system) throws BadRequest {
    if (system.isMissingNode()) {
      return List.of();
    }
    String text =
        system.isString() ? system.asString("") : AnthropicMessages.texts(system, "system");
    require(!text.isBlank(), "system: text content blocks must be non-empty");
    return List.of(Message.of(Message.SYSTEM, text));
  }

  private static List<String> tools(JsonNode request) throws BadRequest {
    JsonNode list = request.path("tools");
    require(
        list.isMissingNode() ? !request.has("tool_choice") : list.isArray(),
        "tools: Input should be an array, and be there if `tool_choice` is");
    Set<String> names = new HashSet<>();
    List<String> inOrder = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String name = tool(list.get(i), "tools." + i);
      require(names.add(name), "tools: Tool names must be unique, and '%s' is not".formatted(name));
      inOrder.add(name);
    }
    return inOrder;
  }

  private static String tool(JsonNode tool, String at) throws BadRequest {
    Strict.known(tool, TOOL_FIELDS, field -> unknown(at + "." + field));
    String name = tool.path("name").asString("");
    require(
        TOOL.matcher(name).matches(),
        at + ".name: String should match pattern '^%s$', and is '%s'".formatted(TOOL, name));
    JsonNode description = tool.path("description");
    require(
        description.isMissingNode() || description.isString(),
        at + ".description: Input should be a valid string");
    require(
        Strict.isObjectSchema(tool.path("input_schema")),
        at + ".input_schema.type: Input should be 'object'");
    return name;
  }

  @Override
  public BadRequest unknownModel(String model) {
    return new BadRequest(404, "model: " + model);
  }

  @Override
  public Answer answer(Said said, ChatRequest request, long number, Instant now) {
    Tokens tokens = Tokens.of(said, request);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", "msg_" + number);
    answer.put("type", "message");
    answer.put("role", Message.ASSISTANT);
    answer.put("model", request.model());
    answer.put("content", content(said, number));
    answer.put("stop_reason", stopReason(said));
    answer.put("stop_sequence", null);
    answer.put(
        "usage", Map.of("input_tokens", tokens.prompt(), "output_tokens", tokens.completion()));
    return Answer.whole(JsonMapper.shared().writeValueAsString(answer));
  }

  /// Of a refusal nothing is told but that it is one.
  private static List<Map<String, Object>> content(Said said, long number) {
    List<Map<String, Object>> content = new ArrayList<>();
    String text = said.text();
    if (text != null) {
      content.add(Map.of("type", "text", "text", text));
    }
    for (int i = 0; i < said.calls().size(); i++) {
      Asked call = said.calls().get(i);
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("type", "tool_use");
      written.put("id", "toolu_" + number + "_" + i);
      written.put("name", call.tool());
      written.put("input", call.object());
      content.add(written);
    }
    return content;
  }

  private static String stopReason(Said said) {
    if (said.refusal() != null) {
      return "refusal";
    }
    if (said.cutOff()) {
      return "max_tokens";
    }
    return said.calls().isEmpty() ? "end_turn" : "tool_use";
  }

  @Override
  public String error(int status, String message, @Nullable String type) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", "error");
    error.put("error", Map.of("type", type == null ? type(status) : type, "message", message));
    error.put("request_id", "req_" + errors.incrementAndGet());
    return JsonMapper.shared().writeValueAsString(error);
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 500 -> "api_error";
      default -> "invalid_request_error";
    };
  }
}
