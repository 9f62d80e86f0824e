package io.mcpcrew.parts;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns what a part printed before it gave up into a sentence for the person at the terminal.
final class Diagnosis {
  private static final int LINES_SHOWN = 5;
  private static final int WIDTH = 220;

  /// What programs print, and what it means. The first that is found wins, so the more precise ones
  /// come first.
  private enum Cause {
    PORT("address already in use|bindexception|failed to bind|already bound|port already"),
    MEMORY("insufficient memory|outofmemoryerror|cannot allocate memory|could not reserve enough"),
    DISK("no space left on device|disk quota exceeded|not enough space"),
    RIGHTS("permission denied|accessdeniedexception|read-only file system|can't open the log file"),
    IN_USE("failed to acquire lock on file|the file is locked|may be already in use"),
    DATA(
        "meta\\.properties|inconsistentclusterid|corrupt|bad file format|unexpected end of file"
            + "|reading the append only file|mvstoreexception|kafkastorageexception"
            + "|unable to read the (broker )?meta|node id not found|cluster id not found");

    private final Pattern signs;

    Cause(String signs) {
      this.signs = Pattern.compile(signs);
    }

    boolean isIn(List<String> lines) {
      return lines.stream().anyMatch(line -> signs.matcher(line.toLowerCase(Locale.ROOT)).find());
    }
  }

  private Diagnosis() {}

  static PartFailure exited(
      String part, String address, Path folder, int exitCode, LogFile log, List<String> lines) {
    return new PartFailure(
        "The "
            + part
            + " ended at once (exit code "
            + exitCode
            + "). "
            + advice(part, address, folder, lines)
            + evidence(log, lines));
  }

  static String endedByItself(String part, int exitCode, LogFile log) {
    return "The %s has ended, and nobody stopped it (exit code %d). It is started again; its log is %s"
        .formatted(part, exitCode, log.path());
  }

  static PartFailure silent(String part, long seconds, LogFile log, List<String> lines) {
    return new PartFailure(
        "The "
            + part
            + " was started but has not answered within "
            + seconds
            + " s. The machine may be overloaded; try again."
            + evidence(log, lines));
  }

  static PartFailure broken(
      String part, String address, Path folder, LogFile log, List<String> lines) {
    return new PartFailure(
        "The "
            + part
            + " runs but answers with errors only. "
            + advice(part, address, folder, lines)
            + evidence(log, lines));
  }

  static PartFailure portTaken(String part, int port) {
    return new PartFailure(
        "Port "
            + port
            + " on "
            + Loopback.HOST
            + " is taken, and the "
            + part
            + " needs it. End the program that listens there (lsof -i :"
            + port
            + " names it), or choose other ports.");
  }

  private static String advice(String part, String address, Path folder, List<String> lines) {
    for (Cause cause : Cause.values()) {
      if (cause.isIn(lines)) {
        return advice(cause, part, address, folder);
      }
    }
    return "What it printed last may say why.";
  }

  private static String advice(Cause cause, String part, String address, Path folder) {
    return switch (cause) {
      case PORT ->
          "Its address "
              + address
              + " is taken: end the program that listens there, or choose other ports.";
      case MEMORY -> "There was not enough memory: close other programs and try again.";
      case DISK -> "The disk with " + folder + " is full: make room and try again.";
      case RIGHTS -> "It may not read or write " + folder + ": check who owns that folder.";
      case IN_USE -> "Another process uses its data in " + folder + ": end that one first.";
      case DATA ->
          "Its data in "
              + folder
              + " cannot be read: move that folder away or delete it, and the "
              + part
              + " begins anew (what it kept is lost).";
    };
  }

  private static String evidence(LogFile log, List<String> lines) {
    List<String> last =
        lines.stream().filter(line -> !line.isBlank() && !isStackFrame(line)).toList();
    var text = new StringBuilder("\n  Its log: ").append(log.path());
    last.stream()
        .skip(Math.max(0, last.size() - LINES_SHOWN))
        .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line)
        .forEach(line -> text.append("\n  | ").append(line));
    return text.toString();
  }

  private static boolean isStackFrame(String line) {
    return line.startsWith("\tat ") || line.startsWith("\t... ");
  }
}
