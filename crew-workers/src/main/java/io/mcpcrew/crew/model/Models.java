package io.mcpcrew.crew.model;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models of this worker: asked with patience, one after the other, each behind a circuit
/// breaker that all accounts share, since it is the model's server that is well or not.
public final class Models {
  private static final Logger LOGGER = LoggerFactory.getLogger(Models.class);
  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(20)
          .minimumNumberOfCalls(10)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Persistence.REST)
          .permittedNumberOfCallsInHalfOpenState(2)
          .build();

  /// What came of a question.
  public sealed interface Reply {
    record Answered(ModelAnswer answer, long costMicros) implements Reply {}

    /// None of the models answered.
    record Failed(String reason) implements Reply {}
  }

  private final ModelsSettings settings;
  private final Map<String, AskedModel> models = new HashMap<>();
  private final Map<String, CircuitBreaker> breakers = new HashMap<>();
  private final Map<String, Semaphore> places = new HashMap<>();
  private final ModelMeters meters;
  private final Supplier<? extends RandomGenerator> dice;

  /// @param dice for each thread its own
  public Models(
      ModelsSettings settings,
      GuardedHttp http,
      MeterRegistry meters,
      Supplier<? extends RandomGenerator> dice) {
    this.settings = settings;
    this.meters = new ModelMeters(meters);
    this.dice = dice;
    settings
        .models()
        .forEach((name, model) -> {
          models.put(name, new AskedModel(name, model, http));
          breakers.put(name, CircuitBreaker.of(name, BREAKER));
          places.put(name, new Semaphore(model.atOnce(), true));
        });
  }

  /// There is a model of that name, or one that stands for all.
  public boolean has(@Nullable String name) {
    return !settings.chain(name).isEmpty();
  }

  public ModelsSettings settings() {
    return settings;
  }

  /// Asks the model, again if it may help, and those that stand in for it. Blocks.
  ///
  /// @param name of the model; the default one if it is null
  /// @param left how long somebody waits for the answer
  public Reply ask(AccountId account, @Nullable String name, ModelRequest request, Duration left) {
    List<String> chain = settings.chain(name);
    long end = System.nanoTime() + left.toNanos();
    String reason = "no model is configured";
    for (int i = 0; i < chain.size(); i++) {
      Attempted came = patiently(account, chain.get(i), i + 1 < chain.size(), request, end);
      switch (came) {
        case Attempted.Answered(ModelAnswer answer) -> {
          return answered(account, answer);
        }
        case Attempted.Passing passing -> reason = passing.reason();
        case Attempted.Resting resting -> reason = resting.reason();
        case Attempted.Final last -> reason = last.reason();
      }
      LOGGER
          .atWarn()
          .addKeyValue("tenant_id", account)
          .addKeyValue("model", chain.get(i))
          .addKeyValue("cause", reason)
          .log("a model did not answer");
    }
    return new Reply.Failed(reason);
  }

  private Reply answered(AccountId account, ModelAnswer answer) {
    AskedModel model = Objects.requireNonNull(models.get(answer.model()));
    long cost = model.settings().costMicros(answer.tokensIn(), answer.tokensOut());
    meters.spent(account, answer, cost);
    return new Reply.Answered(answer, cost);
  }

  private Attempted patiently(
      AccountId account, String name, boolean another, ModelRequest request, long end) {
    for (int tries = 1; ; tries++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return new Attempted.Passing("no time was left to ask " + name, null);
      }
      Attempted came = once(account, name, request, end);
      if (came instanceof Attempted.Answered) {
        return came;
      }
      left = Duration.ofNanos(end - System.nanoTime());
      Persistence.Next next =
          Persistence.after(came, tries, another, left, dice.get().nextDouble());
      if (!(next instanceof Persistence.Next.Again(Duration pause)) || !slept(pause)) {
        return came;
      }
    }
  }

  /// Its time begins when it has a place, so that a crowd costs time and no answers.
  private Attempted once(AccountId account, String name, ModelRequest request, long end) {
    Semaphore all = Objects.requireNonNull(places.get(name));
    if (!hasPlace(all, end)) {
      return new Attempted.Final(name + " had too much to do");
    }
    try {
      return alone(account, name, request, Duration.ofNanos(end - System.nanoTime()));
    } finally {
      all.release();
    }
  }

  private static boolean hasPlace(Semaphore all, long end) {
    try {
      return all.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Attempted alone(AccountId account, String name, ModelRequest request, Duration left) {
    AskedModel model = Objects.requireNonNull(models.get(name));
    CircuitBreaker breaker = Objects.requireNonNull(breakers.get(name));
    if (!breaker.tryAcquirePermission()) {
      meters.called(account, name, "breaker");
      return new Attempted.Resting(name + " has failed too often and is left alone for a while");
    }
    Duration timeout = model.settings().timeout();
    long began = System.nanoTime();
    Attempted came = model.ask(request, timeout.compareTo(left) < 0 ? timeout : left);
    long took = System.nanoTime() - began;
    switch (came) {
      case Attempted.Answered _ -> breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      case Attempted.Passing(String reason, Duration _) ->
          breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException(reason));
      // What this request did wrong says nothing about the next.
      case Attempted.Final _, Attempted.Resting _ -> breaker.releasePermission();
    }
    meters.called(account, name, outcome(came));
    return came;
  }

  private static String outcome(Attempted came) {
    return switch (came) {
      case Attempted.Answered _ -> "answered";
      case Attempted.Passing _ -> "failed";
      case Attempted.Final _, Attempted.Resting _ -> "refused";
    };
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
