package io.mcpcrew.simulators.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request that keeps the protocol. What a lenient server would let pass is refused here, so that
/// a client's mistake is seen before it meets a strict one.
///
/// @param tools the names of those that the model may call
public record ChatRequest(
    String model,
    List<Message> messages,
    List<String> tools,
    boolean streamed,
    boolean usageWanted,
    int length) {

  /// @param calls the ids of tool calls of an assistant's message
  public record Message(String role, String text, List<String> calls) {}

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "temperature",
          "top_p",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "stream",
          "stream_options",
          "seed",
          "user",
          "metadata",
          "store",
          "frequency_penalty",
          "presence_penalty",
          "response_format",
          "n");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /// The last message.
  Message last() {
    return messages.getLast();
  }

  static ChatRequest read(byte[] body) throws BadRequest {
    JsonNode request;
    try {
      request = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw BadRequest.of("We could not parse the JSON body of your request.");
    }
    if (!request.isObject()) {
      throw BadRequest.of("The body must be a JSON object.");
    }
    for (String field : request.propertyNames()) {
      require(KNOWN.contains(field), "Unrecognized request argument supplied: %s".formatted(field));
    }
    require(request.path("model").isString(), "you must provide a model parameter");
    number(request, "temperature", 0, 2);
    number(request, "top_p", 0, 1);
    number(request, "max_tokens", 1, 1_000_000);
    number(request, "max_completion_tokens", 1, 1_000_000);
    require(
        request.path("stream").isMissingNode() || request.path("stream").isBoolean(),
        "'stream' must be a boolean.");
    boolean streamed = request.path("stream").asBoolean(false);
    require(
        streamed || request.path("stream_options").isMissingNode(),
        "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    return new ChatRequest(
        request.path("model").asString(""),
        messages(request.path("messages")),
        tools(request),
        streamed,
        request.path("stream_options").path("include_usage").asBoolean(false),
        body.length);
  }

  private static List<Message> messages(JsonNode list) throws BadRequest {
    require(list.isArray() && !list.isEmpty(), "'messages' must be an array with a message.");
    List<Message> messages = new ArrayList<>();
    Set<String> unanswered = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.get(i);
      String role = node.path("role").asString("");
      if (role.equals("tool")) {
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
      List<String> calls = role.equals("assistant") ? calls(node, i) : List.of();
      unanswered.addAll(calls);
      messages.add(new Message(role, text(node, role, i, !calls.isEmpty()), calls));
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
          NAME.matcher(function.path("name").asString("")).matches(),
          "messages[%d].tool_calls[].function.name does not match '%s'".formatted(at, NAME));
      require(
          function.path("arguments").isString(),
          "messages[%d].tool_calls[].function.arguments must be a string".formatted(at));
    }
    return ids;
  }

  private static String text(JsonNode node, String role, int at, boolean mayBeEmpty)
      throws BadRequest {
    require(
        Set.of("system", "developer", "user", "assistant", "tool").contains(role),
        "messages[%d].role '%s' is not one of them".formatted(at, role));
    JsonNode content = node.path("content");
    if (content.isString()) {
      return content.asString("");
    }
    if (content.isArray()) {
      var text = new StringBuilder();
      for (JsonNode part : content) {
        require(
            part.path("type").asString("").equals("text") && part.path("text").isString(),
            "messages[%d].content: only parts of type 'text' are understood".formatted(at));
        text.append(part.path("text").asString(""));
      }
      return text.toString();
    }
    require(
        mayBeEmpty && (content.isNull() || content.isMissingNode()),
        "messages[%d].content must be a string".formatted(at));
    return "";
  }

  private static List<String> tools(JsonNode request) throws BadRequest {
    JsonNode list = request.path("tools");
    if (list.isMissingNode()) {
      require(
          request.path("tool_choice").isMissingNode(),
          "'tool_choice' is only allowed when 'tools' are specified.");
      return List.of();
    }
    require(list.isArray() && !list.isEmpty(), "'tools' must be an array with a tool.");
    require(list.size() <= 128, "'tools' holds %d; the most is 128.".formatted(list.size()));
    Set<String> names = new HashSet<>();
    List<String> inOrder = new ArrayList<>();
    for (JsonNode tool : list) {
      require(tool.path("type").asString("").equals("function"), "tools[].type must be 'function'");
      JsonNode function = tool.path("function");
      String name = function.path("name").asString("");
      require(
          NAME.matcher(name).matches(),
          "tools[].function.name '%s' must match '%s'".formatted(name, NAME));
      require(names.add(name), "tools[].function.name '%s' is there twice".formatted(name));
      JsonNode parameters = function.path("parameters");
      require(
          parameters.isMissingNode()
              || (parameters.isObject() && parameters.path("type").asString("").equals("object")),
          "Invalid schema for function '%s': schema must be a JSON Schema of 'type: \"object\"'"
              .formatted(name));
      inOrder.add(name);
    }
    return inOrder;
  }

  private static void number(JsonNode request, String name, double least, double most)
      throws BadRequest {
    JsonNode value = request.path(name);
    require(
        value.isMissingNode()
            || (value.isNumber() && value.asDouble() >= least && value.asDouble() <= most),
        "'%s' must be a number from %s to %s".formatted(name, least, most));
  }

  private static void require(boolean holds, String message) throws BadRequest {
    if (!holds) {
      throw BadRequest.of(message);
    }
  }
}
