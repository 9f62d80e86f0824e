package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPartsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void answersTellsWhatRunsAndLeavesNothingBehind() {
    var told = new Told();
    List<PartStatus> running;
    try (var parts = RealParts.start(PartsSettings.forTests(folder), told)) {
      running = parts.status();
      assertThat(running).hasSize(3).allMatch(PartStatus::ready);
      assertThat(running).allMatch(part -> part.since().isPresent());
      assertThat(running).allMatch(part -> Files.exists(part.logFile()));
      assertThat(parts.kafkaBootstrapServers()).startsWith("127.0.0.1:");
      assertThat(parts.redisUri()).startsWith("redis://127.0.0.1:");
      assertThat(parts.mongoUri()).startsWith("mongodb://127.0.0.1:");
    }
    assertThat(told.ready).hasSize(3).contains("Kafka broker");
    assertThat(running).noneMatch(RealPartsIT::isAlive);
  }

  @Test
  void refusesASecondStartOnTheSameFolder() {
    var settings = PartsSettings.forTests(folder).withMongo(false);
    try (var _ = RealParts.start(settings, Progress.silent())) {
      assertThatThrownBy(() -> RealParts.start(settings, Progress.silent()))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("Process " + ProcessHandle.current().pid() + " already runs");
    }
    RealParts.start(settings, Progress.silent()).close();
  }

  @Test
  void startsNothingWhenOnePortIsTaken() throws IOException {
    int port = Loopback.portOrFree(0);
    try (var taken = new ServerSocket()) {
      taken.bind(Loopback.address(port));
      var told = new Told();
      var settings = PartsSettings.forTests(folder).withPorts(new Ports(0, 0, 0, 0, port, 0));

      assertThatThrownBy(() -> RealParts.start(settings, told))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("Redis");
      assertThat(told.starting).isEmpty();
    }
  }

  @Test
  void endsTheOthersWhenOnePartFails() throws IOException {
    Path data = Files.createDirectories(folder.resolve("mongo")).resolve("data.mv");
    Files.writeString(data, "no such format".repeat(1_000));

    assertThatThrownBy(() -> RealParts.start(PartsSettings.forTests(folder), Progress.silent()))
        .isInstanceOf(PartFailure.class)
        .hasMessageContaining("MongoDB-protocol server ended at once");

    assertThat(ProcessHandle.current().children()).noneMatch(this::isOurs);
  }

  @Test
  void startsAgainWhatEndsAlthoughNobodyStoppedItAndNothingElse() {
    var told = new Told();
    PartStatus again;
    try (var parts = RealParts.start(PartsSettings.forTests(folder).withMongo(false), told)) {
      parts.keepRunning(told);
      PartStatus before = parts.redis().status();
      int starts = told.ready.size();

      kill(before);

      Awaitility.await().atMost(SOON).until(() -> told.ready.size() > starts);
      assertThat(told.ended).singleElement().asString().contains("Redis", "exit code 137");
      again = parts.redis().status();
      assertThat(again.address()).isEqualTo(before.address());
      assertThat(again.pid()).isNotEqualTo(before.pid());
      assertThat(isAlive(again)).isTrue();

      parts.kafka().kill();
      parts.kafka().startAgain();
    }
    assertThat(told.ended).as("what we stop ourselves has not ended by itself").hasSize(1);
    assertThat(isAlive(again)).isFalse();
  }

  @Test
  void givesUpWhatEndsAgainAndAgain() {
    var told = new Told();
    try (var parts = RealParts.start(PartsSettings.forTests(folder).withMongo(false), told)) {
      parts.keepRunning(told);

      for (int i = 1; i <= 5; i++) {
        int starts = told.ready.size();
        kill(parts.redis().status());
        Awaitility.await().atMost(SOON).until(() -> told.ready.size() > starts);
      }

      Awaitility.await().atMost(SOON).until(() -> !told.failed.isEmpty());
      assertThat(told.failed).singleElement().asString().contains("is not kept running any longer");
    }
  }

  private static void kill(PartStatus part) {
    ProcessHandle.of(part.pid().orElseThrow()).orElseThrow().destroyForcibly();
  }

  @Test
  void goesOnWithoutTheRegistryAndSaysWhyItFailed() throws IOException {
    Path data = Files.createDirectories(folder.resolve("registry")).resolve("data.mv.db");
    Files.writeString(data, "no such format".repeat(1_000));
    var told = new Told();

    try (var _ = RealParts.start(PartsSettings.forTests(folder).withRegistry(true), told)) {
      // Mostly it ends at once; sometimes it runs and answers with errors, which is told later.
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !told.failed.isEmpty());
    }
    assertThat(told.failed.peek()).contains("schema registry");
  }

  private boolean isOurs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().orElse("").contains(folder.toString());
  }

  private static boolean isAlive(PartStatus part) {
    OptionalLong pid = part.pid();
    return pid.isPresent()
        && ProcessHandle.of(pid.getAsLong()).map(ProcessHandle::isAlive).orElse(false);
  }

  private static final class Told implements Progress {
    final Queue<String> starting = new ConcurrentLinkedQueue<>();
    final Queue<String> ready = new ConcurrentLinkedQueue<>();
    final Queue<String> failed = new ConcurrentLinkedQueue<>();
    final Queue<String> ended = new ConcurrentLinkedQueue<>();

    @Override
    public void starting(String part, String address) {
      starting.add(part);
    }

    @Override
    public void ready(String part, String address, Duration took) {
      ready.add(part);
    }

    @Override
    public void failed(String part, String sentence) {
      failed.add(sentence);
    }

    @Override
    public void ended(String part, String sentence) {
      ended.add(sentence);
    }
  }
}
