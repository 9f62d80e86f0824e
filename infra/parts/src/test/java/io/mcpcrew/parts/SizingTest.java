package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizingTest {
  @Test
  void the_broker_keeps_its_memory_as_we_keep_ours() {
    assertThat(
            Sizing.LAPTOP.brokerFlags(
                List.of("-XX:+UseTransparentHugePages", "-Xmx9g", "-XX:+UseCompactObjectHeaders")))
        .containsExactly("-Xmx1g", "-XX:+UseTransparentHugePages", "-XX:+UseCompactObjectHeaders");
  }

  @Test
  void it_asks_for_nothing_that_we_do_not_have() {
    assertThat(Sizing.LAPTOP.brokerFlags(List.of())).containsExactly("-Xmx1g");
  }
}
