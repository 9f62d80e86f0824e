package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What the account has besides conversations and contacts: inboxes, teams, people, labels and
/// prepared answers.
final class Directory {
  private final ChatwootApi api;

  Directory(ChatwootApi api) {
    this.api = api;
  }

  List<ConnectorTool> tools() {
    return List.of(
        list(
            "list_inboxes",
            "List inboxes",
            "The account's inboxes: the channels by which customers write.",
            "inbox.list",
            "id, name, channel, timezone, working_hours (whether it has any), out_of_office_message",
            call -> rows(inboxes(call), Directory::inbox)),
        list(
            "list_teams",
            "List teams",
            "The teams to which a conversation can be assigned.",
            "team.list",
            "id, name, description",
            call -> rows(teams(call), Directory::team)),
        list(
            "list_agents",
            "List agents",
            "The people who answer in Chatwoot, and who of them is online, busy or offline now.",
            "agent.list",
            "id, name, availability, role",
            call -> rows(agents(call), Directory::agent)),
        list(
            "list_labels",
            "List labels",
            "The labels that conversations can have here.",
            "label.list",
            "title, description",
            call -> rows(labels(call), Directory::label)),
        cannedResponses());
  }

  @FunctionalInterface
  private interface Listing {
    List<Map<String, Object>> rows(ChatwootCall call) throws IOException, InterruptedException;
  }

  private static ConnectorTool list(
      String name,
      String title,
      String description,
      String capability,
      String fields,
      Listing listing) {
    return ConnectorTool.read(
        name,
        title,
        description,
        capability,
        JsonSchema.arguments(),
        JsonSchema.result().objects("records", fields),
        ChatwootCall.answering(call -> told(listing.rows(call))));
  }

  private ConnectorTool cannedResponses() {
    return ConnectorTool.read(
        "list_canned_responses",
        "List canned responses",
        "Answers that the company's people have prepared for repeated questions.",
        "answer.prepared",
        JsonSchema.arguments()
            .optional("query", "string", "Only those with this text.")
            .number("limit", 1, 100, 20, "How many at most."),
        JsonSchema.result().objects("records", "short_code, content"),
        ChatwootCall.answering(this::cannedResponses));
  }

  private static ToolAnswer told(List<Map<String, Object>> rows) {
    return Rows.told(rows.size() + " found", rows);
  }

  private static List<Map<String, Object>> rows(
      JsonNode found, Function<JsonNode, Map<String, Object>> row) {
    List<Map<String, Object>> rows = new ArrayList<>();
    found.forEach(item -> rows.add(row.apply(item)));
    return rows;
  }

  private JsonNode inboxes(ChatwootCall call) throws IOException, InterruptedException {
    return ChatwootApi.part(api.get(call, "/inboxes"), "payload");
  }

  private JsonNode teams(ChatwootCall call) throws IOException, InterruptedException {
    return list(call, "/teams");
  }

  private JsonNode agents(ChatwootCall call) throws IOException, InterruptedException {
    return list(call, "/agents");
  }

  private JsonNode labels(ChatwootCall call) throws IOException, InterruptedException {
    return ChatwootApi.part(api.get(call, "/labels"), "payload");
  }

  private JsonNode list(ChatwootCall call, String path) throws IOException, InterruptedException {
    JsonNode found = ChatwootApi.part(api.get(call, path), "");
    if (!found.isArray()) {
      throw new IOException("Chatwoot's answer is no list");
    }
    return found;
  }

  private ToolAnswer cannedResponses(ChatwootCall call) throws IOException, InterruptedException {
    String query = call.arguments().optionalText("query").orElse("");
    String search = query.isEmpty() ? "" : "?search=" + Conversations.encoded(query);
    int limit = call.arguments().number("limit", 20, 1, 100);
    List<Map<String, Object>> all =
        rows(list(call, "/canned_responses" + search), Directory::cannedResponse);
    return told(all.subList(0, Math.min(limit, all.size())));
  }

  /// Assigning to somebody whom Chatwoot does not know would take the conversation from everybody.
  void requireAgent(ChatwootCall call, long id) throws IOException, InterruptedException {
    require(rows(agents(call), Directory::agent), "agent", id);
  }

  void requireTeam(ChatwootCall call, long id) throws IOException, InterruptedException {
    require(rows(teams(call), Directory::team), "team", id);
  }

  private static void require(List<Map<String, Object>> known, String noun, long id) {
    if (known.stream().noneMatch(one -> Long.valueOf(id).equals(one.get("id")))) {
      List<String> names =
          known.stream().limit(15).map(one -> one.get("id") + " " + one.get("name")).toList();
      throw new IllegalArgumentException(
          "there is no %s %d; there are %s".formatted(noun, id, names));
    }
  }

  /// A label that nobody has set up would be stored and shown to nobody.
  void requireLabels(ChatwootCall call, List<String> wanted)
      throws IOException, InterruptedException {
    List<String> known = new ArrayList<>();
    labels(call).forEach(label -> known.add(Rows.text(label, "title")));
    for (String label : wanted) {
      if (!known.contains(label)) {
        throw new IllegalArgumentException(
            "there is no label %s; there are %s"
                .formatted(label, known.subList(0, Math.min(30, known.size()))));
      }
    }
  }

  private static Map<String, Object> inbox(JsonNode inbox) {
    Map<String, Object> row = named(inbox);
    row.put("channel", Rows.text(inbox, "channel_type"));
    row.put("timezone", Rows.text(inbox, "timezone"));
    row.put("working_hours", inbox.path("working_hours_enabled").asBoolean(false));
    row.put("out_of_office_message", Rows.text(inbox, "out_of_office_message"));
    return row;
  }

  private static Map<String, Object> team(JsonNode team) {
    Map<String, Object> row = named(team);
    row.put("description", Rows.text(team, "description"));
    return row;
  }

  private static Map<String, Object> agent(JsonNode agent) {
    Map<String, Object> row = named(agent);
    row.put("availability", Rows.text(agent, "availability_status"));
    row.put("role", Rows.text(agent, "role"));
    return row;
  }

  private static Map<String, Object> named(JsonNode found) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", found.path("id").asLong());
    row.put("name", Rows.text(found, "name"));
    return row;
  }

  private static Map<String, Object> label(JsonNode label) {
    return Map.of(
        "title", Rows.text(label, "title"), "description", Rows.text(label, "description"));
  }

  private static Map<String, Object> cannedResponse(JsonNode response) {
    return Map.of(
        "short_code", Rows.text(response, "short_code"),
        "content", Rows.text(response, "content"));
  }
}
