package io.mcpcrew.local.command;

import io.mcpcrew.local.command.Client.Reply;
import io.mcpcrew.local.command.Client.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Sends one message as a customer and prints the reply.
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Sends one message to a demo company and prints the reply.",
    footer = {
      "",
      "Examples:",
      "  ./crew send \"Quanto custa a furadeira e tem em estoque?\"",
      "  ./crew send --account clinica --json \"Qual o horário de funcionamento?\"",
      "  ./crew send --from-file payload.json --explain"
    })
public final class SendCommand implements CrewCommand {
  @Parameters(index = "0", arity = "0..1", description = "What the customer writes.")
  private @Nullable String text;

  @Option(
      names = "--account",
      defaultValue = "loja",
      description = "loja or clinica (default: loja).")
  private String account = "loja";

  @Option(names = "--conversation", description = "Go on in this conversation.")
  private @Nullable Long conversation;

  @Option(names = "--json", description = "Print conversation, turn, reply and times as JSON.")
  private boolean json;

  @Option(names = "--timeout", defaultValue = "30", description = "Seconds to wait (default: 30).")
  private int timeout;

  @Option(names = "--from-file", description = "A webhook's body instead of a text.")
  private @Nullable Path file;

  @Option(
      names = "--explain",
      description = "Show what the edge makes of the webhook; nothing is sent.")
  private boolean explain;

  @Override
  public Integer call() throws Exception {
    if (explain || file != null) {
      return explained();
    }
    if (text == null || text.isBlank()) {
      throw new Failure("Say what the customer writes: ./crew send \"Quanto custa a furadeira?\"");
    }
    Client client = Client.of(account);
    long began = System.nanoTime();
    Written written = client.write(conversation, text);
    List<Reply> replies = await(client, written);
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    if (replies.isEmpty()) {
      throw new Failure("No reply within %d s; ./crew status says what works.".formatted(timeout));
    }
    print(client, written, replies.getFirst(), millis);
    return 0;
  }

  private List<Reply> await(Client client, Written written)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
    while (System.nanoTime() < deadline) {
      List<Reply> replies = client.after(written);
      if (!replies.isEmpty()) {
        return replies;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return List.of();
  }

  private void print(Client client, Written written, Reply reply, long millis)
      throws IOException, InterruptedException {
    if (!json) {
      System.out.println(reply.text());
      return;
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("account", account);
    answer.put("conversation", written.conversation());
    answer.put("message", written.message());
    answer.put("turn", turn(client, written, reply));
    answer.put("reply", reply.text());
    answer.put("reply_message", reply.message());
    answer.put("replied_at", reply.at().toString());
    answer.put("millis", millis);
    System.out.println(Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
  }

  /// The timeline follows the reply by a moment.
  private static @Nullable String turn(Client client, Written written, Reply reply)
      throws IOException, InterruptedException {
    for (int i = 0; i < 40; i++) {
      JsonNode way = client.way(written, reply.message());
      if (way != null) {
        return way.path("turn").asString(null);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return null;
  }

  private Integer explained() throws IOException, InterruptedException {
    if (file == null || !explain) {
      throw new Failure(
          "--from-file and --explain belong together: ./crew send --from-file payload.json --explain");
    }
    if (!Files.isReadable(file)) {
      throw new Failure("There is no file " + file + " to read.");
    }
    var answer = Client.of(account).explain(Files.readString(file));
    System.out.println(
        Client.JSON
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Client.JSON.readTree(answer.body())));
    return answer.statusCode() == 200 ? 0 : 1;
  }
}
