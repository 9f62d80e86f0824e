package io.mcpcrew.local.scenario;

import io.mcpcrew.crew.TurnWork;
import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.crew.playbook.PlaybookWorker;
import io.mcpcrew.crew.playbook.Playbooks;
import io.mcpcrew.crew.playbook.VoiceNotes;
import io.mcpcrew.crew.work.SideBySide;
import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.runtime.settings.YamlDocuments;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plays scenario files.
public final class Scenarios {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ACCOUNTS = "/io/mcpcrew/local/accounts/";
  private static final String BESIDE = "/io/mcpcrew/local/scenario-tools/";

  private final IntentFinder finder = new RuleFinder(Lexicon.builtIn());
  private final TurnWork work;

  public Scenarios(Crews crews, Playbooks playbooks) {
    this.work =
        new TurnWork(
            () -> crews,
            List.of(new VoiceNotes(), new PlaybookWorker(() -> playbooks)),
            new SideBySide(1));
  }

  /// All `*.yaml` files of a folder and those below, or one file.
  ///
  /// @throws IllegalArgumentException naming the file that is no scenario, and why
  public List<Played> playAll(Path path) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<Played> played = new ArrayList<>();
    for (Path file : files) {
      String name =
          path.equals(file) ? file.getFileName().toString() : path.relativize(file).toString();
      played.addAll(play(name, Files.readString(file)));
    }
    return played;
  }

  /// @throws IllegalArgumentException when it is no scenario
  public List<Played> play(String file, String yaml) {
    Scenario scenario = YamlDocuments.read(file, yaml, Scenario.class);
    Tenant tenant = tenant(scenario);
    Map<String, List<Scenario.Answer>> usual = usual(scenario.account());
    return scenario.conversations().stream()
        .map(conversation -> {
          var world =
              new World(
                  List.of(
                      Objects.requireNonNullElse(conversation.tools(), Map.of()),
                      scenario.world(),
                      usual));
          return new Played(
              file + ": " + conversation.name(),
              new Stage(finder, work, tenant, conversation, world).play());
        })
        .toList();
  }

  private record Usual(Map<String, List<Scenario.Answer>> tools) {}

  private static Map<String, List<Scenario.Answer>> usual(String account) {
    return YamlDocuments.read(
            account + ".tools.yaml",
            CheckedYaml.resource(BESIDE + account + ".tools.yaml"),
            Usual.class)
        .tools();
  }

  private static String settings(String account) {
    if (!account.matches("[a-z]+")
        || Scenarios.class.getResource(ACCOUNTS + account + ".json") == null) {
      throw new IllegalArgumentException("there is no demo company " + account);
    }
    return CheckedYaml.resource(ACCOUNTS + account + ".json");
  }

  /// The demo company's settings, with what the file adds.
  private static Tenant tenant(Scenario scenario) {
    ObjectNode document = (ObjectNode) JSON.readTree(settings(scenario.account()));
    document.remove("chatwoot");
    document.remove("odoo");
    document.putNull("chatwoot").putNull("odoo");
    ArrayNode intents = (ArrayNode) document.path("intents");
    for (Scenario.Rule rule : scenario.rules()) {
      ObjectNode added = intents.addObject().put("intent", rule.intent()).put("crew", rule.crew());
      ArrayNode words = added.putArray("any_of");
      rule.anyOf().forEach(words::add);
    }
    ArrayNode answers = (ArrayNode) document.path("answers");
    new TreeMap<>(scenario.words())
        .forEach((intent, text) -> answers.addObject().put("intent", intent).put("text", text));
    return TenantDocuments.parse(new AccountId(scenario.account()), document.toString());
  }
}
