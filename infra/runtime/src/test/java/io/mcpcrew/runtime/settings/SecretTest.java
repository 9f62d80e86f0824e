package io.mcpcrew.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReadWhenItIsUsedSoThatARotatedOneCounts() throws Exception {
    Path file = folder.resolve("token");
    var secret = new Secret("file:" + file);
    Files.writeString(file, "first\n");
    assertThat(secret.reveal()).isEqualTo("first");

    Files.writeString(file, "second\n");

    assertThat(secret.reveal()).isEqualTo("second");
  }

  @Test
  void aFileThatHasLainForLongCountsWhenItIsRotatedToo() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first");
    var secret = new Secret("file:" + file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
    assertThat(secret.reveal()).isEqualTo("first");
    assertThat(secret.reveal()).isEqualTo("first");

    // As an operator's tools do it: another file takes its place, as old and as long as it.
    Path next = Files.writeString(folder.resolve("next"), "other");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(secret.reveal()).isEqualTo("other");

    Files.writeString(file, "third");
    assertThat(secret.reveal()).isEqualTo("third");

    Files.delete(file);
    assertThatThrownBy(secret::reveal).hasMessageContaining("cannot be read");
  }

  @Test
  void aVariableIsReadFromTheEnvironment() {
    assertThat(new Secret("env:TOKEN").reveal(Map.of("TOKEN", "hush"))).isEqualTo("hush");
  }

  @Test
  void whatIsNotSetIsSaidByItsNameOnly() throws Exception {
    assertThatThrownBy(() -> new Secret("env:TOKEN").reveal(Map.of()))
        .hasMessage("the secret env:TOKEN is not set");
    assertThatThrownBy(() -> new Secret("env:TOKEN").reveal(Map.of("TOKEN", " ")))
        .hasMessage("the secret env:TOKEN is not set");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> new Secret("file:" + none).reveal())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the secret file:" + none + " cannot be read");
  }

  @Test
  void anEmptyFileIsNoSecret() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "\n");

    assertThatThrownBy(() -> new Secret("file:" + file).reveal())
        .hasMessage("the secret file:" + file + " is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "", "ENV:TOKEN", "vault:token"})
  void aSecretThatIsWrittenOutIsRefusedAndNotRepeated(String written) {
    assertThatThrownBy(() -> new Secret(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret is named as env:NAME or file:/path, never written out");
  }

  @Test
  void printedItIsItsNameAndNotWhatItSays() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "hush");
    var secret = new Secret("file:" + file);

    assertThat(secret.reveal()).isEqualTo("hush");
    assertThat(secret.toString()).isEqualTo("file:" + file).doesNotContain("hush");
  }
}
