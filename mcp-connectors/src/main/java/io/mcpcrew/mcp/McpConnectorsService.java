package io.mcpcrew.mcp;

import io.mcpcrew.runtime.audit.LoggedAuditTrail;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import java.util.Map;

/// The connectors as a service: they answer once they know the accounts.
final class McpConnectorsService implements Service {
  private final String name;
  private final Connectors connectors;
  private final Tenants tenants;
  private final LoggedAuditTrail audit;
  private final TopicInstaller topics;

  McpConnectorsService(
      String name,
      Connectors connectors,
      Tenants tenants,
      LoggedAuditTrail audit,
      TopicInstaller topics) {
    this.name = name;
    this.connectors = connectors;
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
    return tenants.isCaughtUp()
        ? Health.working(Map.of("accounts", Integer.toString(tenants.all().size())))
        : Health.notReady("the accounts' settings are not read yet");
  }

  @Override
  public void close() {
    connectors.close();
    tenants.close();
    audit.close();
  }
}
