package io.mcpcrew.simulators.model;

import io.mcpcrew.simulators.model.Script.Call;
import io.mcpcrew.simulators.model.Script.Kind;
import io.mcpcrew.simulators.model.Script.Rule;
import io.mcpcrew.simulators.model.Script.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A script being performed: remembers only how often each rule was used.
final class Performance {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(/[^{}]*)}}");

  /// What the model says. Arguments are the text that goes out, be it JSON or not.
  ///
  /// @param cutOff it would have gone on
  record Said(@Nullable String text, List<Asked> calls, @Nullable String refusal, boolean cutOff) {
    Said(@Nullable String text, List<Asked> calls, @Nullable String refusal) {
      this(text, calls, refusal, false);
    }

    /// The same where a protocol has no field for a refusal: it is said as anything else is.
    Said outspoken() {
      return refusal == null ? this : new Said(refusal, calls, null, cutOff);
    }
  }

  record Asked(String tool, String arguments) {
    /// The arguments where they are no text on the wire: without any, if they are not an object.
    JsonNode object() {
      try {
        JsonNode object = JsonMapper.shared().readTree(arguments);
        return object.isObject() ? object : JsonMapper.shared().createObjectNode();
      } catch (JacksonException notJson) {
        return JsonMapper.shared().createObjectNode();
      }
    }
  }

  private final Script script;
  private final AtomicIntegerArray used;

  Performance(Script script) {
    this.script = script;
    this.used = new AtomicIntegerArray(script.rules().size());
  }

  /// The first rule that fits, used once more.
  Optional<Rule> rule(ChatRequest request) {
    for (int i = 0; i < script.rules().size(); i++) {
      Rule rule = script.rules().get(i);
      Integer times = rule.times();
      if (fits(rule.when(), request) && (times == null || used.getAndIncrement(i) < times)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static boolean fits(@Nullable When when, ChatRequest request) {
    if (when == null) {
      return true;
    }
    Integer results = when.results();
    return holds(request.last().text(), when.last())
        && (when.role() == null || request.last().role().equals(when.role()))
        && (when.model() == null || request.model().equals(when.model()))
        && holds(system(request), when.system())
        && (results == null || results == results(request));
  }

  private static boolean holds(String text, @Nullable String part) {
    return part == null || text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String system(ChatRequest request) {
    return request.messages().stream()
        .filter(m -> m.role().equals(ChatRequest.Message.SYSTEM))
        .map(ChatRequest.Message::text)
        .findFirst()
        .orElse("");
  }

  private static long results(ChatRequest request) {
    return request.messages().stream()
        .filter(m -> m.role().equals(ChatRequest.Message.TOOL))
        .count();
  }

  /// What a rule makes the model say, misbehaviours of its words included.
  static Said said(Rule rule, ChatRequest request) {
    Kind kind = rule.misbehaves() == null ? null : rule.misbehaves().kind();
    String says = rule.says();
    String text = says == null ? null : filled(says, request);
    List<Asked> calls = new ArrayList<>();
    rule.calls().forEach(call -> calls.add(asked(call)));
    return switch (kind) {
      case MALFORMED_ARGUMENTS -> new Said(text, malformed(calls, request), null);
      case UNKNOWN_TOOL -> new Said(text, List.of(new Asked("no_such_tool", "{}")), null);
      case ENDLESS_TOOLS ->
          new Said(text, calls.isEmpty() ? List.of(new Asked(first(request), "{}")) : calls, null);
      case REFUSAL -> new Said(null, List.of(), text == null ? "I can't help with that." : text);
      case HUGE -> new Said("x".repeat(6 * 1024 * 1024), List.of(), null);
      case EMPTY -> new Said(null, List.of(), null);
      case TOO_LONG -> new Said(text == null ? "Temos" : text, List.of(), null, true);
      case HANG, TOO_MANY_REQUESTS, SERVER_ERROR, CUT, WRONG_JSON ->
          new Said(text == null ? "…" : text, calls, null);
      case null -> new Said(text, calls, null);
    };
  }

  private static List<Asked> malformed(List<Asked> calls, ChatRequest request) {
    List<Asked> all = calls.isEmpty() ? List.of(new Asked(first(request), "{}")) : calls;
    return all.stream().map(call -> new Asked(call.tool(), "{\"query\": furadeira")).toList();
  }

  private static String first(ChatRequest request) {
    return request.tools().isEmpty() ? "no_such_tool" : request.tools().getFirst();
  }

  private static Asked asked(Call call) {
    return new Asked(
        call.tool(), JsonMapper.shared().writeValueAsString(new TreeMap<>(call.with())));
  }

  /// Fills in what the last tool's result holds.
  private static String filled(String text, ChatRequest request) {
    Matcher hole = HOLE.matcher(text);
    return hole.replaceAll(
        match -> Matcher.quoteReplacement(result(request).at(match.group(1)).asString("")));
  }

  private static JsonNode result(ChatRequest request) {
    String last =
        request.messages().reversed().stream()
            .filter(m -> m.role().equals(ChatRequest.Message.TOOL))
            .map(ChatRequest.Message::text)
            .findFirst()
            .orElse("{}");
    try {
      return JsonMapper.shared().readTree(last);
    } catch (JacksonException notJson) {
      return JsonMapper.shared().valueToTree(Map.of());
    }
  }
}
