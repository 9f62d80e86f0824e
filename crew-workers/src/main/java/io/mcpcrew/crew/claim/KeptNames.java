package io.mcpcrew.crew.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names under which this process takes turns, kept in a folder of its machine for whoever
/// comes in its place.
///
/// The file is locked as long as the process lives, frozen or not, and the system gives the lock
/// back only when it has ended. So whoever has the lock knows for certain that nobody writes any
/// more in the names that it finds: what a restarted pod alone does not prove.
public final class KeptNames implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(KeptNames.class);

  private final @Nullable FileChannel file;
  private final List<String> left;
  private final List<String> own = new ArrayList<>();

  private KeptNames(@Nullable FileChannel file, List<String> left) {
    this.file = file;
    this.left = List.copyOf(left);
  }

  /// Names that nobody is told.
  public static KeptNames nowhere() {
    return new KeptNames(null, List.of());
  }

  /// @throws IllegalStateException if another process has the folder
  public static KeptNames in(Path folder) {
    Path file = folder.resolve("worker-names");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new IllegalStateException(
            "Another worker runs with crew.state-dir %s. Each needs a folder of its own."
                .formatted(folder));
      }
      String whole = whole(text(channel));
      channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
      return new KeptNames(channel, whole.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("crew.state-dir " + folder + " cannot be used: " + e, e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// Read where it is locked: where the system locks for a process, whoever opens the file once
  /// more and closes it has given the lock back.
  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // What is read at once may be less than there is.
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /// Without a name that was not written to its end.
  private static String whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /// Names of processes that have ended.
  List<String> left() {
    return left;
  }

  /// Names of this process.
  synchronized List<String> own() {
    return List.copyOf(own);
  }

  /// Before anything is taken under the name.
  synchronized void add(String name) {
    own.add(name);
    write(List.of(name));
  }

  /// The log has it that those before us are gone.
  synchronized void forgetThoseBefore() {
    truncate();
    write(own);
  }

  /// The log has it that we are gone ourselves.
  synchronized void forgetAll() {
    truncate();
  }

  private void truncate() {
    if (file != null) {
      try {
        file.truncate(0);
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private void write(List<String> names) {
    if (file == null) {
      return;
    }
    String lines = String.join("\n", names) + "\n";
    try {
      file.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)), file.size());
    } catch (IOException e) {
      failed(e);
    }
  }

  /// Whoever comes in our place then tells nothing, and our turns wait for the end of their lease.
  private static void failed(IOException e) {
    LOGGER.atWarn().setCause(e).log("the worker's name could not be kept");
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        failed(e);
      }
    }
  }
}
