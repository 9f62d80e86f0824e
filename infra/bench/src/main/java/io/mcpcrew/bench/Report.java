package io.mcpcrew.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What was measured in one run, as a table and as a file that runs can be compared by.
final class Report {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Instant at;
  private final List<Measured> lines = new ArrayList<>();
  private final Map<String, Object> notes = new LinkedHashMap<>();

  Report(Instant at) {
    this.at = at;
  }

  void add(Measured line) {
    lines.add(line);
  }

  void note(String name, Object value) {
    notes.put(name, value);
  }

  void goalAtMost(String what, double is, double most, String unit) {
    goal(what, is, "at most", most, unit, is <= most);
  }

  void goalAtLeast(String what, double is, double least, String unit) {
    goal(what, is, "at least", least, unit, is >= least);
  }

  private void goal(String what, double is, String bound, double goal, String unit, boolean kept) {
    System.out.printf(
        Locale.ROOT,
        "%-44s %10.2f %-6s goal %s %.2f: %s%n",
        what,
        is,
        unit,
        bound,
        goal,
        kept ? "kept" : "MISSED");
    note(what.replaceAll("[^a-z0-9]+", "_"), is);
  }

  static String header() {
    return String.format(
        Locale.ROOT,
        "%-44s %10s %7s %9s %9s %9s   %s",
        "times in ms",
        "per second",
        "pace",
        "p50",
        "p95",
        "p99",
        "p95 to its floor");
  }

  String line(Measured m) {
    return String.format(
        Locale.ROOT,
        "%-44s %10s %7s %9.2f %9.2f %9.2f   %s",
        m.name(),
        m.perSecond() == null ? "-" : String.format(Locale.ROOT, "%,.0f", m.perSecond()),
        m.pace() == 0 ? "-" : m.pace() + "/s",
        m.p50(),
        m.p95(),
        m.p99(),
        ratio(m).map(r -> String.format(Locale.ROOT, "%.1f x", r)).orElse(""));
  }

  private Optional<Double> ratio(Measured m) {
    return floor(m.comparedTo()).map(floor -> m.p95() / floor.p95());
  }

  private Optional<Measured> floor(@Nullable String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst();
  }

  Path write(Path folder) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", at.toString());
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.put("java", Runtime.version().toString());
    all.putAll(notes);
    all.put("lines", lines.stream().map(this::asMap).toList());
    Files.createDirectories(folder);
    Path file = folder.resolve("bench-" + at.toString().replace(':', '-') + ".json");
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    return file;
  }

  private Map<String, Object> asMap(Measured m) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", m.name());
    if (m.perSecond() != null) {
      map.put("per_second", m.perSecond());
    }
    map.put("pace", m.pace());
    map.put("count", m.count());
    map.put("p50_ms", m.p50());
    map.put("p95_ms", m.p95());
    map.put("p99_ms", m.p99());
    ratio(m).ifPresent(r -> map.put("p95_to_floor", r));
    return map;
  }
}
