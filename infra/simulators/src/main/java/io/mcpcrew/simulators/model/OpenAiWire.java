package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import com.sun.net.httpserver.Headers;
import io.mcpcrew.simulators.model.Performance.Said;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's chat completions, whole or as a stream. Its words are also those at paths that are
/// nobody's.
final class OpenAiWire implements Wire {
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
          "max_completion_tokens",
          "stop",
          "stream",
          "stream_options",
          "seed",
          "user",
          "metadata",
          "store",
          "frequency_penalty",
          "presence_penalty",
          "response_format",
          "n");

  @Override
  public boolean owns(String path) {
    return true;
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/v1/chat/completions");
  }

  @Override
  public void admit(Headers headers, String key) throws BadRequest {
    if (!Strict.bearer(headers, key)) {
      throw new BadRequest(401, "Incorrect API key provided.");
    }
  }

  @Override
  public ChatRequest read(String path, byte[] body) throws BadRequest {
    JsonNode request = Strict.object(body);
    Strict.known(
        request,
        KNOWN,
        field -> BadRequest.of("Unrecognized request argument supplied: %s".formatted(field)));
    require(request.path("model").isString(), "you must provide a model parameter");
    Strict.number(request, "temperature", 0, 2);
    Strict.number(request, "top_p", 0, 1);
    Strict.number(request, "max_tokens", 1, 1_000_000);
    Strict.number(request, "max_completion_tokens", 1, 1_000_000);
    Strict.flag(request, "stream");
    boolean streamed = request.path("stream").asBoolean(false);
    require(
        streamed || request.path("stream_options").isMissingNode(),
        "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    return new ChatRequest(
        request.path("model").asString(""),
        ChatMessages.read(request.path("messages")),
        Strict.functions(request),
        streamed,
        request.path("stream_options").path("include_usage").asBoolean(false),
        body.length);
  }

  @Override
  public BadRequest unknownModel(String model) {
    return new BadRequest(
        404, "The model `%s` does not exist or you do not have access to it.".formatted(model));
  }

  @Override
  public Answer answer(Said said, ChatRequest request, long number, Instant now) {
    long createdAt = now.getEpochSecond();
    return request.streamed()
        ? Answer.stream(Completions.pieces(said, request, number, createdAt))
        : Answer.whole(Completions.whole(said, request, number, createdAt));
  }

  @Override
  public String error(int status, String message, @Nullable String type) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type == null ? type(status) : type);
    error.put("param", null);
    error.put("code", null);
    return JsonMapper.shared().writeValueAsString(Map.of("error", error));
  }

  private static String type(int status) {
    return switch (status) {
      case 429 -> "requests";
      case 500 -> "server_error";
      default -> "invalid_request_error";
    };
  }
}
