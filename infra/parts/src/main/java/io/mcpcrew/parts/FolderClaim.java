package io.mcpcrew.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process, or a second caller in this one, off a data folder that is in use. The
/// system gives the claim back when the process ends, however it ends.
final class FolderClaim implements AutoCloseable {
  private final FileChannel channel;

  private FolderClaim(FileChannel channel) {
    this.channel = channel;
  }

  static FolderClaim on(Path folder) {
    Path file = folder.resolve("in-use-by");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw inUse(folder, file);
      }
      return signed(channel);
    } catch (IOException e) {
      throw new PartFailure(
          "The data folder " + folder + " cannot be used: " + e + ". Check who owns it.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static FolderClaim signed(FileChannel channel) throws IOException {
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid));
    return new FolderClaim(channel);
  }

  private static PartFailure inUse(Path folder, Path file) throws IOException {
    return new PartFailure(
        "Process "
            + Files.readString(file)
            + " already runs MCP-Crew on the data folder "
            + folder
            + ". Stop it first (Ctrl-C in its terminal), or use another checkout and --port.");
  }
}
