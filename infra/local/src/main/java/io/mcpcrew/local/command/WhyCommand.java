package io.mcpcrew.local.command;

import io.mcpcrew.schemas.ConversationKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Why a message was written, in ten lines: the same timeline as the page's, and where the
/// conversation stands now.
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the way of a conversation's newest turn, or of a message's: received, gathered, understood,",
      "worked, released, posted. A message is the customer's or ours, by its number in Chatwoot."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew why 7",
      "  ./crew why 7 23",
      "  ./crew why clinica/chatwoot-7 --all"
    })
public final class WhyCommand implements CrewCommand {
  @Parameters(index = "0", description = "7, chatwoot-7 or loja/chatwoot-7.")
  private String conversation = "";

  @Parameters(index = "1", arity = "0..1", description = "A message's number.")
  private @Nullable Long message;

  @Option(
      names = "--account",
      defaultValue = "loja",
      description = "loja or clinica (default: loja).")
  private String account = "loja";

  @Option(names = "--all", description = "Every line instead of ten.")
  private boolean all;

  @Option(names = "--json", description = "Print the timeline and the present state as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ConversationKey key = Log.conversation(account, conversation);
    Client client = Client.of(key.account().value());
    JsonNode way = client.way(key.conversation(), message);
    List<WayInTen.Line> lines = lines(way);
    if (lines.isEmpty()) {
      throw new Failure(
          message == null
              ? "Nothing is told of conversation %s.".formatted(key)
              : "Nothing is told of message %d in %s.".formatted(message, key));
    }
    JsonNode present = client.present(key.conversation());
    if (json) {
      var tree = Client.JSON.createObjectNode();
      tree.set("way", way);
      tree.set("present", present);
      System.out.println(Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
      return 0;
    }
    List<WayInTen.Line> shown = message == null ? WayInTen.newest(lines) : lines;
    System.out.println(title(key, shown));
    (all ? WayInTen.all(shown) : WayInTen.of(shown)).forEach(System.out::println);
    if (present != null) {
      System.out.printf(
          "      now  %-10s %s%n",
          present.path("phase").asString(""), present.path("doing").asString(""));
    }
    return 0;
  }

  private static String title(ConversationKey key, List<WayInTen.Line> lines) {
    String turn = lines.getLast().turn();
    return "%s, from %s".formatted(turn == null ? key : turn, lines.getFirst().at());
  }

  private static List<WayInTen.Line> lines(@Nullable JsonNode way) {
    List<WayInTen.Line> lines = new ArrayList<>();
    if (way != null) {
      way.path("lines")
          .forEach(line ->
              lines.add(
                  new WayInTen.Line(
                      line.path("stage").asString(""),
                      line.path("text").asString(""),
                      Instant.parse(line.path("at").asString()),
                      line.path("turn").asString(null))));
    }
    return lines;
  }
}
