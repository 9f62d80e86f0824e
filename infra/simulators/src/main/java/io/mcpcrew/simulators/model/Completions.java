package io.mcpcrew.simulators.model;

import io.mcpcrew.simulators.model.Performance.Asked;
import io.mcpcrew.simulators.model.Performance.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the model said, in the words of OpenAI's protocol: whole, or in pieces. Those that follow
/// it differ in the message and in how calls are numbered.
final class Completions {
  /// So that a client must put words together.
  private static final int PIECE = 7;

  private Completions() {}

  /// @param number makes the ids, so that a script always gives the same
  static String whole(Said said, ChatRequest request, long number, long createdAt) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", said.text());
    message.put("refusal", said.refusal());
    if (!said.calls().isEmpty()) {
      message.put("tool_calls", calls(said, position -> id(number, position)));
    }
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("logprobs", null);
    choice.put("finish_reason", finish(said));
    return whole(choice, said, request, number, createdAt);
  }

  /// An answer around its only choice.
  static String whole(
      Map<String, @Nullable Object> choice,
      Said said,
      ChatRequest request,
      long number,
      long createdAt) {
    Map<String, @Nullable Object> answer = head("chat.completion", request, number, createdAt);
    answer.put("choices", List.of(choice));
    answer.put("usage", usage(said, request));
    return JsonMapper.shared().writeValueAsString(answer);
  }

  /// @param ids by a call's position
  static List<Map<String, Object>> calls(Said said, IntFunction<String> ids) {
    List<Map<String, Object>> calls = new ArrayList<>();
    for (int i = 0; i < said.calls().size(); i++) {
      calls.add(call(said.calls().get(i), ids.apply(i)));
    }
    return calls;
  }

  /// The same as events of a stream, their end included.
  static List<String> pieces(Said said, ChatRequest request, long number, long createdAt) {
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    deltas.add(delta("role", "assistant"));
    String text = said.text();
    if (text != null) {
      cut(text).forEach(piece -> deltas.add(delta("content", piece)));
    }
    String refusal = said.refusal();
    if (refusal != null) {
      cut(refusal).forEach(piece -> deltas.add(delta("refusal", piece)));
    }
    for (int i = 0; i < said.calls().size(); i++) {
      Asked call = said.calls().get(i);
      int index = i;
      Map<String, Object> opening = new LinkedHashMap<>();
      opening.put("index", index);
      opening.putAll(call(new Asked(call.tool(), ""), id(number, index)));
      deltas.add(delta("tool_calls", List.of(opening)));
      cut(call.arguments())
          .map(piece -> Map.of("index", index, "function", Map.of("arguments", piece)))
          .forEach(piece -> deltas.add(delta("tool_calls", List.of(piece))));
    }
    List<String> events = new ArrayList<>();
    for (Map<String, @Nullable Object> delta : deltas) {
      events.add(event(delta, null, request, number, createdAt));
    }
    events.add(event(nothing(), finish(said), request, number, createdAt));
    if (request.usageWanted()) {
      Map<String, @Nullable Object> last =
          head("chat.completion.chunk", request, number, createdAt);
      last.put("choices", List.of());
      last.put("usage", usage(said, request));
      events.add(JsonMapper.shared().writeValueAsString(last));
    }
    events.add("[DONE]");
    return events.stream().map(event -> "data: " + event + "\n\n").toList();
  }

  private static Map<String, Object> call(Asked call, String id) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("id", id);
    written.put("type", "function");
    written.put("function", Map.of("name", call.tool(), "arguments", call.arguments()));
    return written;
  }

  private static String id(long number, int position) {
    return "call_" + number + "_" + position;
  }

  static String finish(Said said) {
    if (said.cutOff()) {
      return "length";
    }
    return said.calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static Map<String, Object> usage(Said said, ChatRequest request) {
    Tokens tokens = Tokens.of(said, request);
    return Map.of(
        "prompt_tokens", tokens.prompt(),
        "completion_tokens", tokens.completion(),
        "total_tokens", tokens.total());
  }

  private static Map<String, @Nullable Object> nothing() {
    return new LinkedHashMap<>();
  }

  private static Map<String, @Nullable Object> delta(String field, Object value) {
    Map<String, @Nullable Object> delta = new LinkedHashMap<>();
    delta.put(field, value);
    return delta;
  }

  private static String event(
      Map<String, @Nullable Object> delta,
      @Nullable String finish,
      ChatRequest request,
      long number,
      long createdAt) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    Map<String, @Nullable Object> chunk = head("chat.completion.chunk", request, number, createdAt);
    chunk.put("choices", List.of(choice));
    return JsonMapper.shared().writeValueAsString(chunk);
  }

  private static Map<String, @Nullable Object> head(
      String object, ChatRequest request, long number, long createdAt) {
    Map<String, @Nullable Object> head = new LinkedHashMap<>();
    head.put("id", "chatcmpl-" + number);
    head.put("object", object);
    head.put("created", createdAt);
    head.put("model", request.model());
    return head;
  }

  private static Stream<String> cut(String text) {
    Stream.Builder<String> pieces = Stream.builder();
    for (int at = 0; at < text.length(); at += PIECE) {
      pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
    }
    return pieces.build();
  }
}
