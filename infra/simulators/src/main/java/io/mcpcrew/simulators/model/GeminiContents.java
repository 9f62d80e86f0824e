package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import io.mcpcrew.simulators.model.ChatRequest.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The contents of Gemini's protocol being read: function calls follow the user's turn, carry the
/// signature of the thought that led to them, and are answered in the next turn, all and in order.
final class GeminiContents {
  /// What a call carries that another model made.
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private static final String MODEL = "model";
  private static final String TEXT = "text";
  private static final String CALL = "functionCall";
  private static final String RESPONSE = "functionResponse";
  private static final Set<String> CONTENT = Set.of("role", "parts");
  private static final Set<String> PART =
      Set.of(TEXT, CALL, RESPONSE, "thought", "thoughtSignature");
  private static final Set<String> CALL_FIELDS = Set.of("name", "args", "id");
  private static final Set<String> RESPONSE_FIELDS = Set.of("name", "response", "id");

  private final Predicate<String> given;
  private final List<Message> messages = new ArrayList<>();
  private List<String> unanswered = List.of();
  private String before = "";

  private GeminiContents(Predicate<String> given) {
    this.given = given;
  }

  /// @param given whether a signature was given out by this server
  static List<Message> read(JsonNode list, Predicate<String> given) throws BadRequest {
    require(
        list.isArray() && !list.isEmpty(),
        "* GenerateContentRequest.contents: contents is not specified");
    var reading = new GeminiContents(given);
    for (int i = 0; i < list.size(); i++) {
      reading.content(Strict.filled(list.get(i)), "contents[%d]".formatted(i));
    }
    require(
        reading.before.equals(Message.USER),
        "Please ensure that multiturn requests end with a user role or a function response.");
    return reading.messages;
  }

  private void content(JsonNode content, String at) throws BadRequest {
    require(content.isObject(), at + ": should be an object");
    Strict.known(content, CONTENT, field -> GeminiWire.unknown(field, at));
    String role = content.path("role").asString("");
    require(
        role.equals(Message.USER) || role.equals(MODEL),
        at + ": Please use a valid role: user, model. It is '%s'.".formatted(role));
    require(
        !before.isEmpty() || role.equals(Message.USER),
        "Please ensure that multiturn requests begin with a user role.");
    List<JsonNode> parts = parts(content.path("parts"), at + ".parts");
    answers(named(parts, RESPONSE));
    if (role.equals(Message.USER)) {
      user(parts, at);
    } else {
      model(parts, at);
    }
    before = role;
  }

  private static List<JsonNode> parts(JsonNode list, String at) throws BadRequest {
    require(list.isArray() && !list.isEmpty(), at + ": must not be empty");
    List<JsonNode> parts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode part = Strict.filled(list.get(i));
      part(part, at + "[%d]".formatted(i));
      parts.add(part);
    }
    return parts;
  }

  private static void part(JsonNode part, String at) throws BadRequest {
    require(part.isObject(), at + ": should be an object");
    Strict.known(part, PART, field -> GeminiWire.unknown(field, at));
    require(
        Stream.of(TEXT, CALL, RESPONSE).filter(part::has).count() == 1,
        at
            + ".data: must have exactly one initialized field: text, functionCall, functionResponse");
    require(!part.has(TEXT) || part.path(TEXT).isString(), at + ".text: should be a string");
    Strict.flag(part, "thought");
    require(
        !part.has("thoughtSignature") || part.path("thoughtSignature").isString(),
        at + ".thoughtSignature: should be a string");
    if (part.has(CALL)) {
      JsonNode call = function(part.path(CALL), CALL_FIELDS, at + ".functionCall");
      require(
          !call.has("args") || call.path("args").isObject(),
          at + ".functionCall.args: should be an object");
    }
    if (part.has(RESPONSE)) {
      JsonNode response = function(part.path(RESPONSE), RESPONSE_FIELDS, at + ".functionResponse");
      require(
          response.path("response").isObject(),
          at + ".functionResponse.response: should be an object");
    }
  }

  private static JsonNode function(JsonNode written, Set<String> known, String at)
      throws BadRequest {
    JsonNode function = Strict.filled(written);
    require(function.isObject(), at + ": should be an object");
    Strict.known(function, known, field -> GeminiWire.unknown(field, at));
    require(
        GeminiWire.FUNCTION.matcher(function.path("name").asString("")).matches(),
        at + ".name: [FIELD_INVALID] must match ^%s$".formatted(GeminiWire.FUNCTION));
    return function;
  }

  private static List<String> named(List<JsonNode> parts, String field) {
    return parts.stream()
        .filter(part -> part.has(field))
        .map(part -> part.path(field).path("name").asString(""))
        .toList();
  }

  private void answers(List<String> responses) throws BadRequest {
    require(
        responses.size() == unanswered.size(),
        "Please ensure that the number of function response parts is equal to the number of"
            + " function call parts of the function call turn.");
    require(
        responses.equals(unanswered),
        "Please ensure that the function responses %s are in the order of the function calls %s."
            .formatted(responses, unanswered));
    unanswered = List.of();
  }

  private void user(List<JsonNode> parts, String at) throws BadRequest {
    require(
        parts.stream().noneMatch(part -> part.has(CALL)),
        at + ": function calls are only allowed in the role model");
    parts.stream()
        .filter(part -> part.has(RESPONSE))
        .map(part -> Message.of(Message.TOOL, result(part.path(RESPONSE).path("response"))))
        .forEach(messages::add);
    if (parts.stream().anyMatch(part -> part.has(TEXT))) {
      messages.add(Message.of(Message.USER, said(parts)));
    }
  }

  /// LangChain4j puts the text that a tool returned into an object of its own.
  private static String result(JsonNode response) {
    JsonNode text = response.path("response");
    return response.size() == 1 && text.isString() ? text.asString("") : response.toString();
  }

  private void model(List<JsonNode> parts, String at) throws BadRequest {
    require(
        parts.stream().noneMatch(part -> part.has(RESPONSE)),
        at + ": function responses are only allowed in the role user");
    List<JsonNode> calls = parts.stream().filter(part -> part.has(CALL)).toList();
    if (!calls.isEmpty()) {
      require(
          before.equals(Message.USER),
          "Please ensure that function call turn comes immediately after a user turn or after a"
              + " function response turn.");
      signed(calls.getFirst(), at);
    }
    unanswered = named(parts, CALL);
    List<String> ids = calls.stream().map(part -> id(part.path(CALL))).toList();
    messages.add(new Message(Message.ASSISTANT, said(parts), ids));
  }

  private void signed(JsonNode call, String at) throws BadRequest {
    String signature = call.path("thoughtSignature").asString("");
    require(
        !signature.isEmpty(),
        ("Function call is missing a thought_signature in functionCall parts. This is required for"
                + " tools to work correctly. Function call `%s` at %s.")
            .formatted(call.path(CALL).path("name").asString(""), at));
    require(
        signature.equals(NO_SIGNATURE) || given.test(signature),
        at + ": Thought signature is not valid: it was not given out by this model.");
  }

  private static String id(JsonNode call) {
    return call.path("id").asString(call.path("name").asString(""));
  }

  /// What was said aloud: thoughts are not.
  private static String said(List<JsonNode> parts) {
    var said = new StringBuilder();
    parts.stream()
        .filter(part -> !part.path("thought").asBoolean(false))
        .forEach(part -> said.append(part.path(TEXT).asString("")));
    return said.toString();
  }
}
