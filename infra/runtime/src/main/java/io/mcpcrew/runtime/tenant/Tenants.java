package io.mcpcrew.runtime.tenant;

import io.mcpcrew.runtime.kafka.CompactedView;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.TenantSettings;
import io.mcpcrew.schemas.topics.Topics;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of all accounts as `crew.tenants` has them: the version in force for what begins,
/// the named version for what goes on. Changes are there within a second, without a restart.
public final class Tenants implements AutoCloseable {
  /// The thing of the key `account/current`.
  public static final String CURRENT = "current";

  /// The thing of the key `account/paused`: there while the account's agent is to be silent.
  public static final String PAUSED = "paused";

  private static final Logger LOGGER = LoggerFactory.getLogger(Tenants.class);

  private final CompactedView<TenantSettings> view;
  private final Map<String, Tenant> versions = new ConcurrentHashMap<>();
  private final Map<AccountId, Tenant> inForce = new ConcurrentHashMap<>();
  private final Set<AccountId> paused = ConcurrentHashMap.newKeySet();

  public Tenants(KafkaClients clients, String reader) {
    this.view = new CompactedView<>(clients, Topics.TENANTS, reader, this::take);
  }

  public void start() {
    view.start();
  }

  public boolean isCaughtUp() {
    return view.isCaughtUp();
  }

  /// Returns when all accounts are known.
  ///
  /// @throws IllegalStateException when they could not be read in time
  public void awaitCaughtUp() {
    view.awaitCaughtUp();
  }

  public Optional<Tenant> current(AccountId account) {
    return Optional.ofNullable(inForce.get(account));
  }

  public Optional<Tenant> version(AccountId account, String version) {
    return Optional.ofNullable(versions.get(new TenantNames(account).topicKey(version)));
  }

  public Collection<Tenant> all() {
    return Map.copyOf(inForce).values();
  }

  /// Whether the account's agent is to say nothing now.
  public boolean isPaused(AccountId account) {
    return paused.contains(account);
  }

  private void take(String thing, @Nullable TenantSettings settings) {
    if (thing.endsWith("/" + PAUSED)) {
      pause(new AccountId(thing.substring(0, thing.indexOf('/'))), settings != null);
    } else if (settings != null) {
      take(settings);
    }
  }

  private void pause(AccountId account, boolean on) {
    if (on ? paused.add(account) : paused.remove(account)) {
      LOGGER
          .atInfo()
          .addKeyValue("tenant_id", account)
          .log(on ? "the agent is paused" : "the agent goes on");
    }
  }

  private void take(TenantSettings settings) {
    String key = new TenantNames(settings.account()).topicKey(settings.version());
    if (settings.document() != null) {
      try {
        versions.put(key, TenantDocuments.read(settings));
      } catch (IllegalArgumentException wrong) {
        // A newer release may publish what this one cannot read; what was in force stays in force.
        LOGGER
            .atError()
            .addKeyValue("tenant_id", settings.account())
            .addKeyValue("version", settings.version())
            .addKeyValue("cause", wrong.getMessage())
            .log("settings cannot be read");
      }
    } else {
      Tenant tenant = versions.get(key);
      if (tenant != null) {
        inForce.put(settings.account(), tenant);
      }
    }
  }

  @Override
  public void close() {
    view.close();
  }
}
