package io.mcpcrew.simulators.odoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// What was changed since a database began, as one JSON file: records of the demo data that nobody
/// touched are not in it, so that demo data may be improved without losing what people did.
///
/// Written to a second file that then takes the first one's place: a killed process leaves either
/// the old state or the new one. Changes that come while a file is being written share the next.
final class StateFile {
  private final Path folder;
  private final Path file;
  private final Path next;
  private final ReentrantLock writing = new ReentrantLock();
  private long kept;
  private Snapshot beginning = Snapshot.EMPTY;

  /// One model's share of the file.
  private record Changes(
      long nextId, List<Map<String, Object>> rows, @Nullable List<Long> removed) {}

  StateFile(Path folder, String name) {
    this.folder = folder;
    this.file = folder.resolve(name + ".json");
    this.next = folder.resolve(name + ".json.next");
  }

  /// The beginning, with what was changed since.
  Snapshot restored(Snapshot fresh) {
    beginning = fresh;
    if (!Files.exists(file)) {
      return fresh;
    }
    try {
      Map<String, Changes> all =
          OdooJson.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<>() {});
      Map<String, Table> tables = new LinkedHashMap<>(fresh.tables());
      all.forEach((model, changes) ->
          Models.find(model)
              .ifPresent(known -> tables.put(model, applied(known, fresh.table(model), changes))));
      return new Snapshot(tables);
    } catch (IOException | JacksonException | OdooError e) {
      throw new IllegalStateException(
          "The state " + file + " cannot be read; move it away to start anew", e);
    }
  }

  private static Table applied(Model model, Table fresh, Changes changes) {
    TreeMap<Long, Row> rows = new TreeMap<>(fresh.rows());
    List<Long> removed = changes.removed();
    if (removed != null) {
      rows.keySet().removeAll(new HashSet<>(removed));
    }
    for (Map<String, Object> values : changes.rows()) {
      Row row = row(model, values);
      rows.put(row.id(), row);
    }
    return new Table(rows, Math.max(changes.nextId(), fresh.nextId()));
  }

  private static Row row(Model model, Map<String, Object> values) {
    Map<String, Object> stored = new LinkedHashMap<>();
    values.forEach((name, raw) -> {
      Field field = model.fields().get(name);
      Object value = field == null || !field.isStored() ? null : Values.stored(field, raw);
      if (value != null) {
        stored.put(name, value);
      }
    });
    return new Row(((Number) values.getOrDefault("id", 0)).longValue(), stored);
  }

  /// Returns when at least this version is in the file.
  void keep(long version, Supplier<Database.State> newest) {
    writing.lock();
    try {
      if (kept < version) {
        Database.State state = newest.get();
        write(state.snapshot());
        kept = state.version();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The state " + file + " cannot be written", e);
    } finally {
      writing.unlock();
    }
  }

  private void write(Snapshot snapshot) throws IOException {
    Map<String, Changes> changes = new LinkedHashMap<>();
    snapshot
        .tables()
        .forEach((model, table) -> {
          if (table != beginning.tables().get(model)) {
            changes.put(model, changes(beginning.table(model), table));
          }
        });
    Files.createDirectories(folder);
    Files.write(next, OdooJson.MAPPER.writeValueAsBytes(changes));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Changes changes(Table before, Table now) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : now.rows().values()) {
      if (!row.equals(before.rows().get(row.id()))) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", row.id());
        values.putAll(row.values());
        rows.add(values);
      }
    }
    Set<Long> removed = new HashSet<>(before.rows().keySet());
    removed.removeAll(now.rows().keySet());
    return new Changes(now.nextId(), rows, removed.stream().sorted().toList());
  }
}
