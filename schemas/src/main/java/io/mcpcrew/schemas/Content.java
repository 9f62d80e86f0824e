package io.mcpcrew.schemas;

/// A text that a person wrote or that is about a person. Plain, or sealed with a key of the
/// contact's, so that destroying the key erases the text everywhere: in topics, changelogs, stores
/// and backups.
public sealed interface Content {

  /// A text as it is.
  record Plain(String text) implements Content {
    @Override
    public String toString() {
      return "Plain[%d characters]".formatted(text.length());
    }
  }

  /// A text that only the holder of the key reads.
  record Sealed(String keyId, Bytes cipher) implements Content {}

  static Content of(String text) {
    return new Plain(text);
  }

  /// The text for a reader that holds no keys: a sealed one is named as such, never guessed at.
  default String readable() {
    return switch (this) {
      case Plain plain -> plain.text();
      case Sealed _ -> "[sealed]";
    };
  }
}
