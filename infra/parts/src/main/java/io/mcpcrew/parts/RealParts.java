package io.mcpcrew.parts;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// All parts together, started at the same time.
///
/// [#start(PartsSettings, Progress)] returns when broker, Redis and MongoDB answer; the registry
/// goes on starting, because nothing depends on it. If one part fails, those already started are
/// ended and the failure is thrown: nothing is left half started. [#close()] ends all of them
/// within eight seconds, by force if need be; and should this process die, they die with it.
public final class RealParts implements AutoCloseable {
  private static final Executor EACH_ITS_OWN_THREAD =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("parts-", 0).factory());

  private final FolderClaim claim;
  private final KafkaBroker kafka;
  private final Optional<RedisServer> redis;
  private final Optional<MongoProtocolServer> mongo;
  private final Optional<SchemaRegistry> registry;

  private RealParts(PartsSettings settings, FolderClaim claim) {
    this.claim = claim;
    this.kafka = new KafkaBroker(settings);
    this.redis = settings.redis() ? Optional.of(new RedisServer(settings)) : Optional.empty();
    this.mongo =
        settings.mongo() ? Optional.of(new MongoProtocolServer(settings)) : Optional.empty();
    this.registry =
        settings.registry() ? Optional.of(new SchemaRegistry(settings)) : Optional.empty();
  }

  public static RealParts start(PartsSettings settings, Progress progress) {
    Room.check(settings.dataDir(), settings.sizing());
    FolderClaim claim = FolderClaim.on(settings.dataDir());
    try {
      return started(new RealParts(settings, claim), progress);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static RealParts started(RealParts parts, Progress progress) {
    try {
      parts.startAll(progress);
      return parts;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public KafkaBroker kafka() {
    return kafka;
  }

  public RedisServer redis() {
    return redis.orElseThrow(() -> notAskedFor("Redis"));
  }

  public MongoProtocolServer mongo() {
    return mongo.orElseThrow(() -> notAskedFor("MongoDB-protocol server"));
  }

  public SchemaRegistry registry() {
    return registry.orElseThrow(() -> notAskedFor("schema registry"));
  }

  public String kafkaBootstrapServers() {
    return kafka.bootstrapServers();
  }

  /// The base of Confluent's API, version 7.
  public URI registryUrl() {
    return registry().confluentApi();
  }

  public String redisUri() {
    return redis().address();
  }

  public String mongoUri() {
    return mongo().address();
  }

  /// From now on each is started again that ends although nobody stopped it.
  public void keepRunning(Progress progress) {
    all().forEach(part -> new Keeper(part, progress).keep());
  }

  public List<PartStatus> status() {
    return all().map(Part::status).toList();
  }

  /// Ends all parts. May be called more than once.
  @Override
  public void close() {
    CompletableFuture.allOf(
            all()
                .map(part -> CompletableFuture.runAsync(part::close, EACH_ITS_OWN_THREAD))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    claim.close();
  }

  private Stream<Part> all() {
    return Stream.of(Optional.of(kafka), redis, mongo, registry).flatMap(Optional::stream);
  }

  /// Every process is launched before any is waited for, so that a port that is taken shows at
  /// once.
  private void startAll(Progress progress) {
    long began = System.nanoTime();
    all().forEach(Part::checkPorts);
    all().forEach(part -> launch(part, progress));
    List<CompletableFuture<Void>> awaited = new ArrayList<>();
    all()
        .filter(part -> !(part instanceof SchemaRegistry))
        .forEach(part -> awaited.add(answered(part, began, progress)));
    registry.ifPresent(slow -> watch(slow, began, progress));
    join(awaited);
  }

  private static void launch(Part part, Progress progress) {
    progress.starting(part.name(), part.address());
    part.launch();
  }

  private static CompletableFuture<Void> answered(Part part, long began, Progress progress) {
    return CompletableFuture.runAsync(
        () -> {
          part.awaitAnswer();
          var took = Duration.ofNanos(System.nanoTime() - began);
          progress.ready(part.name(), part.address(), took);
        },
        EACH_ITS_OWN_THREAD);
  }

  private static void watch(SchemaRegistry slow, long began, Progress progress) {
    var _ =
        answered(slow, began, progress)
            .whenComplete((_, failure) -> {
              if (failure != null && slow.isWanted()) {
                progress.failed(slow.name(), String.valueOf(unwrapped(failure).getMessage()));
              }
            });
  }

  private static void join(List<CompletableFuture<Void>> awaited) {
    try {
      CompletableFuture.allOf(awaited.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw unwrapped(e) instanceof PartFailure failure ? failure : e;
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static IllegalStateException notAskedFor(String part) {
    return new IllegalStateException("The settings did not ask for the " + part + ".");
  }
}
