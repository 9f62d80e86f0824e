package io.mcpcrew.crew.crews;

import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.crew.files.YamlFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The crews there are, by name: those that come with the program, and the operator's, which stand
/// in for one of the same name.
public final class Crews {
  public static final String CONCIERGE = "concierge";

  private static final CheckedYaml<Crew> YAML =
      new CheckedYaml<>(Crew.class, "/io/mcpcrew/crew/crew.schema.json");
  private static final List<String> SHIPPED =
      List.of(CONCIERGE, "sales", "support", "orders", "billing", "scheduling");

  private final Map<String, Crew> byName;

  private Crews(Map<String, Crew> byName) {
    this.byName = Map.copyOf(byName);
  }

  public static Crews shipped() {
    return new Crews(built());
  }

  /// @param folder of the operator's; null for none
  /// @throws IllegalArgumentException naming the file and the path that is wrong
  public static Crews with(@Nullable Path folder) {
    Map<String, Crew> all = built();
    if (folder != null) {
      new YamlFolder(folder)
          .texts()
          .forEach((file, yaml) -> {
            Crew crew = read(file, yaml);
            all.put(crew.name(), crew);
          });
    }
    return new Crews(all);
  }

  /// @throws IllegalArgumentException naming the file and the path that is wrong
  public static Crew read(String file, String yaml) {
    return YAML.read(file, yaml);
  }

  private static Map<String, Crew> built() {
    Map<String, Crew> all = new LinkedHashMap<>();
    for (String name : SHIPPED) {
      all.put(name, YAML.shipped("/io/mcpcrew/crew/crews/" + name + ".yaml"));
    }
    return all;
  }

  /// The crew that a task names, if it works in the channel; else the concierge, who turns nobody
  /// away.
  public Crew of(String name, String channel) {
    return named(name).filter(crew -> crew.worksIn(channel)).orElseGet(this::concierge);
  }

  public Optional<Crew> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Crew concierge() {
    return Objects.requireNonNull(byName.get(CONCIERGE));
  }

  public Collection<Crew> all() {
    return byName.values();
  }
}
