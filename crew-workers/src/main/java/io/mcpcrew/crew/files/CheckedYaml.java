package io.mcpcrew.crew.files;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpcrew.runtime.settings.YamlDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// YAML files of one kind: each is held against the published JSON Schema of the kind before it is
/// read, and what is wrong is told with the file and the path in it.
public final class CheckedYaml<T> {
  private static final int MOST_TOLD = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Class<T> type;
  private final Schema schema;

  /// @param schema the resource beside the type's package that holds the schema
  public CheckedYaml(Class<T> type, String schema) {
    this.type = type;
    this.schema = SCHEMAS.getSchema(JSON.readTree(resource(schema)));
  }

  /// A file that is part of the program.
  public T shipped(String path) {
    return read(path.substring(path.lastIndexOf('/') + 1), resource(path));
  }

  /// @param file how messages call it
  /// @throws IllegalArgumentException naming the file, the path in it and what is wrong there
  public T read(String file, String yaml) {
    JsonNode tree = JSON.valueToTree(YamlDocuments.read(file, yaml, Object.class));
    List<Error> errors = schema.validate(tree);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("%s is wrong %s".formatted(file, told(errors)));
    }
    try {
      return YamlDocuments.read(file, yaml, type);
    } catch (IllegalArgumentException e) {
      throw ownWords(file, e);
    }
  }

  /// What a record says itself of what it refuses is clearer than what the reader makes of it.
  private static IllegalArgumentException ownWords(String file, IllegalArgumentException e) {
    @Nullable Throwable cause = e;
    while (cause != null) {
      if (cause instanceof JacksonException jackson
          && jackson.getCause() instanceof IllegalArgumentException own) {
        return new IllegalArgumentException("%s is wrong: %s".formatted(file, own.getMessage()), e);
      }
      cause = cause.getCause();
    }
    return e;
  }

  /// The deepest errors say most: that none of several forms fits is told only if nothing else is.
  private static String told(List<Error> errors) {
    var byPath = new TreeMap<String, String>();
    for (Error error : errors) {
      String path = error.getInstanceLocation().toString();
      byPath.putIfAbsent(path.isEmpty() ? "/" : path, error.getMessage());
    }
    return byPath.entrySet().stream()
        .filter(e -> byPath.keySet().stream().noneMatch(other -> isWithin(other, e.getKey())))
        .map(e -> "at %s: %s".formatted(e.getKey(), e.getValue()))
        .limit(MOST_TOLD)
        .collect(Collectors.joining("; "));
  }

  private static boolean isWithin(String path, String outer) {
    return !outer.equals("/") && path.startsWith(outer + "/");
  }

  /// A text that is part of the program.
  public static String resource(String path) {
    try (InputStream in =
        Objects.requireNonNull(CheckedYaml.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
