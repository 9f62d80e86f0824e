package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KafkaBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsTopicsAndRecordsOverARestart() throws Exception {
    try (var broker = KafkaBroker.start(settings())) {
      KafkaClients.write(broker.bootstrapServers(), "kept", "before");
      String address = broker.address();

      broker.stop();
      broker.startAgain();

      assertThat(broker.address()).isEqualTo(address);
      assertThat(KafkaClients.readAll(broker.bootstrapServers(), "kept")).containsExactly("before");
    }
  }

  @Test
  void comesBackOnTheSamePortWithItsRecordsAfterAKill() throws Exception {
    try (var broker = KafkaBroker.start(settings())) {
      KafkaClients.write(broker.bootstrapServers(), "killed", "acknowledged");

      broker.kill();
      assertThat(broker.status().pid()).isEmpty();
      broker.startAgain();

      assertThat(broker.status().ready()).isTrue();
      assertThat(KafkaClients.readAll(broker.bootstrapServers(), "killed"))
          .containsExactly("acknowledged");
    }
  }

  @Test
  void hearsNobodyFromOutsideTheMachine() throws IOException {
    try (var broker = KafkaBroker.start(settings())) {
      int port = URI.create("kafka://" + broker.address()).getPort();

      assertThat(Loopback.isFree(port)).isFalse();
      assertThat(addressesOutsideLoopback()).noneMatch(address -> listens(address, port));
    }
  }

  @Test
  void refusesToMakeATopicThatNobodyAskedFor() {
    try (var broker = KafkaBroker.start(settings())) {
      assertThatThrownBy(() -> KafkaClients.partitionsOf(broker.bootstrapServers(), "misspelt"))
          .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void givesATopicTheNumberOfPartitionsThatTheSettingsName() throws Exception {
    try (var broker = KafkaBroker.start(settings().withPartitions(5))) {
      KafkaClients.write(broker.bootstrapServers(), "five", "x");

      assertThat(KafkaClients.partitionsOf(broker.bootstrapServers(), "five")).isEqualTo(5);
    }
  }

  @Test
  void saysWhichPortIsTakenAndStartsNothing() throws IOException {
    int port = Loopback.portOrFree(0);
    try (var taken = new ServerSocket()) {
      taken.bind(Loopback.address(port));
      var settings = settings().withPorts(new Ports(port, 0, 0, 0, 0, 0));

      assertThatThrownBy(() -> KafkaBroker.start(settings))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is taken")
          .hasMessageContaining("Kafka broker");
    }
    assertThat(folder.resolve("kafka")).doesNotExist();
  }

  @Test
  void saysThatItsDataCannotBeReadAndWhatToDo() throws IOException {
    Path data = Files.createDirectories(folder.resolve("kafka").resolve("data"));
    Files.writeString(data.resolve("meta.properties"), "version=nonsense\n");

    assertThatThrownBy(() -> KafkaBroker.start(settings()))
        .isInstanceOf(PartFailure.class)
        .hasMessageContaining("Its data in " + folder.resolve("kafka") + " cannot be read")
        .hasMessageContaining("kafka.log");
  }

  private PartsSettings settings() {
    return PartsSettings.forTests(folder);
  }

  private static List<InetAddress> addressesOutsideLoopback() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }

  private static boolean listens(InetAddress address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
