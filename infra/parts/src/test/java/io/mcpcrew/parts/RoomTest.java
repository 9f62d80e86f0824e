package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir Path folder;

  @Test
  void readsWhatTheSystemCouldHandOut() throws IOException {
    Path meminfo = folder.resolve("meminfo");
    Files.writeString(meminfo, "MemFree:  1024 kB\nMemAvailable:    2048000 kB\n");

    assertThat(Room.availableMemoryMegabytes(meminfo)).hasValue(2_000);
  }

  @Test
  void doesNotGuessWhereTheSystemDoesNotSay() {
    assertThat(Room.availableMemoryMegabytes(folder.resolve("none"))).isEmpty();
  }

  @Test
  void saysHowMuchIsMissing() {
    assertThatThrownBy(() -> Room.checkMemory(400, 1_500))
        .hasMessageContaining("Only 400 MB of memory are available")
        .hasMessageContaining("1500 MB");
    assertThatThrownBy(() -> Room.checkDisk(folder, 90, 2_000))
        .hasMessageContaining("Only 90 MB are free")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void acceptsAFolderThatIsNotThereYet() {
    assertThatCode(() -> Room.check(folder.resolve("a").resolve("b"), Sizing.TEST))
        .doesNotThrowAnyException();
  }
}
