package io.mcpcrew.tools;

import io.mcpcrew.runtime.kafka.CompactedView;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes round all accounts and servers, again and again, and publishes what has changed. Each
/// account is asked for with a token of its own, so that a server shows it what is the account's.
final class CatalogueKeeper implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CatalogueKeeper.class);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 16;

  /// For so long a server that has not told an account anything yet is asked again and again. Until
  /// it answers, the account's agents can do nothing with it and call for people.
  private static final Duration NEW_FOR = Duration.ofSeconds(10);

  private final RegistrySettings settings;
  private final Tenants tenants;
  private final Tokens tokens;
  private final CompactedView<ToolCatalogue> published;
  private final TopicWriter<ToolCatalogue> writer;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Discovery discovery;

  /// What this registry wrote and the view may not show yet.
  private final Map<String, ToolCatalogue> written = new ConcurrentHashMap<>();

  /// When a server was first asked for an account, and who has answered since this registry runs.
  private final Map<String, Instant> firstAsked = new ConcurrentHashMap<>();

  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);

  CatalogueKeeper(
      RegistrySettings settings,
      Tenants tenants,
      Tokens tokens,
      CompactedView<ToolCatalogue> published,
      TopicWriter<ToolCatalogue> writer,
      MeterRegistry meters,
      Clock clock) {
    this.settings = settings;
    this.tenants = tenants;
    this.tokens = tokens;
    this.published = published;
    this.writer = writer;
    this.meters = meters;
    this.clock = clock;
    this.discovery = new Discovery(settings.listWithin());
  }

  /// Asks every server for every account once; returns when all have answered or failed.
  void goRound() throws InterruptedException {
    ask(_ -> true);
  }

  /// The same for accounts and servers that have not met yet, for as long as they are new.
  void askNew() throws InterruptedException {
    ask(this::isNew);
  }

  private boolean isNew(String key) {
    Instant since = firstAsked.get(key);
    return !answered.contains(key)
        && (since == null || clock.instant().isBefore(since.plus(NEW_FOR)));
  }

  private void ask(Predicate<String> wanted) throws InterruptedException {
    List<Future<?>> asked = new ArrayList<>();
    for (Tenant tenant : tenants.all()) {
      for (RegistrySettings.Connector connector : settings.connectors()) {
        String key = new TenantNames(tenant.account()).topicKey(connector.name());
        if (wanted.test(key)) {
          firstAsked.putIfAbsent(key, clock.instant());
          asked.add(threads.submit(() -> look(key, tenant.account(), connector)));
        }
      }
    }
    for (Future<?> each : asked) {
      try {
        each.get();
      } catch (ExecutionException e) {
        LOGGER.atError().setCause(e.getCause()).log("a catalogue could not be kept");
      }
    }
  }

  private void look(String key, AccountId account, RegistrySettings.Connector connector) {
    places.acquireUninterruptibly();
    try (var _ = LogFields.of(account)) {
      ToolCatalogue before = written.getOrDefault(key, published.get(key));
      next(key, account, connector, before).ifPresent(catalogue -> publish(key, catalogue));
    } finally {
      places.release();
    }
  }

  private Optional<ToolCatalogue> next(
      String key,
      AccountId account,
      RegistrySettings.Connector connector,
      @Nullable ToolCatalogue before) {
    String token =
        tokens.sign(account, Role.SERVICE, "tool-registry", clock.instant().plus(TOKEN_LIFE));
    for (URI url : connector.urls()) {
      try {
        List<Offered> offers = discovery.ask(url, token);
        count(connector, "answered");
        answered.add(key);
        return Cataloguing.offered(account, connector, before, offers, clock.instant());
      } catch (RuntimeException e) {
        count(connector, "failed");
        LOGGER
            .atWarn()
            .addKeyValue("connector", connector.name())
            .addKeyValue("url", url)
            .addKeyValue("cause", e.toString())
            .log("a server did not say what it offers");
      }
    }
    return Cataloguing.silent(before);
  }

  private void publish(String key, ToolCatalogue catalogue) {
    writer.write(key, key + "@" + catalogue.discoveredAt(), catalogue).join();
    written.put(key, catalogue);
    LOGGER
        .atInfo()
        .addKeyValue("connector", catalogue.connector())
        .addKeyValue("tools", catalogue.tools().size())
        .addKeyValue("stale", catalogue.stale())
        .log("catalogue published");
  }

  private void count(RegistrySettings.Connector connector, String how) {
    meters.counter("crew.registry.asked", "connector", connector.name(), "answer", how).increment();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    writer.close();
  }
}
