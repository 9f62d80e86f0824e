package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is said in a conversation.
final class Messages {
  /// The key of a post, as the platform's own publisher writes it: Chatwoot gives it back.
  private static final String KEY = "crew_reply_key";

  private static final String ARGUMENTS = "crew_arguments";
  private static final String CHECK = "list_messages";

  /// Nobody repeats a call after longer than this, and no further back is looked.
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  private static final int MOST_PAGES = 10;
  private static final int PER_PAGE = 20;
  private static final int MOST_CHOICES = 10;

  private final ChatwootApi api;
  private final Keys keys;
  private final InstantSource clock;

  Messages(ChatwootApi api, Keys keys, InstantSource clock) {
    this.api = api;
    this.keys = keys;
    this.clock = clock;
  }

  List<ConnectorTool> tools() {
    return List.of(listMessages(), reply(), typing());
  }

  private ConnectorTool listMessages() {
    return ConnectorTool.read(
        CHECK,
        "List messages",
        "The newest messages of a conversation, the oldest first; private notes are marked.",
        "conversation.messages",
        Conversations.argument(JsonSchema.arguments())
            .number("limit", 1, 20, 20, "How many at most; Chatwoot gives twenty at a time.")
            .number("before", 0, Integer.MAX_VALUE, 0, "Only messages before this message id."),
        JsonSchema.result()
            .objects("records", "id, from, name, private, text, files (links), status, at"),
        ChatwootCall.answering(this::messages));
  }

  private ConnectorTool reply() {
    return ConnectorTool.checkable(
        "reply_to_conversation",
        "Reply to a conversation",
        "Posts a message as the agent bot, or a private note for the company's people. With choices the customer gets buttons, where the channel has them. A second call with the same key posts nothing.",
        "conversation.reply",
        CHECK,
        Conversations.argument(JsonSchema.writeArguments())
            .required("text", "string", "What to say; markdown as Chatwoot knows it.")
            .optional("private", "boolean", "True for a note that the customer does not see.")
            .texts("choices", "Up to ten short answers among which the customer may choose.")
            .property("files", Upload.schema())
            .optional(
                "template",
                "object",
                "For WhatsApp after 24 hours of silence: the name, language and category of an approved template, and its processed_params; text must be what it says."),
        JsonSchema.result().objects("records", "id of the message"),
        ChatwootCall.once(keys, "reply_to_conversation", this::reply, this::reply));
  }

  private ConnectorTool typing() {
    return ConnectorTool.blind(
        "typing",
        "Show typing",
        "Shows the customer that an answer is being written, or that it is not any more. It vanishes by itself after a while; a message ends it.",
        Conversations.argument(JsonSchema.writeArguments())
            .property("state", JsonSchema.oneOf(List.of("on", "off"), "Default on.")),
        JsonSchema.result().objects("records", "id of the conversation, typing"),
        ChatwootCall.once(keys, "typing", this::type, _ -> begun()));
  }

  private ToolAnswer messages(ChatwootCall call) throws IOException, InterruptedException {
    int before = call.arguments().number("before", 0, 0, Integer.MAX_VALUE);
    int limit = call.arguments().number("limit", 20, 1, 20);
    List<Map<String, Object>> messages = new ArrayList<>();
    for (JsonNode message : page(call, before)) {
      messages.add(Rows.message(message));
    }
    List<Map<String, Object>> newest =
        messages.subList(Math.max(0, messages.size() - limit), messages.size());
    return Rows.told(newest.size() + " messages", newest);
  }

  /// @param before a message's id; 0 for the newest
  private JsonNode page(ChatwootCall call, long before) throws IOException, InterruptedException {
    try {
      String query = before > 0 ? "?before=" + before : "";
      return ChatwootApi.part(api.get(call, call.conversation() + "/messages" + query), "payload");
    } catch (ChatwootApi.Refusal refusal) {
      throw refusal.isMissing() ? Conversations.missing(call) : refusal;
    }
  }

  /// Looks before it posts: a message with this key may be there from a call whose answer was lost,
  /// made by this process or by another.
  private ToolAnswer reply(ChatwootCall call) throws IOException, InterruptedException {
    Map<String, Object> wanted = post(call);
    List<Upload> files = Upload.named(call.arguments());
    if (!files.isEmpty() && wanted.containsKey("template_params")) {
      throw new IllegalArgumentException("a template brings its own files");
    }
    Optional<JsonNode> there = posted(call);
    if (there.isPresent()) {
      requireSameWish(call, there.get());
      return told("it was posted already", there.get());
    }
    String path = call.conversation() + "/messages";
    JsonNode posted =
        files.isEmpty()
            ? api.postAsBot(call, path, wanted)
            : api.postFormAsBot(call, path, wanted, files);
    return told("posted", ChatwootApi.part(posted, ""));
  }

  private static ToolAnswer told(String line, JsonNode message) {
    return Rows.told(line, Map.of("id", message.path("id").asLong()));
  }

  private Optional<JsonNode> posted(ChatwootCall call) throws IOException, InterruptedException {
    long before = 0;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode page = page(call, before);
      for (JsonNode message : page) {
        if (call.key().equals(Rows.text(message.path("content_attributes"), KEY))) {
          return Optional.of(message);
        }
      }
      if (page.size() < PER_PAGE || isLongAgo(page.path(0))) {
        return Optional.empty();
      }
      before = page.path(0).path("id").asLong();
    }
    return Optional.empty();
  }

  private boolean isLongAgo(JsonNode message) {
    long earliest = clock.instant().minus(LOOK_BACK).getEpochSecond();
    return message.path("created_at").asLong() < earliest;
  }

  /// What the platform's own publisher has posted bears a key and nothing of arguments.
  private static void requireSameWish(ChatwootCall call, JsonNode message) {
    String wanted = Rows.text(message.path("content_attributes"), ARGUMENTS);
    if (!wanted.isEmpty() && !wanted.equals(call.arguments().fingerprint())) {
      throw Keys.usedOtherwise();
    }
  }

  private static Map<String, Object> post(ChatwootCall call) {
    Arguments arguments = call.arguments();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(KEY, call.key());
    attributes.put(ARGUMENTS, arguments.fingerprint());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("content", withoutLiquid(arguments.text("text")));
    body.put("message_type", "outgoing");
    body.put("private", arguments.flag("private"));
    List<Map<String, String>> choices = choices(arguments);
    if (!choices.isEmpty()) {
      body.put("content_type", "input_select");
      attributes.put("items", choices);
    }
    body.put("content_attributes", attributes);
    if (arguments.all().containsKey("template")) {
      body.put("template_params", template(arguments));
    }
    return body;
  }

  private static List<Map<String, String>> choices(Arguments arguments) {
    List<Map<String, String>> choices = new ArrayList<>();
    for (Object choice : arguments.list("choices")) {
      String text = withoutLiquid(String.valueOf(choice).strip());
      choices.add(Map.of("title", text, "value", text));
    }
    if (choices.size() > MOST_CHOICES) {
      throw new IllegalArgumentException("give at most ten choices");
    }
    if (arguments.flag("private") && !choices.isEmpty()) {
      throw new IllegalArgumentException("a private note has no choices: nobody can choose");
    }
    return choices;
  }

  private static Map<String, ?> template(Arguments arguments) {
    var template = arguments.object("template");
    if (!(template.get("name") instanceof String name) || name.isBlank()) {
      throw new IllegalArgumentException("template must have the name of an approved template");
    }
    return template;
  }

  /// Chatwoot renders Liquid in what is sent; a customer must read what was written.
  private static String withoutLiquid(String text) {
    return text.replace("{{", "{\u200b{").replace("{%", "{\u200b%");
  }

  /// Asks for the conversation first: Chatwoot answers nothing at all to what is only shown.
  private ToolAnswer type(ChatwootCall call) throws IOException, InterruptedException {
    JsonNode conversation = Conversations.show(api, call);
    String state = call.arguments().optionalText("state").orElse("on");
    var _ =
        api.postAsBot(
            call,
            call.conversation() + "/toggle_typing_status",
            Map.of("typing_status", state, "is_private", false));
    return Rows.told(
        "typing is " + state,
        Map.of("id", conversation.path("id").asLong(), "typing", state.equals("on")));
  }

  private static ToolAnswer begun() {
    throw new IllegalArgumentException(
        "this was begun with this key before; use a new key to show it again");
  }
}
