package io.mcpcrew.mcp.stdio;

import io.mcpcrew.schemas.AccountId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the platform does for its own agents, done for a desktop client: the account is filled in
/// where it is left out, and models do not see that there is such an argument. Pure. One that names
/// another account is not corrected: the connector refuses it, and that is audited.
record OwnAccount(AccountId account) {
  private static final String ARGUMENT = "account_id";

  JsonNode request(JsonNode message) {
    if (!"tools/call".equals(method(message))) {
      return message;
    }
    JsonNode copy = message.deepCopy();
    if (copy.path("params") instanceof ObjectNode params
        && (params.path("arguments").isMissingNode() || params.path("arguments").isObject())) {
      ObjectNode arguments = params.withObject("arguments");
      if (!arguments.has(ARGUMENT)) {
        arguments.put(ARGUMENT, account.value());
      }
    }
    return copy;
  }

  /// @param method of the request that this is the answer to
  JsonNode answer(String method, JsonNode message) {
    if (!"tools/list".equals(method) || !message.path("result").path("tools").isArray()) {
      return message;
    }
    JsonNode copy = message.deepCopy();
    for (JsonNode tool : copy.path("result").path("tools")) {
      JsonNode schema = tool.path("inputSchema");
      if (schema.path("properties") instanceof ObjectNode properties) {
        properties.remove(ARGUMENT);
      }
      if (schema.path("required") instanceof ArrayNode required) {
        required.removeIf(name -> name.asString("").equals(ARGUMENT));
      }
    }
    return copy;
  }

  static String method(JsonNode message) {
    return message.path("method").asString("");
  }
}
