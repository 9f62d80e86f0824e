package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.bench.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path state;

  @Test
  void what_a_run_kept_goes_with_it() throws IOException {
    Path kept;
    try (var folder = RunFolder.in(state)) {
      kept = Files.writeString(folder.path().resolve("records"), "many");
      assertThat(kept).exists();
    }

    assertThat(kept.getParent()).doesNotExist();
  }

  @Test
  void what_an_ended_run_left_goes_when_the_next_begins_and_nothing_else_does() throws IOException {
    Path ended = Files.createDirectories(state.resolve("data-41/deep"));
    Path running = Files.createDirectories(state.resolve("data-42"));
    Path report = Files.writeString(state.resolve("bench-today.json"), "{}");

    try (var folder = RunFolder.in(state, 43, pid -> pid == 42)) {
      assertThat(ended.getParent()).doesNotExist();
      assertThat(running).exists();
      assertThat(report).exists();
      assertThat(folder.path()).isEqualTo(state.resolve("data-43")).exists();
    }
  }

  @Test
  void what_an_ended_runs_broker_still_writes_to_holds_nobody_up() throws Exception {
    Path ended = Files.createDirectories(state.resolve("data-41/deep"));
    var isRunning = new AtomicBoolean(true);
    Thread broker = Thread.ofPlatform().start(() -> writeInto(ended, isRunning));

    for (int run = 50; run < 60; run++) {
      try (var folder = RunFolder.in(state, run, pid -> false)) {
        assertThat(folder.path()).exists();
      }
    }

    isRunning.set(false);
    broker.join();
    try (var _ = RunFolder.in(state, 60, pid -> false)) {
      assertThat(ended.getParent()).doesNotExist();
    }
  }

  private static void writeInto(Path folder, AtomicBoolean isRunning) {
    for (int number = 0; isRunning.get(); number++) {
      try {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("segment-" + number), "records");
      } catch (IOException deletedMeanwhile) {
        // The next one makes it again.
      }
    }
  }
}
