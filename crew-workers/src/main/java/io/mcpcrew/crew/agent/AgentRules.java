package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.model.ModelAnswer;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What follows from a model's answer. Pure: the same state and answer have the same consequence in
/// every attempt.
final class AgentRules {
  /// Calls that cannot be made, in one job; then a person takes over.
  static final int MOST_MISTAKES = 3;

  /// Of one answer; what is more is answered with an error.
  static final int MOST_CALLS = 8;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private AgentRules() {}

  sealed interface Next {
    /// The job is done.
    record Say(String text) implements Next {}

    /// Tools are called, in their order.
    record Call(String text, List<Planned> calls) implements Next {}

    record Person(String reason) implements Next {}
  }

  /// One call of an answer. Its id is ours, made of round and position: what a model's server makes
  /// up is not kept.
  sealed interface Planned {
    String id();

    ToolCall asked();

    record Do(String id, ToolCall asked, Toolbox.Tool tool, Map<String, Object> arguments)
        implements Planned {}

    /// It cannot be made; the model is told why.
    record Wrong(String id, ToolCall asked, String why) implements Planned {}
  }

  static Next next(AgentState state, ModelAnswer answer, Toolbox tools, WriteGate writes) {
    String refusal = answer.refusal();
    if (refusal != null) {
      return new Next.Person("the model refuses to answer");
    }
    String text = answer.text() == null ? "" : answer.text().strip();
    if (answer.calls().isEmpty()) {
      if (text.isEmpty()) {
        return new Next.Person("the model said nothing");
      }
      return answer.cutOff()
          ? new Next.Person("the model's answer was longer than it may be")
          : new Next.Say(text);
    }
    return calls(state, answer, text, tools, writes);
  }

  private static Next calls(
      AgentState state, ModelAnswer answer, String text, Toolbox tools, WriteGate writes) {
    List<Planned> calls = new ArrayList<>();
    for (int i = 0; i < answer.calls().size(); i++) {
      calls.add(planned(state.round(), i, answer.calls().get(i), tools));
    }
    Optional<Planned.Do> forbidden =
        calls.stream()
            .filter(Planned.Do.class::isInstance)
            .map(Planned.Do.class::cast)
            .filter(call -> WriteGate.isWrite(call.tool().offer().tool()))
            .filter(_ -> writes == WriteGate.NEVER)
            .findFirst();
    if (forbidden.isPresent()) {
      return new Next.Person(
          "the agent wants to do '%s' (%s), which it may not do here"
              .formatted(
                  forbidden.get().tool().offer().tool().title(),
                  String.join(", ", new TreeMap<>(forbidden.get().arguments()).keySet())));
    }
    return state.mistakes() + wrong(calls) > MOST_MISTAKES
        ? new Next.Person("the model asked wrongly more than %d times".formatted(MOST_MISTAKES))
        : new Next.Call(text, calls);
  }

  static int wrong(List<Planned> calls) {
    return (int) calls.stream().filter(Planned.Wrong.class::isInstance).count();
  }

  private static Planned planned(int round, int position, ToolCall call, Toolbox tools) {
    String id = "c%d_%d".formatted(round, position + 1);
    if (position >= MOST_CALLS) {
      return new Planned.Wrong(
          id, call, "too many calls at once; the most is %d".formatted(MOST_CALLS));
    }
    Optional<Toolbox.Tool> tool = tools.find(call.tool());
    if (tool.isEmpty()) {
      return new Planned.Wrong(
          id,
          call,
          "there is no tool of this name; there are: " + String.join(", ", tools.names()));
    }
    Map<String, Object> arguments;
    try {
      String json = call.arguments().isBlank() ? "{}" : call.arguments();
      arguments = JsonMapper.shared().readValue(json, OBJECT);
    } catch (JacksonException e) {
      return new Planned.Wrong(id, call, "the arguments are not a JSON object");
    }
    if (arguments == null) {
      return new Planned.Wrong(id, call, "the arguments are not a JSON object");
    }
    List<String> missing =
        tool.get().required().stream().filter(name -> !arguments.containsKey(name)).toList();
    return missing.isEmpty()
        ? new Planned.Do(id, call, tool.get(), arguments)
        : new Planned.Wrong(id, call, "missing arguments: " + String.join(", ", missing));
  }
}
