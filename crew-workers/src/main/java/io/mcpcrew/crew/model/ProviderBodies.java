package io.mcpcrew.crew.model;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What LangChain4j does not do for a provider, done on what goes out and comes in.
final class ProviderBodies {
  private ProviderBodies() {}

  /// Gemini takes the results of one answer's calls as parts of one content; LangChain4j writes a
  /// content for each.
  static String withResultsTogether(String request) {
    if (request.indexOf("functionResponse") == request.lastIndexOf("functionResponse")
        || !(JsonMapper.shared().readTree(request) instanceof ObjectNode whole)
        || !(whole.get("contents") instanceof ArrayNode contents)) {
      return request;
    }
    ArrayNode together = JsonMapper.shared().createArrayNode();
    for (JsonNode content : contents) {
      if (isResult(content)
          && !together.isEmpty()
          && isResult(together.get(together.size() - 1))
          && together.get(together.size() - 1).get("parts") instanceof ArrayNode parts) {
        content.get("parts").forEach(parts::add);
      } else {
        together.add(content);
      }
    }
    whole.set("contents", together);
    return whole.toString();
  }

  private static boolean isResult(JsonNode content) {
    return content.path("parts").path(0).has("functionResponse");
  }

  /// Gemini's reason for which it did not even begin.
  static Optional<String> geminiRefusal(String answer) {
    return said(answer, "blockReason", "/promptFeedback/blockReason");
  }

  /// LangChain4j calls it one of several other reasons to stop.
  static Optional<String> anthropicRefusal(String answer) {
    return said(answer, "\"refusal\"", "/stop_reason").filter("refusal"::equals);
  }

  /// @param sign without which there is no need to read
  private static Optional<String> said(String answer, String sign, String place) {
    if (!answer.contains(sign)) {
      return Optional.empty();
    }
    try {
      String said = JsonMapper.shared().readTree(answer).at(place).asString("");
      return said.isEmpty() ? Optional.empty() : Optional.of(said);
    } catch (JacksonException brokenAsLangChainWillTell) {
      return Optional.empty();
    }
  }
}
