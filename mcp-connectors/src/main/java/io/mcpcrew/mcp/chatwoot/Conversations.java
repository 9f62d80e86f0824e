package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// What is asked of and said in conversations.
final class Conversations {
  /// The key of a post, as the platform's own publisher writes it: Chatwoot gives it back.
  private static final String KEY = "crew_reply_key";

  private final ChatwootApi api;

  Conversations(ChatwootApi api) {
    this.api = api;
  }

  private static Tenant.Chatwoot chatwoot(ToolCall call) {
    return Objects.requireNonNull(call.tenant().document().chatwoot(), "admission has checked it");
  }

  private static String path(ToolCall call) {
    return "/conversations/" + call.arguments().id("conversation_id");
  }

  ToolAnswer get(ToolCall call) throws IOException, InterruptedException {
    JsonNode found = api.get(chatwoot(call), path(call), call.left());
    Map<String, Object> conversation = new LinkedHashMap<>();
    conversation.put("id", found.path("id").asLong());
    conversation.put("status", found.path("status").asString(""));
    conversation.put("inbox_id", found.path("inbox_id").asLong());
    conversation.put("channel", found.path("meta").path("channel").asString(""));
    conversation.put("assignee", found.path("meta").path("assignee").path("name").asString(""));
    conversation.put("contact", found.path("meta").path("sender").path("name").asString(""));
    List<String> labels = new ArrayList<>();
    found.path("labels").forEach(label -> labels.add(label.asString("")));
    conversation.put("labels", labels);
    return result("the conversation", List.of(conversation));
  }

  ToolAnswer messages(ToolCall call) throws IOException, InterruptedException {
    int before = call.arguments().number("before", 0, 0, Integer.MAX_VALUE);
    int limit = call.arguments().number("limit", 20, 1, 20);
    List<Map<String, Object>> messages = new ArrayList<>();
    for (JsonNode message : page(call, before > 0 ? "?before=" + before : "")) {
      messages.add(message(message));
    }
    List<Map<String, Object>> newest =
        messages.subList(Math.max(0, messages.size() - limit), messages.size());
    return result(newest.size() + " messages", newest);
  }

  private JsonNode page(ToolCall call, String query) throws IOException, InterruptedException {
    return api.get(chatwoot(call), path(call) + "/messages" + query, call.left()).path("payload");
  }

  private static Map<String, Object> message(JsonNode message) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", message.path("id").asLong());
    row.put("from", author(message));
    row.put("private", message.path("private").asBoolean(false));
    row.put("text", message.path("content").asString(""));
    row.put("at", message.path("created_at").asLong());
    return row;
  }

  private static String author(JsonNode message) {
    return switch (message.path("message_type").asInt(-1)) {
      case 0 -> "customer";
      case 1 -> "agent";
      case 3 -> "template";
      default -> "system";
    };
  }

  ToolAnswer contacts(ToolCall call) throws IOException, InterruptedException {
    String query = URLEncoder.encode(call.arguments().text("query"), StandardCharsets.UTF_8);
    int limit = call.arguments().number("limit", 5, 1, 15);
    JsonNode found = api.get(chatwoot(call), "/contacts/search?q=" + query, call.left());
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (JsonNode contact : found.path("payload")) {
      if (contacts.size() < limit) {
        contacts.add(contact(contact));
      }
    }
    return result(contacts.size() + " contacts", contacts);
  }

  private static Map<String, Object> contact(JsonNode contact) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", contact.path("id").asLong());
    row.put("name", contact.path("name").asString(""));
    row.put("email", contact.path("email").asString(""));
    row.put("phone", contact.path("phone_number").asString(""));
    return row;
  }

  /// Looks before it posts: a message with this key may be there from a call whose answer was lost.
  ToolAnswer reply(ToolCall call) throws IOException, InterruptedException {
    Arguments arguments = call.arguments();
    String key = arguments.text("idempotency_key");
    for (JsonNode message : page(call, "")) {
      if (key.equals(message.path("content_attributes").path(KEY).asString(""))) {
        return result("it was posted already", List.of(Map.of("id", message.path("id").asLong())));
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("content", withoutLiquid(arguments.text("text")));
    body.put("message_type", "outgoing");
    body.put("private", arguments.flag("private"));
    body.put("content_attributes", Map.of(KEY, key));
    JsonNode posted = api.post(chatwoot(call), path(call) + "/messages", body, call.left());
    return result("posted", List.of(Map.of("id", posted.path("id").asLong())));
  }

  /// Chatwoot renders Liquid in what is sent; a customer must read what was written.
  private static String withoutLiquid(String text) {
    return text.replace("{{", "{\u200b{").replace("{%", "{\u200b%");
  }

  private static ToolAnswer result(String text, List<Map<String, Object>> records) {
    return new ToolAnswer.Result(text, Map.of("records", records));
  }
}
