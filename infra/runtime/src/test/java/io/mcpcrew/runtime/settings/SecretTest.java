package io.mcpcrew.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
