package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path folder;

  @Test
  void theNameTellsTheJars() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "one");
    Path before = archiveOf(jar);
    assertThat(archiveOf(jar)).isEqualTo(before);

    Files.writeString(jar, "another");

    assertThat(archiveOf(jar)).isNotEqualTo(before);
  }

  @Test
  void deletesTheArchivesOfOtherJarsAndNothingElse() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "one");
    Path current = Files.writeString(archiveOf(jar), "current");
    Path stale = Files.writeString(folder.resolve("classes-0.jsa"), "stale");

    assertThat(archiveOf(jar)).isEqualTo(current);

    assertThat(stale).doesNotExist();
    assertThat(folder).isDirectoryContaining("glob:**a.jar");
    assertThat(current).exists();
  }

  private Path archiveOf(Path jar) throws IOException {
    return new ClassArchive(folder, jar.toString())
        .flags().stream()
            .filter(flag -> flag.startsWith("-XX:SharedArchiveFile="))
            .map(flag -> Path.of(flag.substring(flag.indexOf('=') + 1)))
            .findFirst()
            .orElseThrow();
  }
}
