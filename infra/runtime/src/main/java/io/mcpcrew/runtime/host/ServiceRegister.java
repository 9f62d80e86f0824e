package io.mcpcrew.runtime.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// The services of this process, as health reports them.
final class ServiceRegister implements HealthIndicator {
  private final List<Service> services = new CopyOnWriteArrayList<>();

  void add(Service service) {
    services.add(service);
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (Service service : services) {
      Service.Health state = service.health();
      if (!state.isReady()) {
        health.outOfService();
      }
      health.withDetail(service.name(), state);
    }
    return health.build();
  }
}
