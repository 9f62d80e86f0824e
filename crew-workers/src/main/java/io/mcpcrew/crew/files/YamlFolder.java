package io.mcpcrew.crew.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The `*.yaml` files of a folder, which may not be there, or not yet.
public record YamlFolder(Path path) {

  /// What tells that something in the folder has changed, without reading it all.
  public Map<String, String> stamps() {
    var stamps = new TreeMap<String, String>();
    for (Path file : files()) {
      try {
        stamps.put(
            file.getFileName().toString(),
            Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file));
      } catch (IOException goneMeanwhile) {
        stamps.put(file.getFileName().toString(), "gone");
      }
    }
    return stamps;
  }

  /// All of it, by file name.
  public Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    for (Path file : files()) {
      try {
        texts.put(file.getFileName().toString(), Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  private Iterable<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
