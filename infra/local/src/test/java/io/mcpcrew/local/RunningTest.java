package io.mcpcrew.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.local.command.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  private static Running of(long pid) {
    return new Running(pid, "http://127.0.0.1:1", "keys", "127.0.0.1:2", List.of());
  }

  @Test
  void what_runs_is_found_again(@TempDir Path root) {
    var home = new Home(root);
    Running mine = of(ProcessHandle.current().pid());
    mine.write(home);

    assertThat(Running.of(home)).contains(mine);
    Running.forget(home);
    assertThat(Running.of(home)).isEmpty();
  }

  @Test
  void what_a_crash_has_left_written_does_not_count(@TempDir Path root) throws Exception {
    var home = new Home(root);
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    of(gone.pid()).write(home);

    assertThat(Running.of(home)).isEmpty();
  }

  @Test
  void a_half_written_file_does_not_count(@TempDir Path root) throws IOException {
    var home = new Home(root);
    Files.createDirectories(home.state());
    Files.writeString(home.running(), "{\"pid\": 1,");

    assertThat(Running.of(home)).isEmpty();
  }

  @Test
  void a_second_start_on_the_same_folder_is_told_where_the_first_one_is(@TempDir Path root) {
    var home = new Home(root);
    of(ProcessHandle.current().pid()).write(home);

    assertThatThrownBy(() -> new Laptop(home, 9000, false).run())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("runs on this folder already")
        .hasMessageContaining("http://127.0.0.1:1");
  }

  @Test
  void a_taken_port_is_told_with_one_that_may_be_free_and_nothing_is_begun(@TempDir Path root)
      throws IOException {
    var home = new Home(root);
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new Laptop(home, taken.getLocalPort(), false).run())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
          .hasMessageContaining("--port");
    }
    assertThat(home.data()).doesNotExist();
  }
}
