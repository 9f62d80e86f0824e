package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page of all settings, made of what the settings' records say about themselves.
class SettingsPageTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path PAGE = Path.of(System.getProperty("mcpcrew.root"), "docs/settings.md");

  private record Setting(String name, String type, String initial, String description) {}

  private static List<Setting> settings() throws IOException {
    var all = new TreeMap<String, Setting>();
    for (URL url :
        Collections.list(
            SettingsPageTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = url.openStream()) {
        for (JsonNode property : JSON.readTree(in).path("properties")) {
          if (property.path("sourceType").asString("").startsWith("io.mcpcrew.")) {
            Setting setting = setting(property);
            all.put(setting.name(), setting);
          }
        }
      }
    }
    // A record of further settings is told by these.
    all.keySet().removeIf(name -> all.keySet().stream().anyMatch(n -> n.startsWith(name + ".")));
    return List.copyOf(all.values());
  }

  private static Setting setting(JsonNode property) {
    JsonNode initial = property.path("defaultValue");
    return new Setting(
        property.path("name").asString(),
        property.path("type").asString("").replaceAll("[\\w.]+[.$](\\w+)", "$1"),
        initial.isMissingNode()
            ? ""
            : "`" + (initial.isString() ? initial.asString() : initial.toString()) + "`",
        property.path("description").asString("").replaceAll("\\s+", " ").replace("|", "\\|"));
  }

  private static String markdown(List<Setting> settings) {
    var page =
        new StringBuilder(
            """
            # The settings

            Made from the settings' records; a test keeps this page true. A setting is given as
            `--name=value` behind a service's `main`, as an environment variable
            (`INTENT_LEASE=8s`) or in an `application.yaml` beside it. Secrets are never settings: a
            settings document names them as `env:NAME` or `file:/path`.
            """);
    String section = "";
    for (Setting setting : settings) {
      String prefix = setting.name().substring(0, setting.name().indexOf('.'));
      if (!prefix.equals(section)) {
        section = prefix;
        page.append("\n## ")
            .append(prefix)
            .append("\n\n| setting | type | default | |\n|---|---|---|---|\n");
      }
      page.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(setting.name(), setting.type(), setting.initial(), setting.description()));
    }
    return page.toString();
  }

  @Test
  void the_page_says_what_the_records_say() throws IOException {
    String page = markdown(settings());
    if (Boolean.getBoolean("mcpcrew.write-docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void every_module_has_its_settings_there() throws IOException {
    assertThat(settings())
        .extracting(setting -> setting.name().substring(0, setting.name().indexOf('.')))
        .contains(
            "platform",
            "ingest",
            "intent",
            "crew",
            "registry",
            "knowledge",
            "connectors",
            "simulator");
  }

  @Test
  void every_setting_is_explained() throws IOException {
    assertThat(settings())
        .filteredOn(setting -> setting.description().isBlank())
        .extracting(Setting::name)
        .isEmpty();
  }
}
