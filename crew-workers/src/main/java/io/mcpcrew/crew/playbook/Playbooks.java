package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.crew.files.YamlFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The playbooks there are, by the intent that they answer: those that come with the program, and
/// the operator's, which stand in for one of the same name and come first for the same intent.
public final class Playbooks {
  private static final String FOLDER = "/io/mcpcrew/crew/playbooks/";
  private static final List<String> SHIPPED =
      List.of(
          "product-info",
          "order-status",
          "quotation",
          "order-cancel",
          "invoices",
          "company-info",
          "visit",
          "complaint",
          "greeting",
          "thanks",
          "concierge");

  private final Map<String, Playbook> byName;
  private final Map<String, Playbook> byIntent = new HashMap<>();

  private Playbooks(Map<String, Playbook> byName) {
    this.byName = Map.copyOf(byName);
    byName.values().forEach(p -> p.intents().forEach(intent -> byIntent.put(intent, p)));
  }

  public static Playbooks shipped() {
    return with(null);
  }

  /// @param folder of the operator's; null for none
  /// @throws IllegalArgumentException naming the file and the path that is wrong
  public static Playbooks with(@Nullable Path folder) {
    Map<String, Playbook> all = new LinkedHashMap<>();
    for (String name : SHIPPED) {
      String file = name + ".yaml";
      all.put(name, PlaybookReader.read(file, CheckedYaml.resource(FOLDER + file)));
    }
    if (folder != null) {
      new YamlFolder(folder).texts().forEach((file, yaml) -> add(all, read(file, yaml)));
    }
    return new Playbooks(all);
  }

  private static void add(Map<String, Playbook> all, Playbook playbook) {
    all.remove(playbook.name());
    all.put(playbook.name(), playbook);
  }

  /// @throws IllegalArgumentException naming the file and the path that is wrong
  public static Playbook read(String file, String yaml) {
    return PlaybookReader.read(file, yaml);
  }

  public Optional<Playbook> of(String intent) {
    return Optional.ofNullable(byIntent.get(intent));
  }

  public Optional<Playbook> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Playbook> all() {
    return byName.values();
  }
}
