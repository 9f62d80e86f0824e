package io.mcpcrew.local.scaffold;

import io.mcpcrew.crew.files.CheckedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// A crew, or a playbook with a conversation that it passes at once, for somebody to make their
/// own.
public final class NewCrewFiles {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,19}");
  private static final String TEMPLATES = "/io/mcpcrew/local/scaffold/";

  private final Path root;
  private final String name;

  /// @throws IllegalArgumentException with a sentence for the person who has typed the name
  public NewCrewFiles(Path root, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A name is a word of 2 to 20 lower case letters and digits, such as frete; \"%s\" is not."
              .formatted(name));
    }
    this.root = root;
    this.name = name;
  }

  /// @return what was written, relative to the checkout
  public List<String> crew() throws IOException {
    return write(Map.of("crews/" + name + ".yaml", "crew.yaml"));
  }

  /// @return what was written, relative to the checkout
  public List<String> playbook() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("playbooks/" + name + ".yaml", "playbook.yaml");
    files.put("scenarios/" + name + ".yaml", "scenario.yaml");
    return write(files);
  }

  private List<String> write(Map<String, String> files) throws IOException {
    for (String file : files.keySet()) {
      if (Files.exists(root.resolve(file))) {
        throw new IllegalArgumentException(
            "There is a %s already; choose another name.".formatted(file));
      }
    }
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(
          path, CheckedYaml.resource(TEMPLATES + file.getValue()).replace("xnamex", name));
    }
    return List.copyOf(files.keySet());
  }
}
