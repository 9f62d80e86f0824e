package io.mcpcrew.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/// Every schema that was ever released, in the order of release. A schema's place in the order is
/// its id in the wire format, and they are registered in this order; so an empty registry, filled
/// again, gives the same ids, and a service reads everything without one.
public final class SchemaBundle {
  private static final String INDEX = "/io/mcpcrew/schemas/bundle/index.txt";

  /// A released schema of a topic.
  public record Release(int id, String name, int version, Schema schema, String fingerprint) {
    /// As the bundle names its file: `0001-ConversationEvent-v1.avsc`.
    public String fileName() {
      return "%04d-%s-v%d.avsc".formatted(id, name, version);
    }
  }

  private static final SchemaBundle RELEASED = load();

  private final List<Release> releases;
  private final Map<String, Release> byFingerprint = new HashMap<>();
  private final Map<String, Release> newest = new HashMap<>();

  private SchemaBundle(List<Release> releases) {
    this.releases = List.copyOf(releases);
    for (Release release : releases) {
      byFingerprint.put(release.fingerprint(), release);
      newest.put(release.name(), release);
    }
  }

  public static SchemaBundle released() {
    return RELEASED;
  }

  public List<Release> inOrder() {
    return releases;
  }

  /// The schema that this release writes for a record type.
  public Release current(Class<?> type) {
    Release release = newest.get(type.getSimpleName());
    if (release == null) {
      throw new IllegalArgumentException(type.getSimpleName() + " is not in the bundle of schemas");
    }
    return release;
  }

  /// The schema that something was written with. The fingerprint, where a record carries one, is
  /// believed before the id: ids are only as good as the registry that gave them.
  public Optional<Release> writer(int id, @Nullable String fingerprint) {
    if (fingerprint != null) {
      return Optional.ofNullable(byFingerprint.get(fingerprint));
    }
    return id >= 1 && id <= releases.size() ? Optional.of(releases.get(id - 1)) : Optional.empty();
  }

  /// What identifies a schema's meaning for a reader: SHA-256 over Avro's canonical form.
  public static String fingerprint(Schema schema) {
    try {
      byte[] canonical = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static SchemaBundle load() {
    List<Release> releases = new ArrayList<>();
    for (String file : text(INDEX).lines().filter(line -> !line.isBlank()).toList()) {
      String[] words = file.replace(".avsc", "").split("-", -1);
      int id = Integer.parseInt(words[0]);
      if (id != releases.size() + 1) {
        throw new IllegalStateException("the bundle has a gap before " + file);
      }
      Schema schema = new Schema.Parser().parse(text("/io/mcpcrew/schemas/bundle/" + file));
      int version = Integer.parseInt(words[2].substring(1));
      releases.add(new Release(id, words[1], version, schema, fingerprint(schema)));
    }
    return new SchemaBundle(releases);
  }

  private static String text(String resource) {
    try (InputStream in = SchemaBundle.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
