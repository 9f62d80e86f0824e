package io.mcpcrew.crew.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is made of files and made anew when they change, within [#LOOK] and the time of reading.
/// What is wrong then is logged, and what was there stays.
public final class Reloading<T> implements AutoCloseable {
  /// Folders are looked at, and not listened to: that works on every file system, in containers and
  /// on shared disks too.
  static final Duration LOOK = Duration.ofMillis(300);

  private static final Logger LOGGER = LoggerFactory.getLogger(Reloading.class);

  private final String what;
  private final List<YamlFolder> folders;
  private final Supplier<T> read;
  private volatile T current;
  private List<Map<String, String>> stamps;
  private @Nullable Thread looking;

  /// @param read makes it of what the files say now; what it throws at first is thrown here
  public Reloading(String what, List<Path> folders, Supplier<T> read) {
    this.what = what;
    this.folders = folders.stream().map(YamlFolder::new).toList();
    this.read = read;
    this.stamps = stamped();
    this.current = read.get();
  }

  public T get() {
    return current;
  }

  /// Looks from now on; without folders there is nothing to look at.
  public void start() {
    if (!folders.isEmpty()) {
      looking = Thread.ofVirtual().name("reloading-" + what).start(this::look);
    }
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK);
        again();
      } catch (InterruptedException closed) {
        return;
      }
    }
  }

  void again() {
    try {
      List<Map<String, String>> now = stamped();
      if (!now.equals(stamps)) {
        stamps = now;
        current = read.get();
        LOGGER.atInfo().addKeyValue("what", what).log("read again");
      }
    } catch (RuntimeException wrong) {
      LOGGER
          .atError()
          .addKeyValue("what", what)
          .addKeyValue("cause", wrong.getMessage())
          .log("a changed file is wrong; what was there stays");
    }
  }

  private List<Map<String, String>> stamped() {
    return folders.stream().map(YamlFolder::stamps).toList();
  }

  @Override
  public void close() {
    Thread thread = looking;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
