package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The systems behind the connectors, one of each account. What one of them does, hang or fail,
/// takes nothing from another account's, and little from the same account's others.
public final class Backends {
  private static final int MOST_NAMED = 20;

  private final ConnectorSettings settings;
  private final MeterRegistry meters;
  private final Map<AccountId, Places> places = new ConcurrentHashMap<>();
  private final Map<Key, Backend> backends = new ConcurrentHashMap<>();

  public Backends(ConnectorSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
  }

  private record Key(AccountId account, String connector) {}

  Backend of(AccountId account, String connector) {
    return backends.computeIfAbsent(new Key(account, connector), this::create);
  }

  private Backend create(Key key) {
    var backend =
        new Backend(
            key.account(),
            key.connector(),
            settings.down(),
            List.of(
                Places.of(settings.callsPerBackend()),
                places.computeIfAbsent(key.account(), _ -> Places.of(settings.callsPerAccount()))));
    Gauge.builder("crew.connector.down", backend, b -> b.isDown() ? 1 : 0)
        .tag("tenant_id", key.account().value())
        .tag("connector", key.connector())
        .register(meters);
    return backend;
  }

  /// Those that do not answer, for people: at most so many by name, however many there are.
  public String down() {
    List<String> down =
        backends.values().stream()
            .filter(Backend::isDown)
            .map(Backend::describe)
            .sorted(Comparator.naturalOrder())
            .toList();
    if (down.size() <= MOST_NAMED) {
      return String.join("; ", down);
    }
    return "%s; and %d more"
        .formatted(String.join("; ", down.subList(0, MOST_NAMED)), down.size() - MOST_NAMED);
  }
}
