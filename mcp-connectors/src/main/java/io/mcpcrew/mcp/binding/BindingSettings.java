package io.mcpcrew.mcp.binding;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where other systems are bound.
///
/// @param folder YAML files, each a foreign MCP server whose tools stand in for capabilities; read
///   when the connectors start; empty for none
@ConfigurationProperties("connectors.bindings")
public record BindingSettings(@DefaultValue("") String folder) {
  /// The name of the only setting.
  public static final String FOLDER = "connectors.bindings.folder";

  public static final BindingSettings NONE = new BindingSettings("");

  Optional<Path> path() {
    return folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder));
  }
}
