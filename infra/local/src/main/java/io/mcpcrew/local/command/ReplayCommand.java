package io.mcpcrew.local.command;

import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.replay.OtherRules;
import io.mcpcrew.intent.replay.RecordedLog;
import io.mcpcrew.intent.replay.Replay;
import io.mcpcrew.intent.replay.Replay.Repeated;
import io.mcpcrew.schemas.ConversationKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a conversation's recorded transitions through the state machine again. It only reads: what
/// it holds of the log has no producer and no group.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Repeats a recorded conversation, step by step, and says whether every step comes to the same",
      "hash. It cannot write. Exit code 1 when a step comes out otherwise or cannot be repeated."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew replay 7",
      "  ./crew replay 7 --step",
      "  ./crew replay loja/chatwoot-7 --from 12 --json",
      "  ./crew replay 7 --with rules.yaml",
      "",
      "rules.yaml holds what is to be otherwise of the account's settings, and limits:",
      "  gathering: {gap: PT2S}",
      "  limits: {deadline: PT30S}"
    })
public final class ReplayCommand implements CrewCommand {
  @Parameters(index = "0", description = "7, chatwoot-7 or loja/chatwoot-7.")
  private String conversation = "";

  @Option(
      names = "--account",
      defaultValue = "loja",
      description = "Whose conversation it is (default: ${DEFAULT-VALUE}).")
  private String account = "loja";

  @Option(names = "--from", defaultValue = "1", description = "Show steps from this one on.")
  private int from = 1;

  @Option(
      names = "--step",
      description = "One step at a time, with the state before and after; Enter goes on, q ends.")
  private boolean step;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "Show what would have been decided otherwise by these rules.")
  private @Nullable Path with;

  @Option(names = "--json", description = "Print steps with their states as JSON.")
  private boolean json;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Another log than that of the platform that runs on this folder.")
  private @Nullable String kafka;

  @Override
  public Integer call() throws IOException {
    ConversationKey key = Log.conversation(account, conversation);
    OtherRules other = with == null ? null : read(with);
    RecordedLog.Conversation recorded;
    try (var log = Log.open(kafka)) {
      recorded = new RecordedLog(log).read(key);
    }
    if (recorded.steps().isEmpty()) {
      throw new Failure("The log knows no conversation %s.".formatted(key));
    }
    var finder = new RuleFinder(Lexicon.builtIn());
    List<Repeated> steps = Replay.of(recorded.steps(), t -> recorded.rules(t, finder));
    var told = new ReplayTold(recorded, finder.revision(), other);
    if (json) {
      System.out.println(
          Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(told.asTree(steps)));
    } else {
      print(told, steps);
    }
    return told.isSame(steps) ? 0 : 1;
  }

  private void print(ReplayTold told, List<Repeated> steps) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (int i = Math.max(1, from) - 1; i < steps.size(); i++) {
      told.line(steps.get(i), i + 1, step).forEach(System.out::println);
      if (step && i + 1 < steps.size()) {
        System.out.print("-- Enter: next step, q: end -- ");
        System.out.flush();
        String typed = in.readLine();
        if (typed == null || typed.strip().equals("q")) {
          break;
        }
      }
    }
    System.out.println();
    told.summary(steps).forEach(System.out::println);
  }

  private static OtherRules read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Failure("There is no file " + file + " to read.");
    }
    try {
      return OtherRules.read(file.toString(), Files.readString(file));
    } catch (IllegalArgumentException wrong) {
      throw new Failure(String.valueOf(wrong.getMessage()));
    }
  }
}
