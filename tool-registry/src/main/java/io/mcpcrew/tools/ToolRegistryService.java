package io.mcpcrew.tools;

import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.CompactedView;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the catalogue for as long as it runs.
final class ToolRegistryService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(ToolRegistryService.class);

  /// How often it is looked whether somebody is new: an account that was just set up, or a
  /// connector that comes up with us.
  private static final Duration LOOK_FOR_NEW = Duration.ofMillis(250);

  private final RegistrySettings settings;
  private final Tenants tenants;
  private final CompactedView<ToolCatalogue> published;
  private final CatalogueKeeper keeper;
  private final TopicInstaller topics;
  private final Thread rounds;
  private volatile boolean closed;

  ToolRegistryService(
      RegistrySettings settings,
      Tenants tenants,
      CompactedView<ToolCatalogue> published,
      CatalogueKeeper keeper,
      TopicInstaller topics) {
    this.settings = settings;
    this.tenants = tenants;
    this.published = published;
    this.keeper = keeper;
    this.topics = topics;
    this.rounds = Thread.ofVirtual().name("tool-registry-rounds").unstarted(this::goRounds);
  }

  @Override
  public String name() {
    return "tool-registry";
  }

  @Override
  public void start() {
    topics.install();
    tenants.start();
    published.start();
    rounds.start();
  }

  private void goRounds() {
    long pause = Math.min(LOOK_FOR_NEW.toNanos(), settings.refresh().toNanos());
    long due = System.nanoTime();
    try {
      while (!closed) {
        if (tenants.isCaughtUp() && published.isCaughtUp()) {
          boolean all = System.nanoTime() - due >= 0;
          ask(all);
          if (all) {
            due = System.nanoTime() + settings.refresh().toNanos();
          }
        }
        TimeUnit.NANOSECONDS.sleep(pause);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(boolean all) throws InterruptedException {
    try {
      if (all) {
        keeper.goRound();
      } else {
        keeper.askNew();
      }
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("a round failed; the next one is made all the same");
    }
  }

  @Override
  public Health health() {
    if (!tenants.isCaughtUp() || !published.isCaughtUp()) {
      return Health.notReady("the accounts and the catalogue are not read yet");
    }
    Map<String, ToolCatalogue> all = published.all();
    long stale = all.values().stream().filter(ToolCatalogue::stale).count();
    return Health.working(
        Map.of(
            "catalogues", Integer.toString(all.size()),
            "stale", Long.toString(stale)));
  }

  @Override
  public void close() {
    closed = true;
    rounds.interrupt();
    keeper.close();
    published.close();
    tenants.close();
  }
}
