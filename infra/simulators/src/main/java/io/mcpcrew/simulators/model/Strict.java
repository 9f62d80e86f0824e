package io.mcpcrew.simulators.model;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What all protocols, or several, are strict about alike.
final class Strict {
  /// How tools may be called where functions are declared as OpenAI's are.
  static final Pattern FUNCTION = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private static final int MOST_FUNCTIONS = 128;

  private Strict() {}

  static void require(boolean holds, String message) throws BadRequest {
    if (!holds) {
      throw BadRequest.of(message);
    }
  }

  static JsonNode object(byte[] body) throws BadRequest {
    JsonNode request;
    try {
      request = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw BadRequest.of("We could not parse the JSON body of your request.");
    }
    require(request.isObject(), "The body must be a JSON object.");
    return request;
  }

  /// @param complaint about the name of a field that is not among those known
  static void known(JsonNode object, Set<String> known, Function<String, BadRequest> complaint)
      throws BadRequest {
    for (String field : object.propertyNames()) {
      if (!known.contains(field)) {
        throw complaint.apply(field);
      }
    }
  }

  static void number(JsonNode object, String name, double least, double most) throws BadRequest {
    JsonNode value = object.path(name);
    require(
        value.isMissingNode()
            || (value.isNumber() && value.asDouble() >= least && value.asDouble() <= most),
        "'%s' must be a number from %s to %s".formatted(name, least, most));
  }

  static void integer(JsonNode object, String name, double least, double most) throws BadRequest {
    JsonNode value = object.path(name);
    require(
        value.isMissingNode() || value.isIntegralNumber(),
        "'%s' must be an integer".formatted(name));
    number(object, name, least, most);
  }

  static void flag(JsonNode object, String name) throws BadRequest {
    JsonNode value = object.path(name);
    require(value.isMissingNode() || value.isBoolean(), "'%s' must be a boolean.".formatted(name));
  }

  /// For those of whose streams nothing is played here.
  static void unstreamed(JsonNode request) throws BadRequest {
    flag(request, "stream");
    require(
        !request.path("stream").asBoolean(false),
        "'stream' must be false: here the model answers as a whole.");
  }

  /// An object without its fields that are null, for protocols in which they count as absent. What
  /// lies deeper stays as it is; what is no object, too.
  static JsonNode filled(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode filled = JsonMapper.shared().createObjectNode();
    node.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> filled.set(field.getKey(), field.getValue()));
    return filled;
  }

  /// Whether a header says exactly what it must.
  static boolean says(Headers headers, String name, String wanted) {
    String presented = headers.getFirst(name);
    return presented != null
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  static boolean bearer(Headers headers, String key) {
    return says(headers, "Authorization", "Bearer " + key);
  }

  /// The text of a content that is a string or an array of parts of type `text`; nothing, if it is
  /// neither of them.
  static @Nullable String text(JsonNode content, String at) throws BadRequest {
    if (content.isString()) {
      return content.asString("");
    }
    if (!content.isArray()) {
      return null;
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      require(
          part.path("type").asString("").equals("text") && part.path("text").isString(),
          "%s.content: only parts of type 'text' are understood".formatted(at));
      text.append(part.path("text").asString(""));
    }
    return text.toString();
  }

  /// The names of the tools of a request that declares them as OpenAI's do, in their order.
  static List<String> functions(JsonNode request) throws BadRequest {
    JsonNode list = request.path("tools");
    if (list.isMissingNode()) {
      require(
          request.path("tool_choice").isMissingNode(),
          "'tool_choice' is only allowed when 'tools' are specified.");
      return List.of();
    }
    require(list.isArray() && !list.isEmpty(), "'tools' must be an array with a tool.");
    require(
        list.size() <= MOST_FUNCTIONS,
        "'tools' holds %d; the most is %d.".formatted(list.size(), MOST_FUNCTIONS));
    Set<String> names = new HashSet<>();
    List<String> inOrder = new ArrayList<>();
    for (JsonNode tool : list) {
      String name = function(tool);
      require(names.add(name), "tools[].function.name '%s' is there twice".formatted(name));
      inOrder.add(name);
    }
    return inOrder;
  }

  private static String function(JsonNode tool) throws BadRequest {
    require(tool.path("type").asString("").equals("function"), "tools[].type must be 'function'");
    JsonNode function = tool.path("function");
    String name = function.path("name").asString("");
    require(
        FUNCTION.matcher(name).matches(),
        "tools[].function.name '%s' must match '%s'".formatted(name, FUNCTION));
    JsonNode parameters = function.path("parameters");
    require(
        parameters.isMissingNode() || isObjectSchema(parameters),
        "Invalid schema for function '%s': schema must be a JSON Schema of 'type: \"object\"'"
            .formatted(name));
    return name;
  }

  static boolean isObjectSchema(JsonNode schema) {
    return schema.isObject() && schema.path("type").asString("").equals("object");
  }
}
