package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import io.mcpcrew.simulators.model.ChatRequest.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The messages of chat completions, as OpenAI's protocol has them and those that follow it: each
/// tool call is answered by its id, and before anybody else speaks.
final class ChatMessages {
  /// The newer name of `system`.
  private static final String DEVELOPER = "developer";

  private static final Set<String> ROLES =
      Set.of(Message.SYSTEM, DEVELOPER, Message.USER, Message.ASSISTANT, Message.TOOL);

  private ChatMessages() {}

  static List<Message> read(JsonNode list) throws BadRequest {
    require(list.isArray() && !list.isEmpty(), "'messages' must be an array with a message.");
    List<Message> messages = new ArrayList<>();
    Set<String> unanswered = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.get(i);
      String role = node.path("role").asString("");
      if (role.equals(Message.TOOL)) {
        String id = node.path("tool_call_id").asString("");
        require(
            unanswered.remove(id),
            ("messages[%d]: a message with role 'tool' must be a response to a preceding message"
                    + " with 'tool_calls' (tool_call_id '%s')")
                .formatted(i, id));
      } else {
        require(
            unanswered.isEmpty(),
            ("messages[%d]: an assistant message with 'tool_calls' must be followed by tool messages"
                    + " responding to each 'tool_call_id': %s")
                .formatted(i, unanswered));
      }
      List<String> calls = role.equals(Message.ASSISTANT) ? calls(node, i) : List.of();
      unanswered.addAll(calls);
      String text = text(node, role, i, !calls.isEmpty());
      messages.add(new Message(role.equals(DEVELOPER) ? Message.SYSTEM : role, text, calls));
    }
    require(
        unanswered.isEmpty(), "tool calls without an answer at the end: %s".formatted(unanswered));
    return messages;
  }

  private static List<String> calls(JsonNode node, int at) throws BadRequest {
    JsonNode list = node.path("tool_calls");
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    require(
        list.isArray() && !list.isEmpty(),
        "messages[%d].tool_calls must not be empty".formatted(at));
    List<String> ids = new ArrayList<>();
    for (JsonNode call : list) {
      require(
          call.path("type").asString("").equals("function"),
          "messages[%d].tool_calls[].type must be 'function'".formatted(at));
      String id = call.path("id").asString("");
      require(
          !id.isEmpty() && !ids.contains(id), "messages[%d].tool_calls[].id is bad".formatted(at));
      ids.add(id);
      JsonNode function = call.path("function");
      require(
          Strict.FUNCTION.matcher(function.path("name").asString("")).matches(),
          "messages[%d].tool_calls[].function.name does not match '%s'"
              .formatted(at, Strict.FUNCTION));
      require(
          function.path("arguments").isString(),
          "messages[%d].tool_calls[].function.arguments must be a string".formatted(at));
    }
    return ids;
  }

  private static String text(JsonNode node, String role, int at, boolean mayBeEmpty)
      throws BadRequest {
    require(ROLES.contains(role), "messages[%d].role '%s' is not one of them".formatted(at, role));
    JsonNode content = node.path("content");
    String text = Strict.text(content, "messages[%d]".formatted(at));
    require(
        text != null || (mayBeEmpty && (content.isNull() || content.isMissingNode())),
        "messages[%d].content must be a string".formatted(at));
    return text == null ? "" : text;
  }
}
