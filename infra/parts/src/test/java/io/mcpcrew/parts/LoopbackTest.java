package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
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
}
