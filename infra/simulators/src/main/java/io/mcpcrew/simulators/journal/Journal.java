package io.mcpcrew.simulators.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Rows of one type, one JSON object a line, written in the order in which they were appended.
///
/// Rows are gathered and written in batches by one thread. A returned future is done when the row
/// has been handed to the operating system, so a killed process loses nothing that was waited for;
/// a power cut may. A last line that was cut short is ignored and overwritten.
public final class Journal<R> implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);

  private final @Nullable Path file;
  private final Class<R> type;
  private final JsonMapper json;
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile boolean closed;

  private sealed interface Entry {}

  private record Line(String text, CompletableFuture<Void> done) implements Entry {}

  private record End() implements Entry {}

  private Journal(@Nullable Path file, Class<R> type, JsonMapper json) {
    this.file = file;
    this.type = type;
    this.json = json;
  }

  /// Reads what is there, gives each row to `replay` in order, and then accepts further rows.
  public static <R> Journal<R> open(Path file, Class<R> type, JsonMapper json, Consumer<R> replay) {
    var journal = new Journal<>(file, type, json);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      long good = journal.replayInto(replay);
      journal.startWriting(good);
      return journal;
    } catch (IOException e) {
      throw new UncheckedIOException("The journal " + file + " cannot be read or written", e);
    }
  }

  /// A journal that forgets, for a simulator without a data folder.
  public static <R> Journal<R> forgetting(Class<R> type, JsonMapper json) {
    return new Journal<>(null, type, json);
  }

  public CompletableFuture<Void> append(R row) {
    if (file == null) {
      return CompletableFuture.completedFuture(null);
    }
    if (closed) {
      throw new IllegalStateException("The journal " + file + " is closed");
    }
    var line = new Line(encoded(row), new CompletableFuture<>());
    queue.add(line);
    return line.done();
  }

  private String encoded(R row) {
    return json.writeValueAsString(row) + "\n";
  }

  private long replayInto(Consumer<R> replay) throws IOException {
    Path source = openFile();
    if (!Files.exists(source)) {
      return 0;
    }
    long good = 0;
    try (var in = new java.io.BufferedInputStream(Files.newInputStream(source), 1 << 16)) {
      var line = new java.io.ByteArrayOutputStream(1024);
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          replay.accept(decoded(line.toByteArray(), good));
          good += line.size();
          line.reset();
        }
      }
    }
    return good;
  }

  private R decoded(byte[] line, long at) {
    try {
      return json.readValue(line, type);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The journal " + file + " is damaged at byte " + at + "; move it away to start anew", e);
    }
  }

  private Path openFile() {
    if (file == null) {
      throw new IllegalStateException("A forgetting journal has no file");
    }
    return file;
  }

  private void startWriting(long from) throws IOException {
    try (var channel =
        Files.newByteChannel(openFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(from);
    }
    var out =
        Files.newOutputStream(openFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Thread.ofPlatform().daemon().name("journal-" + openFile().getFileName()).start(() -> run(out));
  }

  private void run(OutputStream out) {
    try (out) {
      List<Entry> batch = new ArrayList<>();
      while (!batch.contains(new End())) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, 4096);
        write(out, batch);
      }
    } catch (IOException | InterruptedException e) {
      closed = true;
      LOGGER.atError().addKeyValue("file", file).setCause(e).log("journal stopped");
    } finally {
      written.countDown();
    }
  }

  private static void write(OutputStream out, List<Entry> batch) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream(batch.size() * 512);
    for (Entry entry : batch) {
      if (entry instanceof Line line) {
        bytes.write(line.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    out.write(bytes.toByteArray());
    for (Entry entry : batch) {
      if (entry instanceof Line line) {
        line.done().complete(null);
      }
    }
  }

  /// Writes what is waiting and ends. Calling it twice is harmless.
  @Override
  public void close() {
    if (file == null || closed) {
      return;
    }
    closed = true;
    queue.add(new End());
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
