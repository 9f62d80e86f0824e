package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.ChatRequest.Message;
import io.mcpcrew.simulators.model.Performance.Asked;
import io.mcpcrew.simulators.model.Performance.Said;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Google's `generateContent`, whole only, as Gemini 3 has it: it remembers which signatures it
/// gave out with its calls, over scripts too, and wants them back.
final class GeminiWire implements Wire {
  static final Pattern FUNCTION = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}");

  private static final String BASE = "/v1beta/";
  private static final Pattern PATH = Pattern.compile("/v1beta/models/([^/:]+):generateContent");
  private static final String KEY = "x-goog-api-key";
  private static final int MOST_TOKENS = 1_000_000;
  private static final Set<String> KNOWN =
      Set.of(
          "contents",
          "tools",
          "toolConfig",
          "safetySettings",
          "systemInstruction",
          "generationConfig",
          "cachedContent");
  private static final Set<String> CONFIG =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "candidateCount",
          "maxOutputTokens",
          "stopSequences",
          "responseMimeType",
          "responseSchema",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseLogprobs",
          "logprobs",
          "thinkingConfig",
          "responseModalities",
          "enableEnhancedCivicAnswers",
          "mediaResolution",
          "imageConfig",
          "responseJsonSchema");
  private static final Set<String> INSTRUCTION = Set.of("parts", "role");
  private static final Set<String> INSTRUCTION_PART = Set.of("text");
  private static final Set<String> TOOL = Set.of("functionDeclarations");
  private static final Set<String> DECLARATION = Set.of("name", "description", "parameters");

  private final Set<String> signatures = ConcurrentHashMap.newKeySet();

  @Override
  public boolean owns(String path) {
    return path.startsWith(BASE);
  }

  @Override
  public boolean serves(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public void admit(Headers headers, String key) throws BadRequest {
    if (!headers.containsKey(KEY)) {
      throw new BadRequest(
          403,
          "Method doesn't allow unregistered callers (callers without established identity)."
              + " Please use API Key or other form of API consumer identity to call this API.");
    }
    require(Strict.says(headers, KEY, key), "API key not valid. Please pass a valid API key.");
  }

  @Override
  public ChatRequest read(String path, byte[] body) throws BadRequest {
    JsonNode request = Strict.filled(Strict.object(body));
    Strict.known(request, KNOWN, field -> unknown(field, ""));
    config(Strict.filled(request.path("generationConfig")));
    List<Message> messages = new ArrayList<>();
    if (request.has("systemInstruction")) {
      String text = instruction(Strict.filled(request.path("systemInstruction")));
      messages.add(Message.of(Message.SYSTEM, text));
    }
    messages.addAll(GeminiContents.read(request.path("contents"), signatures::contains));
    return ChatRequest.whole(model(path), messages, tools(request.path("tools")), body.length);
  }

  private static String model(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /// @param at the place of the object that has the field; empty for the request itself
  static BadRequest unknown(String field, String at) {
    String place = at.isEmpty() ? "" : " at '%s'".formatted(at);
    return BadRequest.of(
        "Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field."
            .formatted(field, place));
  }

  private static void config(JsonNode config) throws BadRequest {
    require(config.isMissingNode() || config.isObject(), "generationConfig: should be an object");
    Strict.known(config, CONFIG, field -> unknown(field, "generation_config"));
    Strict.number(config, "temperature", 0, 2);
    Strict.number(config, "topP", 0, 1);
    Strict.integer(config, "maxOutputTokens", 1, MOST_TOKENS);
  }

  private static String instruction(JsonNode instruction) throws BadRequest {
    String at = "system_instruction";
    Strict.known(instruction, INSTRUCTION, field -> unknown(field, at));
    JsonNode parts = instruction.path("parts");
    require(parts.isArray() && !parts.isEmpty(), at + ".parts: must not be empty");
    var text = new StringBuilder();
    for (JsonNode written : parts) {
      JsonNode part = Strict.filled(written);
      Strict.known(part, INSTRUCTION_PART, field -> unknown(field, at + ".parts"));
      require(part.path("text").isString(), at + ".parts: only text is allowed");
      text.append(part.path("text").asString(""));
    }
    return text.toString();
  }

  private static List<String> tools(JsonNode list) throws BadRequest {
    require(list.isMissingNode() || list.isArray(), "tools: should be an array");
    Set<String> names = new HashSet<>();
    List<String> inOrder = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = "tools[%d]".formatted(i);
      JsonNode tool = Strict.filled(list.get(i));
      Strict.known(tool, TOOL, field -> unknown(field, at));
      JsonNode declarations = tool.path("functionDeclarations");
      require(
          declarations.isArray() && !declarations.isEmpty(),
          at + ".function_declarations: should be an array with a declaration");
      for (int j = 0; j < declarations.size(); j++) {
        String place = "GenerateContentRequest.%s.function_declarations[%d]".formatted(at, j);
        String name = declaration(Strict.filled(declarations.get(j)), place);
        require(names.add(name), "Duplicate function declaration found: " + name);
        inOrder.add(name);
      }
    }
    return inOrder;
  }

  private static String declaration(JsonNode declaration, String at) throws BadRequest {
    Strict.known(declaration, DECLARATION, field -> unknown(field, at));
    String name = declaration.path("name").asString("");
    require(
        FUNCTION.matcher(name).matches(),
        at + ".name: Invalid function name '%s'. It must match ^%s$".formatted(name, FUNCTION));
    JsonNode description = declaration.path("description");
    require(
        description.isMissingNode() || description.isString(),
        at + ".description: should be a string");
    if (declaration.has("parameters")) {
      GeminiSchema.parameters(declaration.path("parameters"), at + ".parameters");
    }
    return name;
  }

  @Override
  public BadRequest unknownModel(String model) {
    return new BadRequest(
        404,
        "models/%s is not found for API version v1beta, or is not supported for generateContent."
            .formatted(model));
  }

  @Override
  public Answer answer(Said said, ChatRequest request, long number, Instant now) {
    Tokens tokens = Tokens.of(said, request);
    Map<String, Object> answer = new LinkedHashMap<>();
    if (said.refusal() == null) {
      answer.put("candidates", List.of(candidate(said, number)));
      answer.put(
          "usageMetadata",
          Map.of(
              "promptTokenCount", tokens.prompt(),
              "candidatesTokenCount", tokens.completion(),
              "totalTokenCount", tokens.total()));
    } else {
      answer.put("promptFeedback", Map.of("blockReason", "PROHIBITED_CONTENT"));
      answer.put(
          "usageMetadata",
          Map.of("promptTokenCount", tokens.prompt(), "totalTokenCount", tokens.prompt()));
    }
    answer.put("modelVersion", request.model());
    answer.put("responseId", "response-" + number);
    return Answer.whole(JsonMapper.shared().writeValueAsString(answer));
  }

  private Map<String, Object> candidate(Said said, long number) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("role", "model");
    List<Map<String, Object>> parts = parts(said, number);
    if (!parts.isEmpty()) {
      content.put("parts", parts);
    }
    Map<String, Object> candidate = new LinkedHashMap<>();
    candidate.put("content", content);
    candidate.put("finishReason", said.cutOff() ? "MAX_TOKENS" : "STOP");
    candidate.put("index", 0);
    return candidate;
  }

  private List<Map<String, Object>> parts(Said said, long number) {
    List<Map<String, Object>> parts = new ArrayList<>();
    String text = said.text();
    if (text != null) {
      parts.add(Map.of("text", text));
    }
    for (int i = 0; i < said.calls().size(); i++) {
      Asked call = said.calls().get(i);
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("functionCall", Map.of("name", call.tool(), "args", call.object()));
      if (i == 0) {
        part.put("thoughtSignature", signature(number));
      }
      parts.add(part);
    }
    return parts;
  }

  private String signature(long number) {
    byte[] text = ("sig" + number).getBytes(StandardCharsets.UTF_8);
    String signature = Base64.getEncoder().encodeToString(text);
    signatures.add(signature);
    return signature;
  }

  @Override
  public String error(int status, String message, @Nullable String type) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", status);
    error.put("message", message);
    error.put("status", type == null ? status(status) : type);
    return JsonMapper.shared().writeValueAsString(Map.of("error", error));
  }

  private static String status(int status) {
    return switch (status) {
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 500 -> "INTERNAL";
      default -> "INVALID_ARGUMENT";
    };
  }
}
