package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.crew.files.YamlFolder;
import io.mcpcrew.crew.playbook.Playbook.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
          "about-us",
          "concierge");

  private final Map<String, Playbook> byName;
  private final Map<String, Playbook> byIntent = new HashMap<>();

  private Playbooks(Map<String, Playbook> byName) {
    this.byName = Map.copyOf(byName);
    byName.values().forEach(p -> p.intents().forEach(intent -> byIntent.put(intent, p)));
    byName.values().forEach(this::check);
    byName.values().forEach(playbook -> checkEnds(playbook, List.of()));
  }

  /// One that goes on with another at once, and so back to itself, would never say anything.
  private void checkEnds(Playbook playbook, List<String> before) {
    List<String> names = new ArrayList<>(before);
    names.add(playbook.name());
    for (Step step : playbook.allSteps()) {
      if (step instanceof Step.Play play && play.offer() == null) {
        if (names.contains(play.playbook())) {
          throw wrong(playbook, play, "/play", play.playbook() + " goes on with this one");
        }
        checkEnds(Objects.requireNonNull(byName.get(play.playbook())), names);
      }
    }
  }

  /// A playbook of ours may go on with one of the operator's, which has slots of its own: it is
  /// told what it has a slot for.
  private void check(Playbook playbook) {
    for (Step step : playbook.allSteps()) {
      if (step instanceof Step.Play play) {
        Playbook other = byName.get(play.playbook());
        if (other == null) {
          throw wrong(playbook, play, "/play", "there is no playbook " + play.playbook());
        }
        for (String slot : play.with().keySet()) {
          if (!other.slots().containsKey(slot) && !SHIPPED.contains(playbook.name())) {
            throw wrong(playbook, play, "/with", "%s has no slot %s".formatted(other.name(), slot));
          }
        }
      }
    }
  }

  private static IllegalArgumentException wrong(
      Playbook playbook, Step play, String where, String what) {
    return new IllegalArgumentException(
        "playbook %s is wrong at %s%s: %s".formatted(playbook.name(), play.path(), where, what));
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

  /// The one that names the intent; else the one that names the most of how it begins.
  public Optional<Playbook> of(String intent) {
    Playbook found = byIntent.get(intent);
    int point = intent.lastIndexOf('.');
    while (found == null && point > 0) {
      found = byIntent.get(intent.substring(0, point) + Playbook.EVERY);
      point = intent.lastIndexOf('.', point - 1);
    }
    return Optional.ofNullable(found);
  }

  public Optional<Playbook> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Playbook> all() {
    return byName.values();
  }
}
