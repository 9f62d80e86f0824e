package io.mcpcrew.ingest;

import io.mcpcrew.ingest.tenants.AccountFiles;
import io.mcpcrew.ingest.tenants.TenantPublisher;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;

/// The edge as a service: topics are there, accounts are published, settings are known.
final class IngestService implements Service {
  private final IngestSettings settings;
  private final TopicInstaller topics;
  private final TenantPublisher publisher;
  private final Tenants tenants;
  private final EventPublisher events;

  IngestService(
      IngestSettings settings,
      TopicInstaller topics,
      TenantPublisher publisher,
      Tenants tenants,
      EventPublisher events) {
    this.settings = settings;
    this.topics = topics;
    this.publisher = publisher;
    this.tenants = tenants;
    this.events = events;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public void start() {
    topics.install();
    if (settings.accounts() != null) {
      publisher.publish(new AccountFiles(settings.accounts()).read(), "files");
    }
    tenants.start();
  }

  @Override
  public Health health() {
    return tenants.isCaughtUp()
        ? Health.working()
        : Health.notReady("the accounts' settings are being read");
  }

  @Override
  public void close() {
    tenants.close();
    events.close();
  }
}
