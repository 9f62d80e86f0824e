package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void readsOnlyWhatTheLastRunPrinted() throws IOException {
    var log = new LogFile(folder.resolve("part.log"));
    Files.writeString(log.path(), "from before\n");

    long begin = log.begin();
    Files.writeString(log.path(), "one\ntwo\n", StandardOpenOption.APPEND);

    assertThat(log.linesSince(begin)).containsExactly("one", "two");
  }

  @Test
  void putsALargeFileAsideBeforeTheNextRun() throws IOException {
    var log = new LogFile(folder.resolve("part.log"));
    Files.write(log.path(), new byte[10_000_001]);

    assertThat(log.begin()).isZero();
    assertThat(folder.resolve("part.log.1")).hasSize(10_000_001);
  }

  @Test
  void hasNoLinesWhenNothingWasEverPrinted() {
    assertThat(new LogFile(folder.resolve("none.log")).linesSince(0)).isEmpty();
  }
}
