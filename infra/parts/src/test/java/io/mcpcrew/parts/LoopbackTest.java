package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackTest {

  @Test
  void handsOutNoPortTwice() {
    assertThat(IntStream.range(0, 50).mapToObj(_ -> Loopback.portOrFree(0)))
        .doesNotHaveDuplicates()
        .allMatch(Loopback::isFree);
  }

  @Test
  void keepsThePortThatIsWanted() {
    assertThat(Loopback.portOrFree(21_234)).isEqualTo(21_234);
  }

  @Test
  void seesThatAPortIsTaken() throws IOException {
    int port = Loopback.portOrFree(0);
    try (var taken = new ServerSocket()) {
      taken.bind(Loopback.address(port));

      assertThat(Loopback.isFree(port)).isFalse();
    }
  }

  @Test
  void handsOutNoPortThatAnotherProcessWasGiven() throws Exception {
    int port = Loopback.portOrFree(0);

    Process other =
        new ProcessBuilder(
                JavaProgram.ofMain(
                    Claiming.class.getName(),
                    System.getProperty("java.class.path"),
                    List.of(),
                    List.of(Integer.toString(port), Integer.toString(port + 20_000))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(other.inputReader().readAllLines()).containsExactly("false", "true");
    assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /// Another process: tells of each port whether it gets it.
  static final class Claiming {
    private Claiming() {}

    public static void main(String[] ports) {
      for (String port : ports) {
        System.out.println(PortClaims.claim(Integer.parseInt(port)));
      }
    }
  }
}
