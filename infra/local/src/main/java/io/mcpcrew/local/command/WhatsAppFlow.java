package io.mcpcrew.local.command;

import io.mcpcrew.local.Running;
import io.mcpcrew.local.command.Client.Reply;
import io.mcpcrew.local.command.Client.Written;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A customer of the tool shop writes on WhatsApp: a question, a search for a product, an order.
/// The story ends well only when the order stands in the shop's Odoo.
public final class WhatsAppFlow {
  private static final String ACCOUNT = "loja";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Pattern ORDER = Pattern.compile("Pedido (S\\d+) confirmado");

  private final Running running;
  private final Client client;
  private final PrintStream out;
  private final Set<Long> told = new HashSet<>();
  private @Nullable Long conversation;

  public WhatsAppFlow(Running running, PrintStream out) {
    this.running = running;
    this.client = new Client(running, ACCOUNT);
    this.out = out;
  }

  /// @return the order's name in Odoo
  /// @throws Failure saying where the story went another way
  public String play() throws IOException, InterruptedException {
    out.println("A customer of Casa das Ferramentas writes on WhatsApp.\n");
    out.println("1. A question, which the shop's settings answer");
    says("Oi! Até que horas vocês atendem?", "18h");
    out.println("2. A search, in the shop's Odoo");
    says("Quais furadeiras de impacto vocês têm?", "Furadeira");
    says("Quanto custa a furadeira de impacto 650 e tem em estoque?", "R$ 289,90");
    out.println("3. An order, written only after a yes to what is shown");
    says("quero 2", "2 x Furadeira de Impacto 650 W");
    says("sim", "Criei o orçamento");
    String last = says("pode confirmar", "confirmado");
    Matcher order = ORDER.matcher(last);
    if (!order.find()) {
      throw new Failure("The last answer names no order: " + last);
    }
    return stands(order.group(1));
  }

  private String says(String text, String expected) throws InterruptedException {
    out.println("   cliente> " + text);
    Written written = client.write(conversation, text);
    conversation = written.conversation();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (Reply reply : client.after(written)) {
        if (told.add(reply.message())) {
          out.println("   loja>    " + reply.text().replace("\n", "\n            "));
        }
      }
      Optional<Reply> answer =
          client.after(written).stream()
              .filter(reply -> told.contains(reply.message()) && reply.text().contains(expected))
              .findFirst();
      if (answer.isPresent()) {
        out.println();
        return answer.get().text();
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new Failure(
        "No answer with \"%s\" within %d s; ./crew why chatwoot-%d says why."
            .formatted(expected, PATIENCE.toSeconds(), written.conversation()));
  }

  /// What the shop's Odoo itself says, asked past the agent.
  private String stands(String name) throws IOException, InterruptedException {
    Path key = Path.of(running.keys()).resolveSibling("secrets").resolve(ACCOUNT + ".odoo-key");
    JsonNode found =
        client.odoo(
            ACCOUNT,
            Files.readString(key).strip(),
            "sale.order",
            Map.of(
                "domain",
                List.of(List.of("name", "=", name)),
                "fields",
                List.of("name", "state", "amount_total")));
    JsonNode order = found.path(0);
    if (!order.path("state").asString("").equals("sale")) {
      throw new Failure("Odoo does not have the order %s as confirmed: %s".formatted(name, found));
    }
    out.printf(
        "Odoo: sale.order %s, state %s, total %s%n",
        order.path("name").asString(""),
        order.path("state").asString(""),
        order.path("amount_total"));
    return name;
  }
}
