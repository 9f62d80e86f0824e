package io.mcpcrew.mcp;

import io.mcpcrew.mcp.shell.Backends;
import io.mcpcrew.runtime.audit.LoggedAuditTrail;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import java.util.Map;

/// The connectors as a service: they answer once they know the accounts.
final class McpConnectorsService implements Service {
  private final String name;
  private final Connectors connectors;
  private final Backends backends;
  private final Tenants tenants;
  private final LoggedAuditTrail audit;
  private final TopicInstaller topics;

  McpConnectorsService(
      String name,
      Connectors connectors,
      Backends backends,
      Tenants tenants,
      LoggedAuditTrail audit,
      TopicInstaller topics) {
    this.name = name;
    this.connectors = connectors;
    this.backends = backends;
    this.tenants = tenants;
    this.audit = audit;
    this.topics = topics;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    topics.install();
    tenants.start();
  }

  @Override
  public Health health() {
    if (!tenants.isCaughtUp()) {
      return Health.notReady("the accounts' settings are not read yet");
    }
    return Health.working(details(tenants.all().size(), backends.down()));
  }

  /// A system of an account that is down is told here, and does not make the connectors unready:
  /// all others would suffer from it.
  static Map<String, String> details(int accounts, String down) {
    String number = Integer.toString(accounts);
    return down.isEmpty() ? Map.of("accounts", number) : Map.of("accounts", number, "down", down);
  }

  @Override
  public void close() {
    connectors.close();
    tenants.close();
    audit.close();
  }
}
