package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.agent.AgentRules.Next;
import io.mcpcrew.crew.agent.AgentRules.Planned;
import io.mcpcrew.crew.guard.Guard;
import io.mcpcrew.crew.guard.Injection;
import io.mcpcrew.crew.model.JournalledModel;
import io.mcpcrew.crew.model.ModelRequest;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.Signature;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.crew.model.TurnLimits.Used;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.StepKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One job of one agent: asks, calls what is asked for, and asks again, until something is said or
/// a person must take over. Each question and each call stands at a place made of agent, round and
/// position, the same in every attempt.
final class AgentRun {
  /// A reply needs this long to be released and posted before the customer's deadline.
  private static final Duration TO_POST = Duration.ofSeconds(5);

  private static final String REMOVED = "[removed: it read like an instruction]";

  sealed interface Done {
    record Said(String text) implements Done {}

    record Person(String reason) implements Done {}
  }

  private final String path;
  private final @Nullable String model;
  private final Prompts.Prompt prompt;
  private final Toolbox toolbox;
  private final WriteGate writes;
  private final Guard.Mode injection;
  private final JournalledModel models;
  private final TurnTools tools;
  private final TurnUse use;

  /// @param path of the job in the turn
  /// @param model by name; null for the usual one
  AgentRun(
      String path,
      @Nullable String model,
      Prompts.Prompt prompt,
      Toolbox toolbox,
      WriteGate writes,
      Guard.Mode injection,
      JournalledModel models,
      TurnTools tools,
      TurnUse use) {
    this.path = path;
    this.model = model;
    this.prompt = prompt;
    this.toolbox = toolbox;
    this.writes = writes;
    this.injection = injection;
    this.models = models;
    this.tools = tools;
    this.use = use;
  }

  /// @param left how long the customer waits, from now
  Done run(List<Said> said, Duration left) {
    AgentState state = AgentState.beginning(said);
    Duration from = tools.journal().passed();
    while (true) {
      Duration passed = tools.journal().passed();
      Optional<String> over = use.over(passed);
      if (over.isPresent()) {
        return new Done.Person(over.get());
      }
      Duration customers = left.minus(TO_POST).minus(passed.minus(from));
      if (!customers.isPositive()) {
        return new Done.Person("the customer's deadline is near");
      }
      switch (asked(state, shorter(customers, use.left(passed)))) {
        case JournalledModel.Reply.Refused(String reason) -> {
          return new Done.Person(reason);
        }
        case JournalledModel.Reply.Answered answered -> {
          use.add(answered.used());
          switch (AgentRules.next(state, answered.answer(), toolbox, writes)) {
            case Next.Say(String text) -> {
              return new Done.Said(text);
            }
            case Next.Person(String reason) -> {
              return new Done.Person(reason);
            }
            case Next.Call(String text, List<Planned> calls) ->
                state = called(state, text, calls, answered.answer().signed());
          }
        }
      }
    }
  }

  private JournalledModel.Reply asked(AgentState state, Duration left) {
    var place = new JournalledModel.Place(path + "/" + state.round(), prompt.name(), state.added());
    return models.ask(place, model, new ModelRequest(state.said(), toolbox.offered()), left);
  }

  private AgentState called(
      AgentState state, String text, List<Planned> calls, @Nullable Signature signed) {
    List<Said.Result> results = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<ToolCall> kept = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Planned call = calls.get(i);
      String place = "%s/%d/%d".formatted(path, state.round(), i + 1);
      String answer =
          switch (call) {
            case Planned.Wrong wrong -> ToolResults.error(wrong.why());
            case Planned.Do todo -> answered(place, todo);
          };
      places.add(place);
      kept.add(new ToolCall(call.id(), call.asked().tool(), readable(call)));
      results.add(new Said.Result(call.id(), call.asked().tool(), answer));
    }
    var asked = new Said.Assistant(text.isEmpty() ? null : text, kept, signed);
    return state.after(asked, results, places, AgentRules.wrong(calls));
  }

  /// Strict servers refuse a history with arguments that are not JSON.
  private static String readable(Planned call) {
    return call instanceof Planned.Wrong ? "{}" : call.asked().arguments();
  }

  private String answered(String place, Planned.Do call) {
    use.add(new Used(1, 0, 0));
    Answered answer = tools.call(place, call.tool().offer(), call.arguments());
    return ToolResults.of(withoutOrders(place, answer));
  }

  /// What reads like an order to the model is taken out of a result, and it is recorded.
  private Answered withoutOrders(String place, Answered answer) {
    if (injection == Guard.Mode.OFF
        || !(answer instanceof Answered.Result(Map<String, Object> structured))) {
      return answer;
    }
    Object clean = Injection.without(structured, REMOVED);
    if (clean.equals(new TreeMap<>(structured)) || !(clean instanceof Map<?, ?> map)) {
      return answer;
    }
    tools
        .journal()
        .step(
            place + "/guard",
            StepKind.DECISION,
            "guard " + Guard.INJECTION.label(),
            "",
            injection == Guard.Mode.REPORT,
            null,
            Content.of("a tool's result reads like an instruction"),
            tools.journal().now());
    if (injection == Guard.Mode.REPORT) {
      return answer;
    }
    Map<String, Object> left = new TreeMap<>();
    map.forEach((key, value) -> left.put(String.valueOf(key), value));
    return new Answered.Result(left);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
