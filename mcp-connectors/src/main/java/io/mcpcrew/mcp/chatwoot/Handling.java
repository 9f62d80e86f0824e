package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sets what a conversation is: its status, who has it, labels, priority, attributes. Each tool
/// tells what Chatwoot shows afterwards, and not what was wished.
final class Handling {
  private static final String NO_PRIORITY = "none";

  private final ChatwootApi api;
  private final Keys keys;
  private final Directory directory;
  private final InstantSource clock;

  Handling(ChatwootApi api, Keys keys, Directory directory, InstantSource clock) {
    this.api = api;
    this.keys = keys;
    this.directory = directory;
    this.clock = clock;
  }

  List<ConnectorTool> tools() {
    return List.of(
        setStatus(),
        assign(),
        labelling(
            "set_labels",
            "Set the labels",
            "Gives a conversation exactly these labels; those it has besides are taken away.",
            "conversation.labels",
            (labels, wanted) -> {
              labels.clear();
              labels.addAll(wanted);
            }),
        labelling(
            "add_labels",
            "Add labels",
            "Gives a conversation these labels besides those it has.",
            "conversation.label",
            Set::addAll),
        labelling(
            "remove_labels",
            "Remove labels",
            "Takes these labels from a conversation.",
            "conversation.unlabel",
            Set::removeAll),
        setPriority(),
        setAttributes());
  }

  /// What is done, and what the conversation is asked for afterwards.
  private ConnectorTool setting(
      String name,
      String title,
      String description,
      String capability,
      JsonSchema arguments,
      String fields,
      Step step,
      Function<JsonNode, Map<String, Object>> told) {
    ChatwootCall.Act again = call -> outcome(call, "it was done with this key already", told);
    ChatwootCall.Act act =
        call -> {
          step.take(call, Conversations.show(api, call));
          return outcome(call, "done", told);
        };
    return ConnectorTool.checkable(
        name,
        title,
        description,
        capability,
        Conversations.CHECK,
        arguments,
        JsonSchema.result().objects("records", fields + "; as Chatwoot shows it afterwards"),
        ChatwootCall.once(keys, name, act, again));
  }

  @FunctionalInterface
  private interface Step {
    void take(ChatwootCall call, JsonNode before) throws IOException, InterruptedException;
  }

  private ToolAnswer outcome(
      ChatwootCall call, String line, Function<JsonNode, Map<String, Object>> told)
      throws IOException, InterruptedException {
    JsonNode now = Conversations.show(api, call);
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("id", now.path("id").asLong());
    record.putAll(told.apply(now));
    return Rows.told(line, record);
  }

  private void post(ChatwootCall call, String what, Map<String, Object> body)
      throws IOException, InterruptedException {
    var _ = api.postAsBot(call, call.conversation() + what, body);
  }

  private ConnectorTool setStatus() {
    return setting(
        "set_status",
        "Set the status",
        "Opens, resolves, snoozes or leaves to the bot. Opening a pending conversation hands it over to people: write them a private note first. Resolving may send the customer a survey.",
        "conversation.status",
        Conversations.argument(JsonSchema.writeArguments())
            .required(
                "status", JsonSchema.oneOf(Conversations.STATUSES, "Pending leaves it to the bot."))
            .optional(
                "until",
                "string",
                "For snoozed: when it opens again, e.g. `2026-12-01T09:00:00-03:00`; else with the customer's next message."),
        "id, status, snoozed_until",
        this::status,
        now ->
            Map.of(
                "status", Rows.text(now, "status"),
                "snoozed_until", Rows.text(now, "snoozed_until")));
  }

  private void status(ChatwootCall call, JsonNode before) throws IOException, InterruptedException {
    Arguments arguments = call.arguments();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", arguments.text("status"));
    Optional<String> until = arguments.optionalText("until");
    if (until.isPresent()) {
      if (!arguments.text("status").equals("snoozed")) {
        throw new IllegalArgumentException("until is only for the status snoozed");
      }
      body.put("snoozed_until", later(until.get()).getEpochSecond());
    }
    post(call, "/toggle_status", body);
  }

  private Instant later(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(clock.instant())) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("until must be like 2026-12-01T09:00:00-03:00", e);
    }
    throw new IllegalArgumentException("until is in the past");
  }

  private ConnectorTool assign() {
    return setting(
        "assign",
        "Assign a conversation",
        "Gives a conversation to a person, to a team, or to both; or takes it from the person. list_agents tells who is online, list_teams which teams there are.",
        "conversation.assign",
        Conversations.argument(JsonSchema.writeArguments())
            .optional("agent_id", "integer", "To whom.")
            .optional("team_id", "integer", "To which team.")
            .optional("nobody", "boolean", "True: no person has it any more."),
        "id, assignee, assignee_type, assignee_id, team, team_id",
        this::assign,
        Rows::responsible);
  }

  /// The team first: Chatwoot may choose one of its people, and the one who is named counts.
  private void assign(ChatwootCall call, JsonNode before) throws IOException, InterruptedException {
    Optional<Long> agent = call.arguments().optionalId("agent_id");
    Optional<Long> team = call.arguments().optionalId("team_id");
    boolean nobody = call.arguments().flag("nobody");
    boolean unclear = agent.isPresent() && nobody;
    if (unclear || (agent.isEmpty() && team.isEmpty() && !nobody)) {
      throw new IllegalArgumentException("give agent_id, team_id or both; or nobody");
    }
    if (agent.isPresent()) {
      directory.requireAgent(call, agent.get());
    }
    if (team.isPresent()) {
      directory.requireTeam(call, team.get());
      post(call, "/assignments", Map.of("team_id", team.get()));
    }
    if (agent.isPresent() || nobody) {
      post(call, "/assignments", Map.of("assignee_id", agent.orElse(0L)));
    }
  }

  /// @param change makes the labels that are of those that were and those that are named
  private ConnectorTool labelling(
      String name,
      String title,
      String description,
      String capability,
      BiConsumer<Set<String>, List<String>> change) {
    return setting(
        name,
        title,
        description + " list_labels tells which there are.",
        capability,
        Conversations.argument(JsonSchema.writeArguments())
            .required(
                "labels",
                Map.of(
                    "type",
                    "array",
                    "items",
                    Map.of("type", "string"),
                    "description",
                    "The labels' titles, e.g. `orcamento`.")),
        "id, labels",
        (call, before) -> label(call, before, change),
        now -> Map.of("labels", Rows.texts(now.path("labels"))));
  }

  private void label(
      ChatwootCall call, JsonNode before, BiConsumer<Set<String>, List<String>> change)
      throws IOException, InterruptedException {
    List<String> had = Rows.texts(before.path("labels"));
    Set<String> labels = new LinkedHashSet<>(had);
    change.accept(labels, named(call));
    List<String> added = labels.stream().filter(label -> !had.contains(label)).toList();
    directory.requireLabels(call, added);
    post(call, "/labels", Map.of("labels", List.copyOf(labels)));
  }

  private static List<String> named(ChatwootCall call) {
    return call.arguments().list("labels").stream()
        .map(label -> String.valueOf(label).strip())
        .toList();
  }

  private ConnectorTool setPriority() {
    return setting(
        "set_priority",
        "Set the priority",
        "Says how urgent a conversation is.",
        "conversation.priority",
        Conversations.argument(JsonSchema.writeArguments())
            .required(
                "priority",
                JsonSchema.oneOf(
                    List.of("urgent", "high", "medium", "low", NO_PRIORITY), "How urgent.")),
        "id, priority",
        this::priority,
        now -> Map.of("priority", Rows.text(now, "priority")));
  }

  private void priority(ChatwootCall call, JsonNode before)
      throws IOException, InterruptedException {
    String wanted = call.arguments().text("priority");
    Object priority = wanted.equals(NO_PRIORITY) ? JsonNodeFactory.instance.nullNode() : wanted;
    post(call, "/toggle_priority", Map.of("priority", priority));
  }

  private ConnectorTool setAttributes() {
    return setting(
        "set_custom_attributes",
        "Set a conversation's attributes",
        "Sets custom attributes of a conversation; those that are not named stay.",
        "conversation.attributes",
        Conversations.argument(JsonSchema.writeArguments())
            .required(
                "attributes",
                "object",
                "Values by the attributes' keys, e.g. `{\"order\": \"S00012\"}`; null removes one."),
        "id, custom_attributes",
        this::attributes,
        now -> Map.of("custom_attributes", Rows.attributes(now)));
  }

  /// Chatwoot replaces all attributes by those it is given.
  private void attributes(ChatwootCall call, JsonNode before)
      throws IOException, InterruptedException {
    Map<String, Object> all = new LinkedHashMap<>();
    before
        .path("custom_attributes")
        .properties()
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    Attributes.wanted(call)
        .forEach((name, value) -> {
          if (value == null) {
            all.remove(name);
          } else {
            all.put(name, value);
          }
        });
    post(call, "/custom_attributes", Map.of("custom_attributes", all));
  }
}
