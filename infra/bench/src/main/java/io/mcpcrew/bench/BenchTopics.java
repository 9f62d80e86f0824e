package io.mcpcrew.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/// Topics that only a measurement uses.
final class BenchTopics {
  static final int PARTITIONS = 6;

  private BenchTopics() {}

  static void make(String bootstrap, String... names) throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      List<NewTopic> topics =
          Stream.of(names).map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList();
      admin.createTopics(topics).all().get();
      // Made is not yet visible.
      for (int i = 0;
          i < 100 && !admin.listTopics().names().get().containsAll(List.of(names));
          i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      TimeUnit.MILLISECONDS.sleep(300);
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics for a measurement could not be made", e);
    }
  }
}
