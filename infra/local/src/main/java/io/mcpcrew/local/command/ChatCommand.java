package io.mcpcrew.local.command;

import io.mcpcrew.local.command.Client.Reply;
import io.mcpcrew.local.command.Client.Written;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// A customer in the terminal.
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Be a customer of a demo company; an empty line or Ctrl-D ends.",
    footer = {"", "Examples:", "  ./crew chat", "  ./crew chat --account clinica --trace"})
public final class ChatCommand implements CrewCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--account",
      defaultValue = "loja",
      description = "loja or clinica (default: loja).")
  private String account = "loja";

  @Option(names = "--trace", description = "Show the way of each turn.")
  private boolean trace;

  @Override
  public Integer call() throws Exception {
    Client client = Client.of(account);
    System.out.println("You write to " + account + ". An empty line ends.");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    @Nullable Long conversation = null;
    while (true) {
      System.out.print("\nvocê> ");
      System.out.flush();
      String line = in.readLine();
      if (line == null || line.isBlank()) {
        return 0;
      }
      Written written = client.write(conversation, line);
      conversation = written.conversation();
      answer(client, written);
    }
  }

  /// Prints what comes; a second part may follow the first by a moment.
  private void answer(Client client, Written written) throws IOException, InterruptedException {
    Set<Long> shown = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (Reply reply : client.after(written)) {
        if (shown.add(reply.message())) {
          System.out.println((reply.fromPerson() ? "pessoa> " : account + "> ") + reply.text());
          if (trace) {
            trace(client, written, reply);
          }
          deadline = System.nanoTime() + Duration.ofMillis(300).toNanos();
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    if (shown.isEmpty()) {
      System.out.println("(no reply; a person may have the conversation, see ./crew status)");
    }
  }

  private static void trace(Client client, Written written, Reply reply)
      throws IOException, InterruptedException {
    for (int i = 0; i < 20; i++) {
      JsonNode way = client.way(written, reply.message());
      if (way != null) {
        way.path("lines")
            .forEach(line ->
                System.out.printf(
                    "    %s  %-9s %s%n",
                    line.path("at").asString("").replaceAll(".*T|Z", ""),
                    line.path("stage").asString(""),
                    line.path("text").asString("")));
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
