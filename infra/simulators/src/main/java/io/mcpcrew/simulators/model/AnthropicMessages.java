package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import io.mcpcrew.simulators.model.ChatRequest.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The messages of Anthropic's protocol being read: each tool call is answered in the very next
/// message, before any words in it.
final class AnthropicMessages {
  private static final Set<String> MESSAGE = Set.of("role", "content");
  private static final Set<String> TEXT = Set.of("type", "text", "cache_control");
  private static final Set<String> TOOL_USE =
      Set.of("type", "id", "name", "input", "cache_control");
  private static final Set<String> TOOL_RESULT =
      Set.of("type", "tool_use_id", "content", "is_error", "cache_control");
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

  private final List<Message> messages = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<String> unanswered = new LinkedHashSet<>();

  private AnthropicMessages() {}

  static List<Message> read(JsonNode list) throws BadRequest {
    require(list.isArray() && !list.isEmpty(), "messages: at least one message is required");
    var reading = new AnthropicMessages();
    for (int i = 0; i < list.size(); i++) {
      reading.message(list.get(i), "messages." + i, i == 0);
    }
    String last = list.get(list.size() - 1).path("role").asString("");
    require(
        last.equals(Message.USER),
        "messages: the last message must use the \"user\" role; prefilling is not supported");
    return reading.messages;
  }

  private void message(JsonNode node, String at, boolean first) throws BadRequest {
    require(node.isObject(), at + ": Input should be an object");
    known(node, MESSAGE, at);
    String role = node.path("role").asString("");
    boolean user = role.equals(Message.USER);
    require(
        user || role.equals(Message.ASSISTANT),
        at + ".role: Input should be 'user' or 'assistant', and is '%s'".formatted(role));
    require(user || !first, "messages: first message must use the \"user\" role");
    require(user || unanswered.isEmpty(), withoutResult(at));
    JsonNode content = blocks(node.path("content"));
    require(
        content.isArray() && !content.isEmpty(),
        at + ": all messages must have non-empty content, a string or an array of blocks");
    if (user) {
      user(content, at);
    } else {
      assistant(content, at);
    }
  }

  /// A string is short for a block of text.
  private static JsonNode blocks(JsonNode content) {
    if (!content.isString()) {
      return content;
    }
    var text = JsonMapper.shared().createObjectNode();
    text.put("type", "text");
    text.set("text", content);
    return JsonMapper.shared().createArrayNode().add(text);
  }

  private void user(JsonNode content, String at) throws BadRequest {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      JsonNode block = content.get(i);
      String place = at + ".content." + i;
      switch (block.path("type").asString("")) {
        case "text" -> texts.add(text(block, place));
        case "tool_result" -> {
          require(
              texts.isEmpty(), place + ": `tool_result` blocks must come before text in a message");
          messages.add(Message.of(Message.TOOL, result(block, place)));
        }
        default ->
            throw BadRequest.of(place + ".type: in a user message it is text or tool_result");
      }
    }
    require(unanswered.isEmpty(), withoutResult(at));
    if (!texts.isEmpty()) {
      messages.add(Message.of(Message.USER, String.join("", texts)));
    }
  }

  private String withoutResult(String at) {
    return at
        + ": `tool_use` ids were found without `tool_result` blocks immediately after: %s. Each"
            .formatted(String.join(", ", unanswered))
        + " `tool_use` block must have a corresponding `tool_result` block in the next message.";
  }

  private String result(JsonNode block, String at) throws BadRequest {
    known(block, TOOL_RESULT, at);
    String id = block.path("tool_use_id").asString("");
    require(
        unanswered.remove(id),
        at
            + ": unexpected `tool_use_id` found in `tool_result` blocks: %s. Each `tool_result` block"
                .formatted(id)
            + " must have a corresponding `tool_use` block in the previous message.");
    require(
        block.path("is_error").isMissingNode() || block.path("is_error").isBoolean(),
        at + ".is_error: Input should be a valid boolean");
    JsonNode content = block.path("content");
    return content.isString() ? content.asString("") : texts(content, at + ".content");
  }

  private void assistant(JsonNode content, String at) throws BadRequest {
    var said = new StringBuilder();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      JsonNode block = content.get(i);
      String place = at + ".content." + i;
      switch (block.path("type").asString("")) {
        case "text" -> said.append(text(block, place));
        case "tool_use" -> ids.add(call(block, place));
        default ->
            throw BadRequest.of(place + ".type: in an assistant message it is text or tool_use");
      }
    }
    unanswered.addAll(ids);
    messages.add(new Message(Message.ASSISTANT, said.toString(), ids));
  }

  private String call(JsonNode block, String at) throws BadRequest {
    known(block, TOOL_USE, at);
    String id = block.path("id").asString("");
    require(
        ID.matcher(id).matches(),
        at + ".id: String should match pattern '^%s$', and is '%s'".formatted(ID, id));
    require(
        calls.add(id), "messages: `tool_use` ids must be unique, and '%s' is not".formatted(id));
    require(
        AnthropicWire.TOOL.matcher(block.path("name").asString("")).matches(),
        at + ".name: String should match pattern '^%s$'".formatted(AnthropicWire.TOOL));
    require(block.path("input").isObject(), at + ".input: Input should be an object");
    return id;
  }

  /// What blocks of text say that stand where nothing else may.
  static String texts(JsonNode blocks, String at) throws BadRequest {
    require(blocks.isArray(), at + ": Input should be a string or an array of text blocks");
    var texts = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      require(
          block.path("type").asString("").equals("text"),
          "%s.%d.type: Input should be 'text'".formatted(at, i));
      texts.append(text(block, at + "." + i));
    }
    return texts.toString();
  }

  private static String text(JsonNode block, String at) throws BadRequest {
    known(block, TEXT, at);
    require(block.path("text").isString(), at + ".text: Input should be a valid string");
    String text = block.path("text").asString("");
    require(!text.isBlank(), "messages: text content blocks must be non-empty (%s)".formatted(at));
    return text;
  }

  private static void known(JsonNode object, Set<String> known, String at) throws BadRequest {
    Strict.known(object, known, field -> AnthropicWire.unknown(at + "." + field));
  }
}
