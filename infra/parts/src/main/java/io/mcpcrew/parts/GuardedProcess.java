package io.mcpcrew.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that cannot outlive this one, whatever program it runs and however this one ends.
///
/// A small shell starts a watcher beside itself and then *becomes* the program, so that the process
/// we hold is the program: its id, its exit code, its signals. The watcher reads the pipe from us.
/// When the pipe breaks, because we were killed or forgot to stop the program, the watcher ends the
/// program, after three seconds by force. When the program has ended by itself, we tell the watcher
/// that it is done; so it never signals an id that has gone to somebody else.
///
/// The program sits in a session of its own where `setsid` exists, and ignores interrupts
/// elsewhere: Ctrl-C is for us, and we stop the parts when nobody needs them any more. The watcher
/// stays in our group and ignores its signals: a supervisor that ends the whole group would end the
/// watcher first, and the program would live on.
final class GuardedProcess {
  private static final String GUARD =
      """
      trap '' INT HUP
      exec 3<&0
      (
        trap '' TERM
        while read -r word; do [ "$word" = done ] && exit 0; done <&3
        kill -TERM $$
        tenths=0
        while [ $tenths -lt 30 ] && kill -0 $$; do sleep 0.1; tenths=$((tenths + 1)); done
        kill -KILL $$
      ) >/dev/null 2>&1 &
      command -v setsid >/dev/null 2>&1 && set -- setsid "$@"
      exec "$@" </dev/null 3<&-
      """;
  private static final byte[] DONE = "done\n".getBytes(StandardCharsets.US_ASCII);

  // Its own destroy methods would break the pipe, and the watcher would join in too early: signals
  // are
  // sent through its handle.
  private final Process process;

  private GuardedProcess(Process process) {
    this.process = process;
  }

  static GuardedProcess start(List<String> command, Path workingFolder, Path log)
      throws IOException {
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
    guarded.addAll(command);
    var builder = new ProcessBuilder(guarded).directory(workingFolder.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var _ = process.onExit().thenAccept(GuardedProcess::releaseWatcher);
    return new GuardedProcess(process);
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for its end, whoever brings that about.
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  int exitCode() {
    return process.exitValue();
  }

  /// Asks the program to end, and ends it by force when it has not after `patience`.
  void stop(Duration patience) {
    handle().destroy();
    if (!endsWithin(patience)) {
      kill();
    }
  }

  /// As if the power went: the program gets no chance to tidy up.
  void kill() {
    handle().destroyForcibly();
    endsWithin(Duration.ofSeconds(5));
  }

  private boolean endsWithin(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void releaseWatcher(Process ended) {
    try (OutputStream pipe = ended.getOutputStream()) {
      pipe.write(DONE);
    } catch (IOException _) {
      // The watcher has gone before us; there is nobody left to release.
    }
  }
}
