package io.mcpcrew.crew;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the tests work on: two companies, what their customers want, what tools they have.
public final class Shop {
  public static final AccountId LOJA = new AccountId("loja");
  public static final AccountId CLINICA = new AccountId("clinica");
  public static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");

  private Shop() {}

  /// @param chatwoot the JSON of the account's Chatwoot, or `null`
  public static String document(AccountId account, String chatwoot) {
    return """
    {"name":"Casa %s","language":"pt","timezone":"America/Sao_Paulo","autonomy":"ANSWER",
     "answer_within":"PT6H","chatwoot":%s,"odoo":null,
     "gathering":{"gap":"PT0.1S","longest":"PT1S","most":5},"intents":[],
     "answers":[{"intent":"company.hours","text":"Abrimos das 8h às 18h."}]}
    """
        .formatted(account, chatwoot);
  }

  public static Tenant tenant(AccountId account) {
    return TenantDocuments.parse(account, document(account, "null"));
  }

  public static TurnId id(AccountId account, String conversation, long number) {
    return new TurnId(new ConversationKey(account, conversation), number);
  }

  public static Turn turn(TurnId id, int attempt, String language, Task... tasks) {
    return turn(id, attempt, language, "v1", List.of(), tasks);
  }

  public static Turn turn(
      TurnId id, int attempt, String language, String settings, List<Slot> memory, Task... tasks) {
    return new Turn(
        id,
        attempt,
        List.of(),
        List.of(),
        List.of(),
        List.of(tasks),
        memory,
        "whatsapp",
        "1",
        language,
        Autonomy.ANSWER,
        settings,
        1,
        "contact-1",
        NOON,
        NOON.plusSeconds(60),
        null);
  }

  /// @param entities kind and value in turns
  public static Task task(String intent, String... entities) {
    List<Entity> found = new ArrayList<>();
    for (int i = 0; i < entities.length; i += 2) {
      found.add(new Entity(entities[i], Content.of(entities[i + 1])));
    }
    return new Task(new Intent(intent, 1.0, "rules", "a test says so", "pt"), found, "sales");
  }

  public static Tool tool(String name, @Nullable String capability, EffectClass effect) {
    return new Tool(
        "odoo__" + name,
        name,
        capability,
        name,
        "What " + name + " does",
        "{}",
        null,
        effect,
        null,
        "p");
  }

  public static ToolCatalogue catalogue(
      AccountId account, String connector, String url, boolean ours, Tool... tools) {
    return new ToolCatalogue(account, connector, List.of(url), ours, List.of(tools), false, NOON);
  }

  /// An entry of the log speaks of the turn.
  public static boolean isOf(WorkEvent event, TurnId turn) {
    return switch (event) {
      case Alive _, Gone _ -> false;
      case Claimed e -> e.turn().equals(turn);
      case Step e -> e.turn().equals(turn);
      case Announced e -> e.turn().equals(turn);
      case Concluded e -> e.turn().equals(turn);
      case Fenced e -> e.turn().equals(turn);
    };
  }

  public static Map<String, Object> product(String name, Object price, Object available) {
    boolean inStock = ((Number) available).doubleValue() > 0;
    return Map.of(
        "name",
        name,
        "price",
        price,
        "currency",
        "BRL",
        "available",
        available,
        "in_stock",
        inStock,
        "code",
        "C-" + name.length());
  }
}
