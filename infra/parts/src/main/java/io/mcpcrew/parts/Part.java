package io.mcpcrew.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The life of one part: a process on loopback with a folder of its own.
///
/// Started again it has the same ports and the same data. [#kill()] is for tests of faults: the
/// process is gone at once, its data stays as it lay on the disk.
public abstract sealed class Part implements AutoCloseable
    permits KafkaBroker, MongoProtocolServer, RedisServer, SchemaRegistry {

  private static final Duration ORDERLY = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final String name;
  private final Path folder;
  private final LogFile log;

  private volatile @Nullable GuardedProcess process;
  private volatile boolean ready;
  private volatile boolean wanted;
  private volatile long logBegin;

  Part(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    this.log = new LogFile(folder.resolve(folder.getFileName() + ".log"));
  }

  public final String name() {
    return name;
  }

  /// Where clients find it.
  public abstract String address();

  abstract List<Integer> ports();

  abstract List<String> command() throws IOException;

  /// Whether it does its work for a client right now. Asked often while it starts.
  abstract boolean answers();

  abstract Duration patience();

  /// Whether it runs and will never do its work, because of what it found when it started.
  boolean isBroken() {
    return false;
  }

  /// Starts the process after it was stopped or killed; returns when it answers.
  public final void startAgain() {
    launch();
    awaitAnswer();
  }

  /// Ends the process without giving it a chance to tidy up.
  public final synchronized void kill() {
    wanted = false;
    end(GuardedProcess::kill);
  }

  /// Ends the process in order, by force after some seconds.
  public final synchronized void stop() {
    wanted = false;
    end(running -> running.stop(ORDERLY));
  }

  /// As [#stop()]; may be called more than once.
  @Override
  public final void close() {
    stop();
  }

  public final PartStatus status() {
    Optional<GuardedProcess> running = Optional.ofNullable(process).filter(GuardedProcess::isAlive);
    return new PartStatus(
        name,
        address(),
        running.map(now -> OptionalLong.of(now.pid())).orElse(OptionalLong.empty()),
        running.isPresent() && ready,
        running.flatMap(now -> now.handle().info().startInstant()),
        folder,
        log.path());
  }

  final Path folder() {
    return folder;
  }

  /// Whether it was started and nobody has stopped it since; its process may have ended all the
  /// same.
  final boolean isWanted() {
    return wanted;
  }

  /// Returns when the process has ended although nobody has stopped it; nothing when somebody has.
  final Optional<String> awaitUnwantedEnd() throws InterruptedException {
    GuardedProcess now = process;
    if (now != null) {
      now.awaitEnd();
    }
    synchronized (this) {
      return now == null || !wanted || process != now
          ? Optional.empty()
          : Optional.of(Diagnosis.endedByItself(name, now.exitCode(), log));
    }
  }

  /// As [#startAgain()], unless somebody has stopped it meanwhile.
  final void startAgainIfWanted() {
    synchronized (this) {
      if (!wanted) {
        return;
      }
      launch();
    }
    awaitAnswer();
  }

  final void checkPorts() {
    ports().stream().filter(port -> !Loopback.isFree(port)).findFirst().ifPresent(this::portTaken);
  }

  /// Starts the process without waiting for an answer.
  final synchronized void launch() {
    GuardedProcess before = process;
    if (before != null && before.isAlive()) {
      throw new IllegalStateException("The " + name + " runs already.");
    }
    checkPorts();
    ready = false;
    wanted = true;
    try {
      Files.createDirectories(folder);
      List<String> command = command();
      logBegin = log.begin();
      process = GuardedProcess.start(command, folder, log.path());
    } catch (IOException e) {
      throw new PartFailure(
          "The " + name + " cannot be started in " + folder + ": " + e.getMessage(), e);
    }
  }

  /// Returns when it answers; if it does not, ends it and says why.
  final void awaitAnswer() {
    long deadline = System.nanoTime() + patience().toNanos();
    while (!answers()) {
      failIfEnded();
      if (isBroken()) {
        end(GuardedProcess::kill);
        throw Diagnosis.broken(name, address(), folder, log, log.linesSince(logBegin));
      }
      if (System.nanoTime() - deadline > 0) {
        end(GuardedProcess::kill);
        throw Diagnosis.silent(name, patience().toSeconds(), log, log.linesSince(logBegin));
      }
      pause();
    }
    failIfEnded();
    ready = true;
  }

  private void failIfEnded() {
    GuardedProcess now = process;
    if (now == null) {
      throw new PartFailure("The " + name + " was stopped before it answered.");
    }
    if (!now.isAlive()) {
      throw Diagnosis.exited(
          name, address(), folder, now.exitCode(), log, log.linesSince(logBegin));
    }
  }

  private void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new PartFailure("The start of the " + name + " was interrupted.", e);
    }
  }

  private void portTaken(int port) {
    throw Diagnosis.portTaken(name, port);
  }

  private void end(Consumer<GuardedProcess> how) {
    GuardedProcess running = process;
    if (running != null) {
      how.accept(running);
    }
    process = null;
    ready = false;
  }

  /// Starts and waits, for the factory methods of the parts.
  static <P extends Part> P started(P part) {
    part.startAgain();
    return part;
  }
}
