package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.scenario.Retelling;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a scenario of a conversation in the log, so that what was said rightly, or was corrected
/// by a person, is tried with every change. It only reads the log.
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a conversation of the log as a scenario file: its messages, what tools answered, and what",
      "is expected: what the agent did, or what a person corrected it to with /corrigir."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew scenario 7",
      "  ./crew scenario loja/chatwoot-7 --into scenarios/corrected",
      "  ./crew test-crew scenarios"
    })
public final class ScenarioCommand implements CrewCommand {
  @Parameters(index = "0", description = "7, chatwoot-7 or loja/chatwoot-7.")
  private String conversation = "";

  @Option(
      names = "--account",
      defaultValue = "loja",
      description = "Whose conversation it is (default: ${DEFAULT-VALUE}).")
  private String account = "loja";

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "scenarios",
      description = "Where the file is written (default: ${DEFAULT-VALUE}).")
  private Path into = Path.of("scenarios");

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Another log than that of the platform that runs on this folder.")
  private @Nullable String kafka;

  @Override
  public Integer call() throws IOException {
    ConversationKey key = Log.conversation(account, conversation);
    Retelling.Recorded recorded;
    try (var log = Log.open(kafka)) {
      recorded = read(log, key);
    }
    String yaml =
        Retelling.of(recorded)
            .orElseThrow(() -> new Failure("The log knows no turn of %s.".formatted(key)));
    Path folder = Home.ofProcess().root().resolve(into);
    Path file = folder.resolve("%s-%s.yaml".formatted(key.account(), key.conversation()));
    if (Files.exists(file)) {
      throw new Failure("There is a %s already; it is not written over.".formatted(file));
    }
    Files.createDirectories(folder);
    Files.writeString(file, yaml);
    System.out.printf("%s%n%nTry it: ./crew test-crew %s%n", file, into);
    return 0;
  }

  private static Retelling.Recorded read(LogReader log, ConversationKey key) {
    List<Turn> turns = new ArrayList<>();
    each(log, Topics.TURNS, key.toString(), key.toString(), turns::add);
    each(log, Topics.TURNS_URGENT, key.toString(), key.toString(), turns::add);
    List<Step> steps = new ArrayList<>();
    Map<TurnId, Concluded> ends = new HashMap<>();
    String ofAccount = key.account() + "/";
    each(
        log,
        Topics.WORK,
        ofAccount,
        key.toString(),
        (Work work) -> {
          switch (work.event()) {
            case Step step -> steps.add(step);
            case Concluded end -> ends.put(end.turn(), end);
            default -> {}
          }
        });
    List<ConversationEvent> people = new ArrayList<>();
    each(log, Topics.MESSAGES, ofAccount, key.toString(), people::add);
    Map<String, Tool> tools = new HashMap<>();
    each(
        log,
        Topics.TOOLS,
        ofAccount,
        ofAccount,
        (ToolCatalogue catalogue) -> catalogue.tools().forEach(t -> tools.put(t.name(), t)));
    return new Retelling.Recorded(key, turns, steps, ends, people, tools);
  }

  /// What lies in a partition under a key, or under keys that begin so; what cannot be read was not
  /// heard then either.
  private static <T> void each(
      LogReader log, Topic<T> topic, String placed, String beginning, Consumer<T> reader) {
    CrewSerde<T> serde = topic.serde();
    boolean whole = !beginning.endsWith("/");
    log.scan(
        topic,
        log.partition(topic, placed),
        entry -> {
          boolean wanted =
              whole ? entry.key().equals(beginning) : entry.key().startsWith(beginning);
          if (!wanted || entry.value() == null) {
            return;
          }
          try {
            reader.accept(serde.fromBytes(entry.value(), null));
          } catch (WireFailure unreadable) {
            // Told by what is parked.
          }
        });
  }
}
