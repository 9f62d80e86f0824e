package io.mcpcrew.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// The accounts that a measurement is made with: enough of them that every partition has work, all
/// with the tool shop's catalogue, none with a pause after a message. Their Chatwoot is a
/// [PostOffice].
public final class BenchCompanies {
  static final int ACCOUNTS = 12;
  static final String QUESTION = "Quanto custa a furadeira de impacto e tem em estoque?";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "only-for-a-measurement-on-this-machine";

  private final Path folder;
  private final Map<String, Object> different;

  public BenchCompanies(Path folder) {
    this(folder, Map.of());
  }

  /// @param different fields of the accounts' settings that are not the usual ones
  public BenchCompanies(Path folder, Map<String, Object> different) {
    this.folder = folder;
    this.different = Map.copyOf(different);
  }

  public static String account(int number) {
    return "bench-" + number % ACCOUNTS;
  }

  /// Writes the accounts' settings.
  ///
  /// @param odooKey the file with the key of the tool shop's database; may be written later
  public Path write(String odooUrl, String chatwootUrl, Path odooKey) throws IOException {
    return write(odooUrl, "loja", chatwootUrl, odooKey);
  }

  /// @param database of the Odoo
  public Path write(String odooUrl, String database, String chatwootUrl, Path odooKey)
      throws IOException {
    Path accounts = folder.resolve("accounts");
    Files.createDirectories(accounts);
    Path secret = folder.resolve("secret");
    Files.writeString(secret, SECRET);
    String reference = "file:" + secret;
    for (int i = 0; i < ACCOUNTS; i++) {
      Map<String, Object> chatwoot = new LinkedHashMap<>();
      chatwoot.put("binding", "chatwoot");
      chatwoot.put("url", chatwootUrl);
      chatwoot.put("account", i + 1);
      for (String name : List.of("bot_token", "user_token", "webhook_secret", "bot_secret")) {
        chatwoot.put(name, reference);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", "Medição " + i);
      document.put("language", "pt");
      document.put("timezone", "America/Sao_Paulo");
      document.put("autonomy", "ANSWER");
      document.put("answer_within", "PT6H");
      document.put("chatwoot", chatwoot);
      document.put(
          "odoo", Map.of("url", odooUrl, "database", database, "api_key", "file:" + odooKey));
      document.put("gathering", Map.of("gap", "PT0S", "longest", "PT1S", "most", 10));
      document.put("intents", List.of());
      document.put("answers", List.of());
      document.putAll(different);
      Files.writeString(accounts.resolve(account(i) + ".json"), JSON.writeValueAsString(document));
    }
    return accounts;
  }

  /// A message of a customer who has not written before, as Chatwoot sends it to an agent bot.
  ///
  /// @param status `pending` is the agent's to answer, `open` a person's
  static byte[] webhook(int number, String status, Instant now) {
    return webhook(number, number + 1, QUESTION, status, now);
  }

  /// @param message its id, which grows within a conversation
  static byte[] webhook(int number, int message, String text, String status, Instant now) {
    Map<String, Object> conversation = new LinkedHashMap<>();
    conversation.put("id", number + 1);
    conversation.put("status", status);
    conversation.put("channel", "Channel::Api");
    conversation.put("can_reply", true);
    conversation.put("labels", List.of());
    conversation.put("updated_at", now.toEpochMilli() / 1000.0);
    Map<String, Object> meta = new LinkedHashMap<>();
    Map<String, Object> sender =
        Map.of(
            "id", number + 1,
            "name", "Cliente " + number,
            "phone_number", "+55119%08d".formatted(number));
    meta.put("sender", sender);
    conversation.put("meta", meta);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", "message_created");
    body.put("id", message);
    body.put("content", text);
    body.put("message_type", "incoming");
    body.put("private", false);
    body.put("content_attributes", Map.of());
    body.put("created_at", now.toString());
    body.put("sender", sender);
    body.put("inbox", Map.of("id", 1, "name", "API"));
    body.put("account", Map.of("id", number % ACCOUNTS + 1, "name", account(number)));
    body.put("conversation", conversation);
    return JSON.writeValueAsBytes(body);
  }

  /// A private note of a person of the company.
  static byte[] note(int number, int message, String text, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", "message_created");
    body.put("id", message);
    body.put("content", text);
    body.put("message_type", "outgoing");
    body.put("private", true);
    body.put("content_attributes", Map.of());
    body.put("created_at", now.toString());
    body.put("sender", Map.of("id", 42, "name", "Maria", "type", "user"));
    body.put("inbox", Map.of("id", 1, "name", "API"));
    body.put("conversation", Map.of("id", number + 1, "channel", "Channel::Api"));
    return JSON.writeValueAsBytes(body);
  }

  static String signature(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
