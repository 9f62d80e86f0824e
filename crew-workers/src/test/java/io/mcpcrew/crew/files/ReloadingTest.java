package io.mcpcrew.crew.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.crews.Crews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  @Test
  void a_changed_a_new_and_a_deleted_file_are_taken_up_within_a_second(@TempDir Path folder)
      throws IOException {
    try (Reloading<Crews> crews = crews(folder)) {
      crews.start();

      write(folder, "a.yaml", "{name: frete, intents: []}");
      await().atMost(SOON).until(() -> crews.get().named("frete").isPresent());
      write(folder, "a.yaml", "{name: freight, intents: []}");
      await().atMost(SOON).until(() -> crews.get().named("freight").isPresent());
      Files.delete(folder.resolve("a.yaml"));
      await().atMost(SOON).until(() -> crews.get().named("freight").isEmpty());
    }
  }

  @Test
  void what_was_there_stays_when_a_changed_file_is_wrong(@TempDir Path folder) throws IOException {
    write(folder, "a.yaml", "{name: frete, intents: []}");
    try (Reloading<Crews> crews = crews(folder)) {
      write(folder, "a.yaml", "{name: frete, intents: [], colour: red}");

      crews.again();

      assertThat(crews.get().named("frete")).isPresent();
    }
  }

  @Test
  void what_is_wrong_from_the_beginning_is_refused(@TempDir Path folder) throws IOException {
    write(folder, "a.yaml", "{name: 7}");

    assertThatThrownBy(() -> crews(folder)).hasMessageContaining("a.yaml is wrong at /");
  }

  @Test
  void a_folder_that_is_not_there_yet_is_empty(@TempDir Path folder) {
    try (Reloading<Crews> crews = crews(folder.resolve("later"))) {
      assertThat(crews.get().all()).hasSize(6);
    }
  }

  private static Reloading<Crews> crews(Path folder) {
    return new Reloading<>("crews", List.of(folder), () -> Crews.with(folder));
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
