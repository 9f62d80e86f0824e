package io.mcpcrew.runtime.kafka;

import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes the broker's topics what the catalogue says, and refuses an installation whose partitions
/// differ: an account's records would lie in two places.
public final class TopicInstaller {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final KafkaSettings settings;

  public TopicInstaller(KafkaSettings settings) {
    this.settings = settings;
  }

  /// Creates what is missing and returns when all of it is visible and has the right number of
  /// partitions.
  public void install() {
    try (Admin admin = admin()) {
      create(admin);
      Map<String, TopicDescription> installed = awaitVisible(admin);
      installed.values().forEach(this::checkPartitions);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while installing topics", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot install topics at " + settings.bootstrapServers() + ": " + e.getMessage(), e);
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000));
  }

  private void create(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
    List<NewTopic> missing =
        Topics.installed().filter(t -> !there.contains(t.name())).map(this::newTopic).toList();
    for (var created : admin.createTopics(missing).values().values()) {
      try {
        created.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        // Another service was quicker.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private NewTopic newTopic(Topic<?> topic) {
    return new NewTopic(topic.name(), settings.partitions(), settings.replication())
        .configs(topic.brokerSettings());
  }

  /// The answer to a creation comes before every broker knows of the topic.
  private Map<String, TopicDescription> awaitVisible(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> names = Topics.installed().map(Topic::name).collect(Collectors.toSet());
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        return admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        boolean unseen = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unseen || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private void checkPartitions(TopicDescription installed) {
    int partitions = installed.partitions().size();
    if (partitions != settings.partitions()) {
      throw new IllegalStateException(
          "topic %s has %d partitions but platform.kafka.partitions is %d; more partitions need a new generation of topics"
              .formatted(installed.name(), partitions, settings.partitions()));
    }
  }
}
