package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.mcp.binding.BindingSettings;
import io.mcpcrew.mcp.chatwoot.ChatwootSettings;
import io.mcpcrew.mcp.odoo.OdooSettings;
import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// The page of all tools, made of what the connectors declare.
class ToolTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("mcpcrew.root"), "mcp-connectors/docs/tools.md");

  @Test
  void the_page_says_what_the_connectors_declare() throws IOException {
    String page = markdown();
    if (Boolean.getBoolean("mcpcrew.write-docs")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String markdown() {
    var page =
        new StringBuilder(
            """
            # The tools

            Made from what the connectors declare; a test keeps this page true. Every tool takes `account_id` too. Arguments
            in bold must be given. *keyed*: the system itself refuses a second effect of the same `idempotency_key`;
            *checkable*: the named tool tells whether it has happened; *blind*: nobody can tell.
            """);
    try (var http = new GuardedHttp(settings())) {
      for (Connector connector :
          Connectors.all(
              http,
              new OdooSettings(List.of(), List.of()),
              new ChatwootSettings(List.of("hooks.example.com")),
              BindingSettings.NONE,
              InstantSource.system())) {
        page.append(
            "\n## %s\n\n| tool | capability | arguments | effect | checked by |\n|---|---|---|---|---|\n"
                .formatted(connector.name()));
        connector.tools().forEach(tool -> page.append(row(tool)));
      }
    }
    return page.toString();
  }

  private static HttpSettings settings() {
    return new HttpSettings(List.of(), Duration.ofSeconds(1), DataSize.ofMegabytes(1));
  }

  private static String row(ConnectorTool tool) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            tool.name(),
            tool.capability() == null ? "–" : "`" + tool.capability() + "`",
            arguments(tool),
            tool.effect().name().toLowerCase(Locale.ROOT),
            tool.checkedBy() == null ? "–" : "`" + tool.checkedBy() + "`");
  }

  private static String arguments(ConnectorTool tool) {
    List<?> required = (List<?>) tool.inputSchema().getOrDefault("required", List.of());
    var names = new ArrayList<String>();
    for (Object name : required) {
      if (!name.equals("account_id")) {
        names.add("**" + name + "**");
      }
    }
    ((Map<?, ?>) tool.inputSchema().getOrDefault("properties", Map.of()))
        .keySet().stream()
            .filter(name -> !required.contains(name))
            .map(String::valueOf)
            .sorted()
            .forEach(names::add);
    return String.join(", ", names);
  }
}
