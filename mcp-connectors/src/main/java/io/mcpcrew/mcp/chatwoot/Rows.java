package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.ToolAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chatwoot's objects as they are told: what is of use, under one name, and what is empty left out
/// where it is a reference.
final class Rows {
  /// What we leave in objects of Chatwoot begins so; nobody is bothered with it.
  static final String OURS = "crew_";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PREVIEW = 200;

  private Rows() {}

  static ToolAnswer told(String line, Map<String, Object> record) {
    return told(line, List.of(record));
  }

  static ToolAnswer told(String line, List<Map<String, Object>> records) {
    return new ToolAnswer.Result(line, Map.of("records", records));
  }

  /// A conversation in a list.
  static Map<String, Object> summary(JsonNode found) {
    Map<String, Object> row = new LinkedHashMap<>();
    JsonNode meta = found.path("meta");
    row.put("id", found.path("id").asLong());
    row.put("status", text(found, "status"));
    row.put("inbox_id", found.path("inbox_id").asLong());
    row.put("channel", text(meta, "channel"));
    row.put("contact", text(meta.path("sender"), "name"));
    putId(row, "contact_id", meta.path("sender"));
    row.putAll(responsible(found));
    row.put("labels", texts(found.path("labels")));
    row.put("priority", text(found, "priority"));
    row.put("unread", found.path("unread_count").asInt(0));
    putTime(row, "last_activity_at", found.path("last_activity_at"));
    String last = text(found.path("last_non_activity_message"), "content");
    row.put("last_message", last.length() > PREVIEW ? last.substring(0, PREVIEW) + "…" : last);
    return row;
  }

  static Map<String, Object> conversation(JsonNode found) {
    Map<String, Object> row = summary(found);
    row.put("can_reply", found.path("can_reply").asBoolean(true));
    row.put("snoozed_until", text(found, "snoozed_until"));
    putTime(row, "waiting_since", found.path("waiting_since"));
    row.put("custom_attributes", attributes(found));
    return row;
  }

  /// Who has the conversation: a person or a bot, and a team.
  static Map<String, Object> responsible(JsonNode found) {
    Map<String, Object> row = new LinkedHashMap<>();
    JsonNode meta = found.path("meta");
    row.put("assignee", text(meta.path("assignee"), "name"));
    row.put("assignee_type", text(meta, "assignee_type"));
    putId(row, "assignee_id", meta.path("assignee"));
    row.put("team", text(meta.path("team"), "name"));
    putId(row, "team_id", meta.path("team"));
    return row;
  }

  static Map<String, Object> message(JsonNode message) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", message.path("id").asLong());
    row.put("from", author(message));
    row.put("name", text(message.path("sender"), "name"));
    row.put("private", message.path("private").asBoolean(false));
    row.put("text", text(message, "content"));
    row.put("files", texts(message.path("attachments"), "data_url"));
    row.put("status", text(message, "status"));
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

  static Map<String, Object> contact(JsonNode contact) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", contact.path("id").asLong());
    row.put("name", text(contact, "name"));
    row.put("email", text(contact, "email"));
    row.put("phone", text(contact, "phone_number"));
    row.put("identifier", text(contact, "identifier"));
    row.put("blocked", contact.path("blocked").asBoolean(false));
    row.put("custom_attributes", attributes(contact));
    return row;
  }

  /// The attributes that the company has given.
  static Map<String, Object> attributes(JsonNode found) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (var attribute : found.path("custom_attributes").properties()) {
      if (!attribute.getKey().startsWith(OURS) && !attribute.getValue().isNull()) {
        given.put(attribute.getKey(), JSON.convertValue(attribute.getValue(), Object.class));
      }
    }
    return given;
  }

  static String text(JsonNode found, String name) {
    return found.path(name).asString("");
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asString("")));
    return texts;
  }

  private static List<String> texts(JsonNode list, String name) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(text(item, name)));
    return texts;
  }

  private static void putId(Map<String, Object> row, String name, JsonNode referred) {
    if (referred.path("id").isNumber()) {
      row.put(name, referred.path("id").asLong());
    }
  }

  /// Chatwoot writes 0 for a time that has not come.
  private static void putTime(Map<String, Object> row, String name, JsonNode seconds) {
    if (seconds.isNumber() && seconds.asLong() > 0) {
      row.put(name, Instant.ofEpochSecond(seconds.asLong()).toString());
    }
  }
}
