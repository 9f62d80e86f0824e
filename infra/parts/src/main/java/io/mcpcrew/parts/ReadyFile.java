package io.mcpcrew.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How our own mains say that they answer: they write this file when they do. It is deleted before
/// each start.
record ReadyFile(Path path) {

  static ReadyFile in(Path folder) {
    return new ReadyFile(folder.resolve("ready"));
  }

  void forget() throws IOException {
    Files.deleteIfExists(path);
  }

  boolean isThere() {
    return Files.exists(path);
  }
}
