package io.mcpcrew.mcp.binding;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The operator's folder of bindings. A file that is wrong keeps the connectors from starting, and
/// says why: a crew would otherwise find out in front of a customer.
public final class BindingFiles {
  private BindingFiles() {}

  /// @param shown tools that show what the capabilities are
  /// @param taken names of connectors that are there already
  /// @throws IllegalArgumentException naming the file and what is wrong in it
  public static List<BoundConnector> connectors(
      GuardedHttp http, BindingSettings settings, List<ConnectorTool> shown, Set<String> taken) {
    Map<String, Capability> capabilities = Capability.all(shown);
    Set<String> names = new HashSet<>(taken);
    List<BoundConnector> connectors = new ArrayList<>();
    for (Path file : files(settings)) {
      Binding binding = BindingReader.read(title(file), text(file), capabilities);
      if (!names.add(binding.name())) {
        throw new IllegalArgumentException(
            "%s cannot be used: there is a connector %s already"
                .formatted(title(file), binding.name()));
      }
      connectors.add(new BoundConnector(http, binding));
    }
    return connectors;
  }

  /// The names of the connectors that a folder makes, for who tells others where they are.
  public static List<String> names(BindingSettings settings) {
    return files(settings).stream()
        .map(file -> BindingReader.nameIn(title(file), text(file)))
        .toList();
  }

  private static String title(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the order of their names; none while the folder is not there.
  private static List<Path> files(BindingSettings settings) {
    Path folder = settings.path().orElse(null);
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
