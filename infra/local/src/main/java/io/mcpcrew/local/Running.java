package io.mcpcrew.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What runs on this folder, written down for the other commands.
///
/// @param url of the one HTTP server: page, webhooks, simulators, metrics
/// @param keys the folder with the accounts' key pairs
public record Running(long pid, String url, String keys, String kafka, List<PartPlace> parts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A part and where it is.
  public record PartPlace(String name, String address, long pid, String log) {}

  public Running {
    parts = List.copyOf(parts);
  }

  void write(Home home) {
    try {
      Files.createDirectories(home.state());
      Files.writeString(
          home.running(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void forget(Home home) {
    try {
      Files.deleteIfExists(home.running());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What runs now; empty when nothing does, whatever an earlier crash has left written.
  public static Optional<Running> of(Home home) {
    Path file = home.running();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Running running = JSON.readValue(Files.readString(file), Running.class);
      boolean lives = ProcessHandle.of(running.pid()).map(ProcessHandle::isAlive).orElse(false);
      return lives ? Optional.of(running) : Optional.empty();
    } catch (IOException | JacksonException halfWritten) {
      return Optional.empty();
    }
  }
}
