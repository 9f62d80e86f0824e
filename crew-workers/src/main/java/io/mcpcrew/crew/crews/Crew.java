package io.mcpcrew.crew.crews;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mcpcrew.runtime.tenant.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who works a turn. `crew.schema.json` says what a file of it may hold; what it leaves out has its
/// default here.
///
/// @param channels where it works; everywhere if empty
/// @param intents what it is there for; `order.*` stands for all that begin so
/// @param guardrails what is done with what each finds; one that is not named enforces
public record Crew(
    String name,
    List<String> channels,
    List<String> intents,
    List<Agent> agents,
    Tasks tasks,
    Style style,
    Map<String, Guard> guardrails,
    Limits limits,
    Escalation escalation) {

  /// @throws IllegalArgumentException naming the path of a task whose agent is not there
  public Crew(
      String name,
      @Nullable List<String> channels,
      @Nullable List<String> intents,
      @Nullable List<Agent> agents,
      @Nullable Tasks tasks,
      @Nullable Style style,
      @Nullable Map<String, Guard> guardrails,
      @Nullable Limits limits,
      @Nullable Escalation escalation) {
    this.name = name;
    this.channels = list(channels);
    this.intents = list(intents);
    this.agents = list(agents);
    this.tasks = Objects.requireNonNullElse(tasks, new Tasks(null, List.of()));
    this.style = Objects.requireNonNullElse(style, Style.USUAL);
    this.guardrails = Map.copyOf(Objects.requireNonNullElse(guardrails, Map.of()));
    this.limits = Objects.requireNonNullElse(limits, Limits.USUAL);
    this.escalation = Objects.requireNonNullElse(escalation, new Escalation(null, null));
    Set<String> names = this.agents.stream().map(Agent::name).collect(Collectors.toSet());
    if (names.size() < this.agents.size()) {
      throw new IllegalArgumentException("/agents: two have the same name");
    }
    for (int i = 0; i < this.tasks.list().size(); i++) {
      if (!names.contains(this.tasks.list().get(i).agent())) {
        throw new IllegalArgumentException(
            "/tasks/list/%d/agent: there is no agent %s"
                .formatted(i, this.tasks.list().get(i).agent()));
      }
    }
  }

  /// @param capabilities what it may do, whoever offers it
  /// @param tools single tools that it may call beside these, by their name in the catalogue
  /// @param model by the name that the installation gives it; null for its usual one
  public record Agent(
      String name,
      String role,
      String goal,
      String background,
      List<String> capabilities,
      List<String> tools,
      @Nullable String model) {

    public Agent(
        String name,
        String role,
        String goal,
        @Nullable String background,
        @Nullable List<String> capabilities,
        @Nullable List<String> tools,
        @Nullable String model) {
      this.name = name;
      this.role = role;
      this.goal = goal;
      this.background = Objects.requireNonNullElse(background, "");
      this.capabilities = list(capabilities);
      this.tools = list(tools);
      this.model = model;
    }
  }

  /// What the agents do, one after the other or all at once.
  public record Tasks(Order order, List<Job> list) {
    public Tasks(@Nullable Order order, List<Job> list) {
      this.order = Objects.requireNonNullElse(order, Order.SEQUENTIAL);
      this.list = List.copyOf(list);
    }
  }

  /// How the tasks of a crew follow each other.
  public enum Order {
    @JsonProperty("sequential")
    SEQUENTIAL,
    @JsonProperty("parallel")
    PARALLEL
  }

  /// @param result what it is to come to
  public record Job(String agent, String task, String result) {
    public Job(String agent, String task, @Nullable String result) {
      this.agent = agent;
      this.task = task;
      this.result = Objects.requireNonNullElse(result, "");
    }
  }

  /// How it speaks.
  ///
  /// @param language `customer` for the customer's own
  /// @param signature by language; below each reply, if there is one
  public record Style(String tone, String language, Map<String, String> signature, boolean emoji) {
    public static final String CUSTOMER = "customer";

    static final Style USUAL = of(null, null, null, null);

    @JsonCreator
    static Style of(
        @Nullable String tone,
        @Nullable String language,
        @Nullable Map<String, String> signature,
        @Nullable Boolean emoji) {
      return new Style(
          Objects.requireNonNullElse(tone, ""),
          Objects.requireNonNullElse(language, CUSTOMER),
          Map.copyOf(Objects.requireNonNullElse(signature, Map.of())),
          Boolean.TRUE.equals(emoji));
    }

    /// The language to answer a customer in.
    public String languageFor(String customers) {
      return language.equals(CUSTOMER) ? customers : language;
    }

    public Optional<String> signatureIn(String language) {
      return Optional.ofNullable(signature.getOrDefault(language, signature.get("pt")));
    }
  }

  /// What is done with what a guardrail finds.
  public enum Guard {
    @JsonProperty("enforce")
    ENFORCE,
    @JsonProperty("report")
    REPORT,
    @JsonProperty("off")
    OFF
  }

  /// Of one turn.
  ///
  /// @param steps model and tool calls together
  /// @param cost in the currency of the models' price list
  public record Limits(int steps, int tokens, BigDecimal cost, Duration time) {
    static final Limits USUAL = of(null, null, null, null);

    @JsonCreator
    static Limits of(
        @Nullable Integer steps,
        @Nullable Integer tokens,
        @Nullable BigDecimal cost,
        @Nullable Duration time) {
      return new Limits(
          Objects.requireNonNullElse(steps, 12),
          Objects.requireNonNullElse(tokens, 20_000),
          Objects.requireNonNullElse(cost, new BigDecimal("0.10")),
          Objects.requireNonNullElse(time, Duration.ofSeconds(45)));
    }
  }

  /// When a person takes over, and who.
  ///
  /// @param team by its name in the channel; null for nobody in particular
  /// @param when the first condition that holds gives the turn to a person at once
  public record Escalation(@Nullable String team, List<Condition> when) {
    public Escalation(@Nullable String team, @Nullable List<Condition> when) {
      this.team = team;
      this.when = list(when);
    }
  }

  public Guard guard(String guardrail) {
    return guardrails.getOrDefault(guardrail, Guard.ENFORCE);
  }

  public boolean worksIn(String channel) {
    return channels.isEmpty() || channels.contains(channel);
  }

  /// Whether it is there for an intent.
  public boolean isFor(String intent) {
    return intents.stream()
        .anyMatch(own ->
            own.endsWith(".*")
                ? intent.startsWith(own.substring(0, own.length() - 1))
                : own.equals(intent));
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
