package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Finds conversations and tells their state.
final class Conversations {
  static final String CHECK = "get_conversation";
  static final List<String> STATUSES = List.of("open", "pending", "snoozed", "resolved");

  private static final int PER_PAGE = 25;

  private final ChatwootApi api;

  Conversations(ChatwootApi api) {
    this.api = api;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            CHECK,
            "Get a conversation",
            "Tells a conversation's state: status, inbox, contact, who it is assigned to, team, labels, priority, custom attributes.",
            "conversation.get",
            argument(JsonSchema.arguments()),
            JsonSchema.result()
                .objects(
                    "records",
                    "id, status, inbox_id, channel, contact, contact_id, assignee, assignee_type, assignee_id, team, team_id, labels, priority, unread, last_activity_at, last_message, can_reply, snoozed_until, waiting_since, custom_attributes"),
            ChatwootCall.answering(this::get)),
        ConnectorTool.read(
            "list_conversations",
            "List conversations",
            "Lists conversations, those with the latest activity first, 25 on a page. Without a status only open ones.",
            "conversation.list",
            listArguments(),
            JsonSchema.result()
                .objects(
                    "records",
                    "id, status, inbox_id, channel, contact, contact_id, assignee, assignee_type, assignee_id, team, team_id, labels, priority, unread, last_activity_at, last_message")
                .required("more", "boolean", "Whether the next page may hold further ones."),
            ChatwootCall.answering(this::list)));
  }

  /// Every tool for one conversation names it so.
  static JsonSchema argument(JsonSchema schema) {
    return schema.required(
        "conversation_id", "integer", "The conversation's number in the account.");
  }

  private static JsonSchema listArguments() {
    return JsonSchema.arguments()
        .property(
            "status",
            JsonSchema.oneOf(
                List.of("open", "pending", "snoozed", "resolved", "all"),
                "Pending ones are with the bot. Default open."))
        .property(
            "assigned",
            JsonSchema.oneOf(
                List.of("anybody", "nobody", "all"),
                "Whether somebody must have it, or nobody. Default all."))
        .optional("inbox_id", "integer", "Only of this inbox; list_inboxes tells them.")
        .optional("team_id", "integer", "Only of this team; list_teams tells them.")
        .texts("labels", "Only those that have at least one of these labels.")
        .optional("query", "string", "Only those in which somebody wrote this.")
        .number("page", 1, 1000, 1, "Which page.");
  }

  private ToolAnswer get(ChatwootCall call) throws IOException, InterruptedException {
    return Rows.told("the conversation", Rows.conversation(show(api, call)));
  }

  /// The conversation as it is now.
  static JsonNode show(ChatwootApi api, ChatwootCall call)
      throws IOException, InterruptedException {
    try {
      return ChatwootApi.part(api.get(call, call.conversation()), "");
    } catch (ChatwootApi.Refusal refusal) {
      throw refusal.isMissing() ? missing(call) : refusal;
    }
  }

  static IllegalArgumentException missing(ChatwootCall call) {
    return new IllegalArgumentException(
        "there is no conversation " + call.arguments().id("conversation_id"));
  }

  private ToolAnswer list(ChatwootCall call) throws IOException, InterruptedException {
    JsonNode found = api.get(call, "/conversations?" + query(call.arguments()));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode conversation : ChatwootApi.part(found.path("data"), "payload")) {
      rows.add(Rows.summary(conversation));
    }
    return new ToolAnswer.Result(
        rows.size() + " conversations", Map.of("records", rows, "more", rows.size() == PER_PAGE));
  }

  private static String query(Arguments arguments) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("status", arguments.optionalText("status").orElse("open"));
    parts.put(
        "assignee_type",
        switch (arguments.optionalText("assigned").orElse("all")) {
          case "anybody" -> "assigned";
          case "nobody" -> "unassigned";
          default -> "all";
        });
    arguments.optionalId("inbox_id").ifPresent(id -> parts.put("inbox_id", id.toString()));
    arguments.optionalId("team_id").ifPresent(id -> parts.put("team_id", id.toString()));
    arguments.optionalText("query").ifPresent(text -> parts.put("q", text));
    parts.put("page", Integer.toString(arguments.number("page", 1, 1, 1000)));
    List<String> query = new ArrayList<>();
    parts.forEach((name, value) -> query.add(name + "=" + encoded(value)));
    arguments.list("labels").forEach(label -> query.add("labels%5B%5D=" + encoded("" + label)));
    return String.join("&", query);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
