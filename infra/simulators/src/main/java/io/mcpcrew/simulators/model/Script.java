package io.mcpcrew.simulators.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What a scripted model says to what: the first rule that fits and is not used up.
///
/// @param models that it answers for
public record Script(List<String> models, List<Rule> rules) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public Script {
    models = List.copyOf(Objects.requireNonNull(models, "models is missing"));
    rules = List.copyOf(Objects.requireNonNull(rules, "rules is missing"));
    if (models.isEmpty()) {
      throw new IllegalArgumentException("a script needs a model that it answers for");
    }
  }

  /// @param when what must hold; all requests without it
  /// @param times how often the rule may be used; without end if it is left out
  /// @param delayMs how long the model thinks
  /// @param says the text; `{{/json/pointer}}` is what the last tool's result holds there
  /// @param calls the tools that it asks for
  /// @param misbehaves what it does instead, or to what it says
  public record Rule(
      @Nullable When when,
      @Nullable Integer times,
      long delayMs,
      @Nullable String says,
      List<Call> calls,
      @Nullable Misbehaviour misbehaves) {

    public Rule {
      calls = calls == null ? List.of() : List.copyOf(calls);
      if (says == null && calls.isEmpty() && misbehaves == null) {
        throw new IllegalArgumentException("a rule needs says, calls or misbehaves");
      }
      if (delayMs < 0 || delayMs > 600_000) {
        throw new IllegalArgumentException("delay_ms must be 0 to 600000");
      }
    }

    public static Rule says(String text) {
      return new Rule(null, null, 0, text, List.of(), null);
    }

    public static Rule calls(Call... calls) {
      return new Rule(null, null, 0, null, List.of(calls), null);
    }

    public static Rule misbehaves(Misbehaviour misbehaviour) {
      return new Rule(null, null, 0, null, List.of(), misbehaviour);
    }

    public Rule when(When condition) {
      return new Rule(condition, times, delayMs, says, calls, misbehaves);
    }

    public Rule times(int most) {
      return new Rule(when, most, delayMs, says, calls, misbehaves);
    }

    public Rule after(long delay) {
      return new Rule(when, times, delay, says, calls, misbehaves);
    }
  }

  /// What must hold for a rule. Texts are looked for without regard to case.
  ///
  /// @param last what the last message holds
  /// @param role the last message's role: `user` or `tool`
  /// @param results how many tools' results the conversation holds
  /// @param system what the system's message holds
  /// @param model the model that is asked
  public record When(
      @Nullable String last,
      @Nullable String role,
      @Nullable Integer results,
      @Nullable String system,
      @Nullable String model) {

    public static When last(String text) {
      return new When(text, null, null, null, null);
    }

    public static When results(int number) {
      return new When(null, null, number, null, null);
    }

    public static When model(String name) {
      return new When(null, null, null, null, name);
    }
  }

  /// A tool that the model asks for.
  public record Call(String tool, Map<String, Object> with) {
    public Call {
      with = with == null ? Map.of() : Map.copyOf(with);
    }
  }

  /// What real models and their servers do on bad days.
  ///
  /// @param retryAfter seconds, of `TOO_MANY_REQUESTS`
  public record Misbehaviour(Kind kind, @Nullable Integer retryAfter) {
    public Misbehaviour {
      Objects.requireNonNull(kind, "misbehaves.kind is missing");
    }

    public static Misbehaviour of(Kind kind) {
      return new Misbehaviour(kind, null);
    }
  }

  public enum Kind {
    /// The arguments of its calls are not JSON. Where the protocol sends them as an object and not
    /// as text (Anthropic, Gemini, Ollama) that cannot be: there the call has an empty object.
    MALFORMED_ARGUMENTS,
    /// It calls a tool that nobody offered.
    UNKNOWN_TOOL,
    /// It refuses, by the field that the protocol has for it; in words where it has none.
    REFUSAL,
    /// It takes the request and never answers.
    HANG,
    /// It asks for the first tool offered, again and again.
    ENDLESS_TOOLS,
    /// 429, with `Retry-After` if the script names it.
    TOO_MANY_REQUESTS,
    /// 500.
    SERVER_ERROR,
    /// The answer ends in the middle, and so does the connection.
    CUT,
    /// An answer with status 200 that is not JSON.
    WRONG_JSON,
    /// An answer of some megabytes.
    HUGE,
    /// Neither text nor calls.
    EMPTY,
    /// It wants to say more than it may: the answer is whole, and ends before its sentence does.
    TOO_LONG
  }

  /// @throws IllegalArgumentException naming the script and what in it is wrong
  public static Script read(String name, String yaml) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      if (tree == null) {
        throw new IllegalArgumentException(name + " is empty");
      }
      return JSON.convertValue(tree, Script.class);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(name + " is not YAML: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s is wrong at %s: %s".formatted(name, e.getPathReference(), e.getOriginalMessage()), e);
    }
  }
}
