package io.mcpcrew.intent.find;

import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The messages of `messages.tsv`, each with what it means.
record Messages(String language, String wishes, List<String> texts) {

  static List<Messages> all() {
    try (InputStream in = Messages.class.getResourceAsStream("messages.tsv")) {
      String file = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return file.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Messages::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Messages of(String line) {
    String[] columns = line.split("\t", 3);
    return new Messages(columns[0], columns[1], Arrays.asList(columns[2].split(" ¶ ", -1)));
  }

  /// What was found, as the file writes it.
  static String written(Found found) {
    return found.wishes().stream().map(Messages::written).collect(Collectors.joining(" + "));
  }

  private static String written(Task wish) {
    String entities =
        wish.entities().stream().map(Messages::written).collect(Collectors.joining("; "));
    return wish.intent().name() + (entities.isEmpty() ? "" : "{" + entities + "}");
  }

  private static String written(Entity entity) {
    return entity.kind() + "=" + entity.value().readable();
  }
}
