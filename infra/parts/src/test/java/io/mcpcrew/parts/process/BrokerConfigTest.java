package io.mcpcrew.parts.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {
  private static final Map<String, String> CONFIG = BrokerConfig.of("data", 21_000, 21_001, 6);

  @Test
  void listensOnLoopbackOnly() {
    assertThat(CONFIG.get("listeners"))
        .isEqualTo("PLAINTEXT://127.0.0.1:21000,CONTROLLER://127.0.0.1:21001");
  }

  @Test
  void namesOnlySettingsThatTheBrokerKnows() {
    assertThat(KafkaConfig.configNames().mkString(",").split(",", -1)).containsAll(CONFIG.keySet());
  }

  @Test
  void isAcceptedByTheBroker() {
    var accepted = KafkaConfig.apply(CONFIG, false);

    assertThat(accepted.autoCreateTopicsEnable()).isFalse();
    assertThat(accepted.numPartitions()).isEqualTo(6);
  }
}
