package io.mcpcrew.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.topics.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

class SchemaBundleTest {
  /// What a field would be called that holds what somebody wrote, or what is about somebody.
  private static final Set<String> PERSONAL_WORDS =
      Set.of(
          "text",
          "body",
          "message",
          "content",
          "note",
          "reply",
          "summary",
          "result",
          "contact_name",
          "email",
          "phone",
          "address");

  @Test
  void everySchemaOfTheIdlIsReleased() throws IOException {
    assertThat(BundleRelease.missing())
        .as("run BundleRelease.main in the tests of schemas to append what is new")
        .isEmpty();
  }

  @Test
  void everyReleaseReadsAllThatEarlierReleasesWrote() {
    Map<String, List<SchemaBundle.Release>> versions = new HashMap<>();
    for (var release : SchemaBundle.released().inOrder()) {
      versions.computeIfAbsent(release.name(), _ -> new ArrayList<>()).add(release);
    }
    for (var all : versions.values()) {
      Schema newest = all.getLast().schema();
      for (var earlier : all) {
        var answer = SchemaCompatibility.checkReaderWriterCompatibility(newest, earlier.schema());
        assertThat(answer.getType())
            .as("%s read by %s", earlier.fileName(), all.getLast().fileName())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  @Test
  void aFieldWithoutDefaultIsFoundToBreakCompatibility() {
    var tick = SchemaBundle.released().inOrder().stream().filter(r -> r.name().equals("Tick"));
    Schema released = tick.findFirst().orElseThrow().schema();
    String broken =
        released
            .toString()
            .replace("\"fields\":[", "\"fields\":[{\"name\":\"x\",\"type\":\"int\"},");

    var answer =
        SchemaCompatibility.checkReaderWriterCompatibility(
            new Schema.Parser().parse(broken), released);

    assertThat(answer.getType()).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  @Test
  void everyTopicHasASchemaWithDocumentedRecordsAndEnumsWithAnUnknownSymbol() {
    Set<String> seen = new HashSet<>();
    Topics.installed()
        .forEach(topic -> check(SchemaBundle.released().current(topic.valueType()).schema(), seen));
    assertThat(seen).contains("io.mcpcrew.Turn", "io.mcpcrew.EffectClass", "io.mcpcrew.Sealed");
  }

  private static void check(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
          schema.getFields().forEach(field -> check(field.schema(), seen));
        }
      }
      case ENUM -> {
        seen.add(schema.getFullName());
        assertThat(schema.getEnumSymbols().getFirst()).isEqualTo("UNKNOWN");
        assertThat(schema.getEnumDefault()).isEqualTo("UNKNOWN");
      }
      case UNION -> schema.getTypes().forEach(each -> check(each, seen));
      case ARRAY -> check(schema.getElementType(), seen);
      case MAP -> check(schema.getValueType(), seen);
      default -> {}
    }
  }

  @Test
  void aTextAboutAPersonIsNeverABareString() {
    Topics.installed()
        .map(topic -> SchemaBundle.released().current(topic.valueType()).schema())
        .forEach(schema -> assertThat(bareTexts(schema, new HashSet<>())).isEmpty());
  }

  private static List<String> bareTexts(Schema schema, Set<String> seen) {
    List<String> found = new ArrayList<>();
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName()) && !schema.getName().equals("Plain")) {
          for (var field : schema.getFields()) {
            if (field.schema().getType() == Schema.Type.STRING
                && PERSONAL_WORDS.contains(field.name())) {
              found.add(schema.getName() + "." + field.name());
            }
            found.addAll(bareTexts(field.schema(), seen));
          }
        }
      }
      case UNION -> schema.getTypes().forEach(each -> found.addAll(bareTexts(each, seen)));
      case ARRAY -> found.addAll(bareTexts(schema.getElementType(), seen));
      default -> {}
    }
    return found;
  }
}
