package io.mcpcrew.runtime.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A secret that is named, never written: `env:NAME` or `file:/path`. Read when it is used, so that
/// a rotated file is taken up without a restart; hidden when it is printed.
public record Secret(@JsonValue String reference) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Secret {
    if (!reference.startsWith("env:") && !reference.startsWith("file:")) {
      throw new IllegalArgumentException(
          "a secret is named as env:NAME or file:/path, never written out");
    }
  }

  public String reveal() {
    return reveal(System.getenv());
  }

  String reveal(Map<String, String> environment) {
    if (reference.startsWith("env:")) {
      String value = environment.get(reference.substring(4));
      if (value == null || value.isBlank()) {
        throw new IllegalStateException("the secret " + reference + " is not set");
      }
      return value;
    }
    try {
      String value = SecretFiles.read(Path.of(reference.substring(5)));
      if (value.isEmpty()) {
        throw new IllegalStateException("the secret " + reference + " is not set");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalStateException("the secret " + reference + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return reference;
  }
}
