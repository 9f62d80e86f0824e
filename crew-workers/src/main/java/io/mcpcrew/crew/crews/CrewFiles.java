package io.mcpcrew.crew.crews;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the operator's own crews and playbooks lie.
///
/// @param crewsFolder YAML files, each a crew; one of a built-in crew's name stands in for it. Read
///   again when they change; empty for none
/// @param playbooksFolder YAML files, each a playbook, in the same way
@ConfigurationProperties("crew")
public record CrewFiles(
    @DefaultValue("") String crewsFolder, @DefaultValue("") String playbooksFolder) {

  public static final CrewFiles NONE = new CrewFiles("", "");

  public Optional<Path> crews() {
    return folder(crewsFolder);
  }

  public Optional<Path> playbooks() {
    return folder(playbooksFolder);
  }

  private static Optional<Path> folder(String path) {
    return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
  }
}
