package io.mcpcrew.schemas.wire;

import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Places;
import io.mcpcrew.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.idl.IdlReader;

/// Makes the bundle of released schemas from `crew.avdl`: a schema that differs from its newest
/// release is appended with the next id; what was released is never touched. `main` writes, the
/// tests compare.
final class BundleRelease {
  private static final Path IDL = Path.of("src/main/avro/crew.avdl");
  private static final Path BUNDLE = Path.of("src/main/resources/io/mcpcrew/schemas/bundle");

  private BundleRelease() {}

  public static void main(String[] args) throws IOException {
    List<SchemaBundle.Release> missing = missing();
    for (var release : missing) {
      Files.writeString(
          BUNDLE.resolve(release.fileName()),
          SchemaFormatter.format("json/pretty", release.schema()) + "\n");
    }
    try (var files = Files.list(BUNDLE)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".avsc"))
              .sorted()
              .toList();
      Files.write(BUNDLE.resolve("index.txt"), names);
    }
    System.out.println("Released " + missing.size() + " schema(s).");
  }

  /// The record types that topics carry, in the catalogue's order, and the states that a changelog
  /// carries.
  static List<Schema> currentSchemas() throws IOException {
    var idl = new IdlReader().parse(IDL);
    Set<Class<?>> types = new LinkedHashSet<>();
    Topics.installed().forEach(topic -> types.add(topic.valueType()));
    types.add(ConversationState.class);
    types.add(Places.class);
    List<Schema> schemas = new ArrayList<>();
    for (Class<?> type : types) {
      Schema schema = idl.getNamedSchema("io.mcpcrew." + type.getSimpleName());
      // Parsed again, so that each stands for itself.
      schemas.add(new Schema.Parser().parse(schema.toString()));
    }
    return schemas;
  }

  /// What is written in the IDL and not yet released.
  static List<SchemaBundle.Release> missing() throws IOException {
    List<SchemaBundle.Release> released = SchemaBundle.released().inOrder();
    List<SchemaBundle.Release> missing = new ArrayList<>();
    int id = released.size();
    for (Schema schema : currentSchemas()) {
      var versions = released.stream().filter(r -> r.name().equals(schema.getName())).toList();
      if (versions.isEmpty() || !versions.getLast().schema().equals(schema)) {
        missing.add(
            new SchemaBundle.Release(
                ++id,
                schema.getName(),
                versions.size() + 1,
                schema,
                SchemaBundle.fingerprint(schema)));
      }
    }
    return missing;
  }
}
