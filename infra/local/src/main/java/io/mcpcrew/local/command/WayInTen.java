package io.mcpcrew.local.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A turn's way in ten lines at most: where there are more, those of the stage that has most become
/// one. Pure.
final class WayInTen {
  private static final int MOST = 10;
  private static final int LONGEST = 160;

  /// A line of a timeline.
  record Line(String stage, String text, Instant at, @Nullable String turn) {}

  private WayInTen() {}

  /// What belongs to the newest turn of a conversation: its lines, and what was received for it.
  static List<Line> newest(List<Line> lines) {
    String turn =
        lines.reversed().stream().map(Line::turn).filter(Objects::nonNull).findFirst().orElse(null);
    if (turn == null) {
      return lines;
    }
    int first = 0;
    while (!turn.equals(lines.get(first).turn())) {
      first++;
    }
    while (first > 0 && lines.get(first - 1).turn() == null) {
      first--;
    }
    return lines.subList(first, lines.size());
  }

  static List<String> of(List<Line> lines) {
    List<List<Line>> told = new ArrayList<>();
    lines.stream().filter(line -> !repeats(line, lines)).forEach(line -> told.add(List.of(line)));
    while (told.size() > MOST && join(told)) {
      // Once more, until they are few enough or every stage is one line.
    }
    return texts(told);
  }

  /// Every line by itself.
  static List<String> all(List<Line> lines) {
    return texts(lines.stream().map(List::of).toList());
  }

  private static List<String> texts(List<List<Line>> groups) {
    Instant began = groups.isEmpty() ? Instant.EPOCH : groups.getFirst().getFirst().at();
    return groups.stream().map(group -> text(group, began)).toList();
  }

  /// The machine tells of a message too; where the message itself is told that is enough.
  private static boolean repeats(Line line, List<Line> lines) {
    return line.stage().equals("edge")
        && lines.stream().anyMatch(each -> each.stage().equals("message"));
  }

  /// Makes one line of those of the stage that has most; false when each has one.
  private static boolean join(List<List<Line>> told) {
    Map<String, List<List<Line>>> byStage =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    group -> group.getFirst().stage(), LinkedHashMap::new, Collectors.toList()));
    List<List<Line>> most =
        byStage.values().stream().reduce((a, b) -> b.size() > a.size() ? b : a).orElseThrow();
    if (most.size() < 2) {
      return false;
    }
    int at = told.indexOf(most.getFirst());
    told.removeAll(most);
    told.add(at, most.stream().flatMap(List::stream).toList());
    return true;
  }

  private static String text(List<Line> group, Instant began) {
    Line first = group.getFirst();
    String text = group.stream().map(Line::text).collect(Collectors.joining("; "));
    if (group.size() > 1) {
      text = "%d: %s".formatted(group.size(), text);
    }
    return String.format(
        Locale.ROOT,
        "%9s  %-10s %s",
        "+%d ms".formatted(Duration.between(began, first.at()).toMillis()),
        first.stage(),
        text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
  }
}
