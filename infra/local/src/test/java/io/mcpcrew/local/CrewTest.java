package io.mcpcrew.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CrewTest {
  static Stream<String> commands() {
    return Crew.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_an_example(String command) {
    var text = new StringWriter();
    CommandLine line = Crew.commandLine().setOut(new PrintWriter(text, true));

    assertThat(line.execute(command, "--help")).isZero();
    assertThat(text.toString()).contains("Example").contains("./crew " + command);
  }

  @Test
  void an_option_that_does_not_exist_ends_with_1_and_not_with_a_trace() {
    assertThat(Crew.commandLine().execute("send", "--loud", "oi")).isEqualTo(1);
  }

  @Test
  void a_port_that_is_none_is_refused() {
    assertThat(Crew.commandLine().execute("up", "--port", "80")).isEqualTo(1);
    assertThat(Crew.commandLine().execute("up", "--port", "eighty")).isEqualTo(1);
  }
}
