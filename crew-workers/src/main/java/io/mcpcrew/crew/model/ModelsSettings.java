package io.mcpcrew.crew.model;

import io.mcpcrew.runtime.settings.Secret;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which models an operator offers, and how much may be spent on them. Accounts choose among them
/// by name; a URL stands only here.
///
/// @param models by name; without one, playbooks answer and the rest goes to a person
/// @param defaultModel of agents that name none; the only one if there is one
/// @param budgets what may be spent
@ConfigurationProperties("crew")
public record ModelsSettings(
    @DefaultValue Map<String, Model> models,
    @Nullable String defaultModel,
    @DefaultValue Budgets budgets) {

  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  public ModelsSettings {
    models = Map.copyOf(models);
    for (var entry : models.entrySet()) {
      for (String fallback : entry.getValue().fallbacks()) {
        if (!models.containsKey(fallback) || fallback.equals(entry.getKey())) {
          throw new IllegalArgumentException(
              "crew.models.%s.fallbacks: '%s' is not another model"
                  .formatted(entry.getKey(), fallback));
        }
      }
    }
    if (defaultModel == null && models.size() == 1) {
      defaultModel = models.keySet().iterator().next();
    }
    if (defaultModel != null && !models.containsKey(defaultModel)) {
      throw new IllegalArgumentException(
          "crew.default-model: '%s' is not in crew.models".formatted(defaultModel));
    }
  }

  /// Without a model.
  public static ModelsSettings none() {
    return new ModelsSettings(Map.of(), null, Budgets.defaults());
  }

  /// The model and its fallbacks in the order in which they are asked; empty if there is none of
  /// that name.
  public List<String> chain(@Nullable String name) {
    String first = name == null ? defaultModel : name;
    Model model = first == null ? null : models.get(first);
    if (first == null || model == null) {
      return List.of();
    }
    List<String> chain = new ArrayList<>(List.of(first));
    chain.addAll(model.fallbacks());
    return List.copyOf(chain);
  }

  /// One model.
  ///
  /// @param provider whose protocol it speaks
  /// @param url up to and with the version, as in `https://api.example.com/v1`; may be left out for
  ///   a provider that has only one
  /// @param name as the provider knows it
  /// @param key by reference: `env:NAME` or `file:/path`
  /// @param priceIn of a million tokens that the model reads
  /// @param priceOut of a million tokens that it writes
  /// @param timeout of one request
  /// @param atOnce requests at once of one worker; what comes on top waits for its turn
  /// @param longestAnswer in tokens
  /// @param temperature left to the provider if it is left out
  /// @param context tokens that the model is to keep in mind; only Ollama is told
  /// @param fallbacks names of models that are asked when this one does not answer
  /// @param module which class is asked, with the provider `langchain4j`
  public record Model(
      @DefaultValue("openai-compatible") Provider provider,
      @Nullable URI url,
      String name,
      @Nullable Secret key,
      @DefaultValue("0") BigDecimal priceIn,
      @DefaultValue("0") BigDecimal priceOut,
      @DefaultValue("30s") Duration timeout,
      @DefaultValue("200") int atOnce,
      @DefaultValue("1024") int longestAnswer,
      @Nullable Double temperature,
      @DefaultValue("16384") int context,
      @DefaultValue List<String> fallbacks,
      @Nullable LangChainModule module) {

    public Model {
      if ((provider == Provider.LANGCHAIN4J) != (module != null)) {
        throw new IllegalArgumentException(
            "crew.models.*.module belongs to the provider langchain4j, and to no other");
      }
      if (url == null && provider.usual() == null && module == null) {
        throw new IllegalArgumentException("crew.models.*.url is missing");
      }
      Objects.requireNonNull(name, "crew.models.*.name is missing");
      if (key == null && provider.isKeyed()) {
        throw new IllegalArgumentException(
            "crew.models.*.key is missing; %s answers nobody without one".formatted(provider));
      }
      if (priceIn.signum() < 0 || priceOut.signum() < 0) {
        throw new IllegalArgumentException("crew.models.*.price must not be negative");
      }
      if (!timeout.isPositive() || atOnce < 1 || longestAnswer < 1 || context < 1) {
        throw new IllegalArgumentException(
            "crew.models.*.timeout, at-once, longest-answer and context must be positive");
      }
      fallbacks = List.copyOf(fallbacks);
    }

    /// Where it is asked, without a slash at the end.
    String address() {
      String address = String.valueOf(url == null ? provider.usual() : url);
      return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /// What so many tokens cost, in millionths, rounded up.
    public long costMicros(int tokensIn, int tokensOut) {
      BigDecimal perMillion =
          priceIn
              .multiply(BigDecimal.valueOf(tokensIn))
              .add(priceOut.multiply(BigDecimal.valueOf(tokensOut)));
      return perMillion.setScale(0, RoundingMode.CEILING).longValue();
    }
  }

  /// A model of one of LangChain4j's modules.
  ///
  /// @param type its class, as in `dev.langchain4j.model.bedrock.BedrockChatModel`
  /// @param jars a folder with the module's jars and what they need; may be left out for what is on
  ///   the class path
  /// @param options what its builder is told besides, by its words: `region: us-east-1`
  public record LangChainModule(
      String type, @Nullable Path jars, @DefaultValue Map<String, String> options) {

    public LangChainModule {
      Objects.requireNonNull(type, "crew.models.*.module.type is missing");
      options = Map.copyOf(options);
    }
  }

  /// What may be spent, in the currency of the prices. A crew may allow itself less.
  ///
  /// @param turnSteps calls of models and tools in one turn
  /// @param turnTokens in and out
  /// @param turnCost of one turn
  /// @param turnTime of one turn's agents; the customer's deadline ends them too
  /// @param conversationCost of one conversation in a day
  /// @param accountDayCost of one account in a day, by UTC
  /// @param redis where workers count together; without it each counts for itself
  /// @param alone the part of a day's budget that a worker may spend while it cannot see what
  ///   others do
  public record Budgets(
      @DefaultValue("24") int turnSteps,
      @DefaultValue("60000") int turnTokens,
      @DefaultValue("1") BigDecimal turnCost,
      @DefaultValue("60s") Duration turnTime,
      @DefaultValue("5") BigDecimal conversationCost,
      @DefaultValue("50") BigDecimal accountDayCost,
      @Nullable URI redis,
      @DefaultValue("0.1") double alone) {

    public Budgets {
      if (turnSteps < 1 || turnTokens < 1 || !turnTime.isPositive()) {
        throw new IllegalArgumentException(
            "crew.budgets.turn-steps, turn-tokens and turn-time must be positive");
      }
      if (turnCost.signum() < 0 || conversationCost.signum() < 0 || accountDayCost.signum() < 0) {
        throw new IllegalArgumentException("crew.budgets: a cost must not be negative");
      }
      if (alone < 0 || alone > 1) {
        throw new IllegalArgumentException("crew.budgets.alone must be 0 to 1");
      }
    }

    public static Budgets defaults() {
      return new Budgets(
          24,
          60_000,
          BigDecimal.ONE,
          Duration.ofSeconds(60),
          BigDecimal.valueOf(5),
          BigDecimal.valueOf(50),
          null,
          0.1);
    }

    public TurnLimits turn() {
      return new TurnLimits(turnSteps, turnTokens, micros(turnCost), turnTime);
    }
  }

  /// In millionths.
  public static long micros(BigDecimal amount) {
    return amount.multiply(MICROS).setScale(0, RoundingMode.FLOOR).longValue();
  }
}
