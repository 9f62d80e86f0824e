package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.ChatRequest.Message;
import io.mcpcrew.simulators.model.Performance.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Mistral's chat completions, whole only: OpenAI's, but with other fields, with rules about who
/// speaks after whom, and with ids of nine characters.
final class MistralWire implements Wire {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "temperature",
          "top_p",
          "max_tokens",
          "stop",
          "stream",
          "random_seed",
          "safe_prompt",
          "response_format",
          "presence_penalty",
          "frequency_penalty",
          "n",
          "prediction",
          "prompt_mode",
          "metadata");
  private static final Set<String> MESSAGE =
      Set.of("role", "content", "tool_calls", "tool_call_id", "name", "prefix");
  private static final Set<String> ROLES =
      Set.of(Message.SYSTEM, Message.USER, Message.ASSISTANT, Message.TOOL);
  private static final Set<String> AFTER_TOOL = Set.of(Message.TOOL, Message.ASSISTANT);
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{9}");

  private static final String BAD_CALL = "invalid_function_call";
  private static final String BAD_ORDER = "invalid_request_message_order";
  private static final String BAD_MODEL = "invalid_model";
  private static final String RATE_LIMITED = "rate_limited";

  /// The numbers that stand beside the names.
  private static final Map<String, String> CODES =
      Map.of(BAD_CALL, "3280", BAD_ORDER, "3230", BAD_MODEL, "1500", RATE_LIMITED, "1300");

  @Override
  public boolean owns(String path) {
    return path.startsWith("/mistral/");
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/mistral/v1/chat/completions");
  }

  @Override
  public void admit(Headers headers, String key) throws BadRequest {
    if (!Strict.bearer(headers, key)) {
      throw new BadRequest(401, "Unauthorized");
    }
  }

  @Override
  public ChatRequest read(String path, byte[] body) throws BadRequest {
    JsonNode request = Strict.filled(Strict.object(body));
    Strict.known(request, KNOWN, MistralWire::unknown);
    require(request.path("model").isString(), "'model' must be a string.");
    Strict.number(request, "temperature", 0, 1.5);
    Strict.number(request, "top_p", 0, 1);
    Strict.integer(request, "max_tokens", 1, 1_000_000);
    Strict.unstreamed(request);
    JsonNode messages = filled(request.path("messages"));
    keepsRules(messages);
    return ChatRequest.whole(
        request.path("model").asString(""),
        ChatMessages.read(messages),
        Strict.functions(request),
        body.length);
  }

  /// Of a field that nobody knows the message is only its place: the words around it are fixed.
  private static BadRequest unknown(String place) {
    return new BadRequest(422, place);
  }

  private static JsonNode filled(JsonNode messages) {
    ArrayNode filled = JsonMapper.shared().createArrayNode();
    messages.forEach(message -> filled.add(Strict.filled(message)));
    return messages.isArray() ? filled : messages;
  }

  /// What Mistral wants of messages beyond what OpenAI does.
  private static void keepsRules(JsonNode messages) throws BadRequest {
    String before = "";
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String place = "messages." + i + ".";
      Strict.known(message, MESSAGE, field -> unknown(place + field));
      String role = message.path("role").asString("");
      require(ROLES.contains(role), "messages[%d].role '%s' is not one of them".formatted(i, role));
      if (before.equals(Message.TOOL) && !AFTER_TOOL.contains(role)) {
        throw new BadRequest(
            400, "Unexpected role '%s' after role 'tool'".formatted(role), BAD_ORDER);
      }
      if (role.equals(Message.ASSISTANT)) {
        assistantSpeaks(message, i);
      }
      idsFit(message);
      before = role;
    }
    mayBeAnswered(messages);
  }

  private static void assistantSpeaks(JsonNode message, int at) throws BadRequest {
    String text = Strict.text(message.path("content"), "messages[%d]".formatted(at));
    require(
        message.has("tool_calls") || (text != null && !text.isEmpty()),
        "messages[%d]: Assistant message must have either content or tool_calls, but not none."
            .formatted(at));
  }

  private static void idsFit(JsonNode message) throws BadRequest {
    List<JsonNode> ids = new ArrayList<>();
    message.path("tool_calls").forEach(call -> ids.add(call.path("id")));
    if (message.path("role").asString("").equals(Message.TOOL)) {
      ids.add(message.path("tool_call_id"));
    }
    for (JsonNode node : ids) {
      String id = node.asString("");
      if (!ID.matcher(id).matches()) {
        throw new BadRequest(
            400,
            "Tool call id was %s but must be a-z, A-Z, 0-9, with a length of 9.".formatted(id),
            BAD_CALL);
      }
    }
  }

  private static void mayBeAnswered(JsonNode messages) throws BadRequest {
    JsonNode last = messages.path(messages.size() - 1);
    boolean continued = last.path("prefix").asBoolean(false);
    String role = last.path("role").asString("");
    if (role.equals(Message.SYSTEM) || (role.equals(Message.ASSISTANT) && !continued)) {
      throw new BadRequest(
          400,
          "Expected last role User or Tool (or Assistant with prefix True) for serving but got "
              + role,
          BAD_ORDER);
    }
  }

  @Override
  public BadRequest unknownModel(String model) {
    return new BadRequest(400, "Invalid model: " + model, BAD_MODEL);
  }

  @Override
  public Answer answer(Said said, ChatRequest request, long number, Instant now) {
    Said spoken = said.outspoken();
    String text = spoken.text();
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", Message.ASSISTANT);
    message.put("content", text == null ? "" : text);
    if (!spoken.calls().isEmpty()) {
      message.put("tool_calls", Completions.calls(spoken, position -> id(number, position)));
    }
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("finish_reason", Completions.finish(spoken));
    return Answer.whole(Completions.whole(choice, spoken, request, number, now.getEpochSecond()));
  }

  /// Nine digits: the answer's number, and the call's place in it.
  private static String id(long number, int position) {
    return "%07d%02d".formatted(number % 10_000_000, position % 100);
  }

  @Override
  public String error(int status, String message, @Nullable String type) {
    if (status == 401) {
      return JsonMapper.shared().writeValueAsString(Map.of("detail", message));
    }
    String name = type == null ? type(status) : type;
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("object", "error");
    error.put("message", status == 422 ? Map.of("detail", List.of(extra(message))) : message);
    error.put("type", name);
    error.put("param", null);
    error.put("code", CODES.get(name));
    return JsonMapper.shared().writeValueAsString(error);
  }

  private static Map<String, Object> extra(String place) {
    List<String> location = new ArrayList<>(List.of("body"));
    location.addAll(List.of(place.split("\\.")));
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("type", "extra_forbidden");
    detail.put("loc", location);
    detail.put("msg", "Extra inputs are not permitted");
    return detail;
  }

  private static String type(int status) {
    return switch (status) {
      case 429 -> RATE_LIMITED;
      case 500 -> "internal_server_error";
      default -> "invalid_request_error";
    };
  }
}
