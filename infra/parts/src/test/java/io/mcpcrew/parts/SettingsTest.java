package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void aLaptopGetsEverythingOnSixPortsInARow() {
    var settings = PartsSettings.forLaptop(Path.of("data"), 21_000);

    assertThat(settings.ports())
        .isEqualTo(new Ports(21_000, 21_001, 21_002, 21_003, 21_004, 21_005));
    assertThat(settings.redis() && settings.mongo() && settings.registry()).isTrue();
  }

  @Test
  void aTestGetsFreePortsAndNoRegistry() {
    var settings = PartsSettings.forTests(Path.of("data"));

    assertThat(settings.ports()).isEqualTo(Ports.free());
    assertThat(settings.registry()).isFalse();
  }

  @Test
  void theDataFolderIsAbsolute() {
    assertThat(PartsSettings.forTests(Path.of("data")).dataDir()).isAbsolute();
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatThrownBy(() -> Ports.from(65_533)).hasMessageContaining("not 65536");
    assertThatThrownBy(() -> Ports.from(-1)).hasMessageContaining("not -1");
  }

  @Test
  void refusesTopicsWithoutPartitions() {
    assertThatThrownBy(() -> PartsSettings.forTests(Path.of("data")).withPartitions(0))
        .hasMessageContaining("at least one partition");
  }
}
