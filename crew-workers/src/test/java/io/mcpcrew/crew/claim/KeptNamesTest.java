package io.mcpcrew.crew.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeptNamesTest {
  @TempDir Path folder;

  @Test
  void names_are_left_to_whoever_comes_next() {
    try (var first = KeptNames.in(folder.resolve("made"))) {
      assertThat(first.left()).isEmpty();
      first.add("worker-1-a");
      first.add("worker-1-b");
    }

    try (var second = KeptNames.in(folder.resolve("made"))) {
      assertThat(second.left()).containsExactly("worker-1-a", "worker-1-b");
      assertThat(second.own()).isEmpty();
    }
  }

  @Test
  void names_that_nobody_told_of_are_left_to_the_one_after() {
    try (var first = KeptNames.in(folder)) {
      first.add("first");
    }
    try (var second = KeptNames.in(folder)) {
      second.add("second");
    }

    try (var third = KeptNames.in(folder)) {
      assertThat(third.left()).containsExactly("first", "second");
    }
  }

  @Test
  void what_was_told_is_forgotten_but_for_ones_own_name() {
    try (var first = KeptNames.in(folder)) {
      first.add("first");
    }
    try (var second = KeptNames.in(folder)) {
      second.add("second");
      second.forgetThoseBefore();
    }

    try (var third = KeptNames.in(folder)) {
      assertThat(third.left()).containsExactly("second");
      third.add("third");
      third.forgetAll();
    }
    try (var fourth = KeptNames.in(folder)) {
      assertThat(fourth.left()).isEmpty();
    }
  }

  @Test
  void nobody_is_told_to_be_gone_while_it_lives() {
    try (var living = KeptNames.in(folder)) {
      living.add("living");

      assertThatIllegalStateException()
          .isThrownBy(() -> KeptNames.in(folder))
          .withMessageContaining("crew.state-dir " + folder);
    }
  }

  @Test
  @Timeout(60)
  void nor_by_another_process_until_it_has_ended() throws Exception {
    try (var first = KeptNames.in(folder)) {
      first.add("first");
    }
    try (var living = KeptNames.in(folder)) {
      living.add("living");

      assertThat(saidByAnotherProcess()).startsWith("refused: Another worker runs with");
    }

    assertThat(saidByAnotherProcess()).isEqualTo("[first, living]");
  }

  private String saidByAnotherProcess() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Another.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = other.inputReader().readLine();
    assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return String.valueOf(said);
  }

  /// Says which names it finds, or that it gets none.
  static final class Another {
    private Another() {}

    public static void main(String[] folder) {
      try (var names = KeptNames.in(Path.of(folder[0]))) {
        System.out.println(names.left());
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void a_name_that_was_not_written_to_its_end_is_nobodys() throws IOException {
    try (var first = KeptNames.in(folder)) {
      first.add("whole");
    }
    Files.writeString(folder.resolve("worker-names"), "hal", StandardOpenOption.APPEND);

    try (var second = KeptNames.in(folder)) {
      assertThat(second.left()).containsExactly("whole");
      second.add("second");
    }
    try (var third = KeptNames.in(folder)) {
      assertThat(third.left()).containsExactly("whole", "second");
    }
  }
}
