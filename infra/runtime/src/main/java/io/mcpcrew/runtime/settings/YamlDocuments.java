package io.mcpcrew.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// YAML files as records: `any_of` is component `anyOf`, and what a record does not know is an
/// error that names its path.
public final class YamlDocuments {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private YamlDocuments() {}

  /// A file that is part of the program.
  public static <T> T resource(Class<?> beside, String path, Class<T> type) {
    try (InputStream in = beside.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + path);
      }
      return read(path, new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalArgumentException naming the file and what in it is wrong
  public static <T> T read(String name, String yaml, Class<T> type) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      if (tree == null) {
        throw new IllegalArgumentException(name + " is empty");
      }
      return JSON.convertValue(tree, type);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(name + " is not YAML: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s is wrong at %s: %s".formatted(name, e.getPathReference(), e.getOriginalMessage()), e);
    }
  }
}
