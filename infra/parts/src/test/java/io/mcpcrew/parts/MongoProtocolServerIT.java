package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoProtocolServerIT {
  @TempDir Path folder;

  @Test
  void answersAPingAndKeepsDocumentsOverARestart() {
    try (var server = MongoProtocolServer.start(PartsSettings.forTests(folder))) {
      ping(server);
      insert(server, "kept");

      server.stop();
      server.startAgain();

      assertThat(isThere(server, "kept")).isTrue();
      assertThat(isThere(server, "never written")).isFalse();
    }
  }

  @Test
  void keepsWhatItHadCommittedWhenItIsKilled() {
    try (var server = MongoProtocolServer.start(PartsSettings.forTests(folder))) {
      insert(server, "committed");
      Path file = folder.resolve("mongo").resolve("data.mv");
      long written = file.toFile().lastModified();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> writeAndLook(server, file, written));

      server.kill();
      server.startAgain();

      assertThat(isThere(server, "committed")).isTrue();
    }
  }

  @Test
  void saysThatItsDataCannotBeRead() throws Exception {
    Path data = Files.createDirectories(folder.resolve("mongo")).resolve("data.mv");
    Files.writeString(data, "no such format".repeat(1_000));

    assertThatThrownBy(() -> MongoProtocolServer.start(PartsSettings.forTests(folder)))
        .isInstanceOf(PartFailure.class)
        .hasMessageContaining("Its data in " + folder.resolve("mongo") + " cannot be read");
  }

  /// Two commits after the insert, so that the one that held it is certainly over.
  private static boolean writeAndLook(MongoProtocolServer server, Path file, long since) {
    insert(server, "later");
    return file.toFile().lastModified() > since + 500;
  }

  private static void ping(MongoProtocolServer server) {
    try (MongoClient client = MongoClients.create(server.address())) {
      client.getDatabase("admin").runCommand(new Document("ping", 1));
    }
  }

  private static void insert(MongoProtocolServer server, String what) {
    try (MongoClient client = MongoClients.create(server.address())) {
      client.getDatabase("shop").getCollection("things").insertOne(new Document("what", what));
    }
  }

  private static boolean isThere(MongoProtocolServer server, String what) {
    try (MongoClient client = MongoClients.create(server.address())) {
      return client
              .getDatabase("shop")
              .getCollection("things")
              .countDocuments(Filters.eq("what", what))
          == 1;
    }
  }
}
