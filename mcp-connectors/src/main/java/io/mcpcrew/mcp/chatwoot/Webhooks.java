package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Where Chatwoot tells others what happens. Whoever can name an address here can have every
/// conversation sent there, so only hosts that the operator names can be written to: neither does a
/// model that was talked into it send data elsewhere, nor is the platform's own webhook touched.
final class Webhooks {
  private static final String CHECK = "list_webhooks";
  private static final String FIELDS = "id, name, url, events";
  private static final int MOST = 20;

  private final ChatwootApi api;
  private final Keys keys;
  private final ChatwootSettings settings;

  Webhooks(ChatwootApi api, Keys keys, ChatwootSettings settings) {
    this.api = api;
    this.keys = keys;
    this.settings = settings;
  }

  List<ConnectorTool> tools() {
    var list =
        ConnectorTool.read(
            CHECK,
            "List webhooks",
            "The addresses to which Chatwoot sends what happens in the account.",
            "webhook.list",
            JsonSchema.arguments(),
            JsonSchema.result().objects("records", FIELDS),
            ChatwootCall.answering(call -> {
              List<Map<String, Object>> rows = all(call).stream().map(Webhooks::row).toList();
              return Rows.told(rows.size() + " found", rows);
            }));
    return settings.webhookHosts().isEmpty()
        ? List.of(list)
        : List.of(list, create(), update(), delete());
  }

  /// Whether the user whose token the account has may see them.
  boolean isAllowed(ChatwootCall call) throws IOException, InterruptedException {
    try {
      var _ = all(call);
      return true;
    } catch (ChatwootApi.Refusal refusal) {
      if (refusal.isNotAllowed()) {
        return false;
      }
      throw refusal;
    }
  }

  private ConnectorTool create() {
    return ConnectorTool.checkable(
        "create_webhook",
        "Create a webhook",
        "Has Chatwoot send events to an address of ours. An address can have one webhook only.",
        "webhook.create",
        CHECK,
        events(JsonSchema.writeArguments().required("url", "string", "The address."))
            .optional("name", "string", "What people call it."),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.once(keys, "create_webhook", this::created, this::createdBefore));
  }

  private ConnectorTool update() {
    return ConnectorTool.checkable(
        "update_webhook",
        "Change a webhook",
        "Sets which events go to a webhook's address.",
        "webhook.update",
        CHECK,
        events(one()),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.once(keys, "update_webhook", this::updated, this::current));
  }

  private ConnectorTool delete() {
    return ConnectorTool.checkable(
            "delete_webhook",
            "Delete a webhook",
            "Has Chatwoot send nothing to a webhook's address any more. What happens meanwhile is not sent later.",
            "webhook.delete",
            CHECK,
            one(),
            JsonSchema.result().objects("records", "id"),
            ChatwootCall.once(keys, "delete_webhook", this::deleted, Webhooks::gone))
        .destructive();
  }

  private static JsonSchema one() {
    return JsonSchema.writeArguments().required("webhook_id", "integer", "From list_webhooks.");
  }

  private static JsonSchema events(JsonSchema schema) {
    return schema.texts(
        "events", "Such as `message_created`, `conversation_updated`; all if left out.");
  }

  private List<JsonNode> all(ChatwootCall call) throws IOException, InterruptedException {
    JsonNode found = api.get(call, "/webhooks").path("payload").path("webhooks");
    if (!found.isArray()) {
      throw new IOException("Chatwoot's answer is not what was asked for");
    }
    var webhooks = new ArrayList<JsonNode>();
    found.forEach(webhooks::add);
    return webhooks;
  }

  /// Its secret stays where it is.
  private static Map<String, Object> row(JsonNode webhook) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", webhook.path("id").asLong());
    row.put("name", Rows.text(webhook, "name"));
    row.put("url", Rows.text(webhook, "url"));
    row.put("events", Rows.texts(webhook.path("subscriptions")));
    return row;
  }

  private static ToolAnswer told(String line, JsonNode webhook) {
    return Rows.told(line, row(webhook));
  }

  private String allowed(String address) {
    String host;
    try {
      host = Optional.ofNullable(URI.create(address).getHost()).orElse("");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("url must be an address such as https://host/path", e);
    }
    if (!settings.webhookHosts().contains(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "webhooks may only go to %s; an operator can allow more"
              .formatted(String.join(", ", settings.webhookHosts())));
    }
    return address;
  }

  private Map<String, Object> body(ChatwootCall call) {
    List<?> events = call.arguments().list("events");
    if (events.size() > MOST) {
      throw new IllegalArgumentException("events must hold %d at most".formatted(MOST));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    if (!events.isEmpty()) {
      body.put("subscriptions", events.stream().map(String::valueOf).toList());
    }
    call.arguments().optionalText("name").ifPresent(name -> body.put("name", name));
    return body;
  }

  private ToolAnswer created(ChatwootCall call) throws IOException, InterruptedException {
    Map<String, Object> body = body(call);
    body.put("url", allowed(call.arguments().text("url")));
    if (at(call).isPresent()) {
      return createdBefore(call);
    }
    JsonNode made = api.postAsUser(call, "/webhooks", body).path("payload").path("webhook");
    return told("webhook created", ChatwootApi.part(made, ""));
  }

  private Optional<JsonNode> at(ChatwootCall call) throws IOException, InterruptedException {
    String url = call.arguments().text("url");
    return all(call).stream().filter(webhook -> Rows.text(webhook, "url").equals(url)).findFirst();
  }

  private ToolAnswer createdBefore(ChatwootCall call) throws IOException, InterruptedException {
    return at(call)
        .map(webhook -> told("there is a webhook to this address already", webhook))
        .orElseGet(() -> new ToolAnswer.Refused("the webhook of this key has been deleted"));
  }

  private JsonNode ours(ChatwootCall call) throws IOException, InterruptedException {
    long id = call.arguments().id("webhook_id");
    JsonNode found =
        all(call).stream()
            .filter(webhook -> webhook.path("id").asLong() == id)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no webhook " + id));
    allowed(Rows.text(found, "url"));
    return found;
  }

  private ToolAnswer current(ChatwootCall call) throws IOException, InterruptedException {
    return told("webhook as it is", ours(call));
  }

  private ToolAnswer updated(ChatwootCall call) throws IOException, InterruptedException {
    JsonNode webhook = ours(call);
    String path = "/webhooks/" + webhook.path("id").asLong();
    JsonNode after = api.putAsUser(call, path, body(call)).path("payload").path("webhook");
    return told("webhook changed", ChatwootApi.part(after, ""));
  }

  private ToolAnswer deleted(ChatwootCall call) throws IOException, InterruptedException {
    api.deleteAsUser(call, "/webhooks/" + ours(call).path("id").asLong());
    return gone(call);
  }

  private static ToolAnswer gone(ChatwootCall call) {
    return Rows.told("webhook deleted", Map.of("id", call.arguments().id("webhook_id")));
  }
}
