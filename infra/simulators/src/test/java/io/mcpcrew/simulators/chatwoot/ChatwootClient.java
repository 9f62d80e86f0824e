package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A Chatwoot with two accounts, and those who work with the first one.
record ChatwootClient(RunningSimulator chatwoot) {
  static final String USER = "user-token-loja";
  static final String BOT = "bot-token-loja";
  static final String OTHER_USER = "user-token-clinica";
  static final String WEBHOOK_SECRET = "webhook-secret-loja";
  static final String BOT_SECRET = "bot-secret-loja";
  static final int FLOOD = 8;

  /// @param receiver the base of the addresses to which webhooks go
  static RunningSimulator start(String receiver, Map<String, Object> more) {
    Map<String, Object> settings = new TreeMap<>();
    String loja = "simulator.chatwoot.accounts[0].";
    settings.put(loja + "number", 1);
    settings.put(loja + "slug", "loja");
    settings.put(loja + "name", "Casa das Ferramentas");
    settings.put(loja + "user-token", USER);
    settings.put(loja + "webhook-url", receiver + "/account");
    settings.put(loja + "webhook-secret", WEBHOOK_SECRET);
    settings.put(loja + "bot.name", "Atendente virtual");
    settings.put(loja + "bot.token", BOT);
    settings.put(loja + "bot.url", receiver + "/bot");
    settings.put(loja + "bot.secret", BOT_SECRET);
    settings.put(loja + "inboxes[0].id", 1);
    settings.put(loja + "inboxes[0].name", "WhatsApp da loja");
    settings.put(loja + "inboxes[0].channel", "Channel::Whatsapp");
    settings.put(loja + "inboxes[1].id", 2);
    settings.put(loja + "inboxes[1].name", "Integração");
    settings.put(loja + "inboxes[1].channel", "Channel::Api");
    settings.put(loja + "inboxes[2].id", 4);
    settings.put(loja + "inboxes[2].name", "Site sem robô");
    settings.put(loja + "inboxes[2].bot", false);
    settings.put(loja + "inboxes[3].id", 5);
    settings.put(loja + "inboxes[3].name", "Site com robô");
    settings.put(loja + "inboxes[3].channel", "Channel::WebWidget");
    settings.put(loja + "agents[0].id", 1);
    settings.put(loja + "agents[0].name", "Marina Duarte");
    settings.put(loja + "agents[0].email", "marina@casadasferramentas.example");
    settings.put(loja + "agents[0].role", "administrator");
    settings.put(loja + "labels[0]", "orcamento");
    String clinica = "simulator.chatwoot.accounts[1].";
    settings.put(clinica + "number", 2);
    settings.put(clinica + "slug", "clinica");
    settings.put(clinica + "name", "Clínica Vida Plena");
    settings.put(clinica + "user-token", OTHER_USER);
    settings.put(clinica + "inboxes[0].id", 3);
    settings.put(clinica + "inboxes[0].name", "Site da clínica");
    settings.put("simulator.chatwoot.bot-retry-delay", "150ms");
    settings.put("simulator.chatwoot.webhook-timeout", "2s");
    settings.put("simulator.chatwoot.limits.requests-per-minute-per-ip", 0);
    settings.put("simulator.chatwoot.limits.messages-per-conversation-per-minute", FLOOD);
    settings.putAll(more);
    return RunningSimulator.start(settings, ChatwootSimulatorConfiguration.class);
  }

  /// What a customer wrote: the ids of conversation and message.
  record Written(long conversation, long message) {}

  /// A new customer's first message.
  Written customerWrites(String text) {
    return customerWrites("{\"text\": %s}".formatted(quoted(text)), true);
  }

  Written customerWritesIn(long conversation, String text) {
    return customerWrites(
        "{\"conversation\": %d, \"text\": %s}".formatted(conversation, quoted(text)), true);
  }

  Written customerWrites(String body, boolean expected) {
    Answer answer = demo("/messages", body);
    if (expected != (answer.status() == 200)) {
      throw new AssertionError(answer.toString());
    }
    JsonNode sent = answer.json();
    return new Written(sent.get("conversation").asLong(), sent.get("message").asLong());
  }

  private static String quoted(String text) {
    return Answer.JSON.writeValueAsString(text);
  }

  Answer demo(String path, String body) {
    return chatwoot.post("/demo/api/loja" + path, body, "Content-Type", "application/json");
  }

  JsonNode demoConversation(long id) {
    return chatwoot.get("/demo/api/loja/conversations/" + id).json();
  }

  Answer get(String token, String path) {
    return chatwoot.get("/api/v1/accounts/1" + path, "api_access_token", token);
  }

  Answer post(String token, String path, String body) {
    return chatwoot.post(
        "/api/v1/accounts/1" + path,
        body,
        "api_access_token",
        token,
        "Content-Type",
        "application/json");
  }

  Answer reply(String token, long conversation, String body) {
    return post(token, "/conversations/" + conversation + "/messages", body);
  }

  JsonNode messages(long conversation, String query) {
    return get(USER, "/conversations/" + conversation + "/messages" + query).json().get("payload");
  }
}
