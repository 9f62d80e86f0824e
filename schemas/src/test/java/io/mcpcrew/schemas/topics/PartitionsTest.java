package io.mcpcrew.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private static final Path VECTORS =
      Path.of("src/main/resources/io/mcpcrew/schemas/partition-vectors.csv");

  @Test
  void agreeWithTheVectorsThatOtherLanguagesAreTestedBy() throws IOException {
    List<String[]> rows =
        Files.readAllLines(VECTORS).stream().skip(1).map(l -> l.split(",", -1)).toList();
    assertThat(rows).hasSizeGreaterThan(20);
    for (String[] row : rows) {
      int partitions = Integer.parseInt(row[1]);
      assertThat(Partitions.ofAccount(row[0], partitions)).as(row[0]).hasToString(row[2]);
      assertThat(Partitions.ofWholeKey(row[0], partitions)).as(row[0]).hasToString(row[3]);
    }
  }

  @Property(tries = 300)
  void producerAndStreamsAgree(
      @ForAll @IntRange(min = 1, max = 96) int partitions, @ForAll long conversation) {
    String key = "conta-%d/chatwoot-%d".formatted(conversation % 50, conversation);
    var partitioner = new AccountPartitioner<String>();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

    int produced =
        partitioner.partition("crew.messages", key, bytes, null, null, cluster(partitions));

    assertThat(partitioner.partitions("crew.messages", key, null, partitions))
        .isEqualTo(Optional.of(Set.of(produced)));
    assertThat(Partitions.of(Topics.MESSAGES, key, partitions)).isEqualTo(produced);
    assertThat(Partitions.ofWholeKey(key, partitions))
        .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, partitions));
  }

  @Property(tries = 100)
  void anAccountsConversationsShareAPartition(@ForAll long one, @ForAll long other) {
    assertThat(Partitions.ofAccount("loja/" + one, 48))
        .isEqualTo(Partitions.ofAccount("loja/" + other, 48));
  }

  private static Cluster cluster(int partitions) {
    var node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    List<PartitionInfo> infos =
        java.util.stream.IntStream.range(0, partitions)
            .mapToObj(p -> new PartitionInfo("crew.messages", p, node, nodes, nodes))
            .toList();
    return new Cluster("test", List.of(node), infos, Set.of(), Set.of());
  }
}
