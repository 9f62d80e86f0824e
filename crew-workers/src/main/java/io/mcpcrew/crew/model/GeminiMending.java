package io.mcpcrew.crew.model;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemini's.
final class GeminiMending implements Mending {
  private static final String RESULT = "functionResponse";

  /// Quotes within a text are escaped, so that this is never one.
  private static final Pattern REASON = Pattern.compile("(\"finishReason\"\\s*:\\s*\")(\\w+)\"");

  private static final Set<String> KNOWN =
      Set.of(
          "FINISH_REASON_UNSPECIFIED",
          "STOP",
          "MAX_TOKENS",
          "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "OTHER",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MALFORMED_FUNCTION_CALL");

  /// It takes the results of one answer's calls as parts of one content; LangChain4j writes a
  /// content for each.
  @Override
  public String sent(String request) {
    if (request.indexOf(RESULT) == request.lastIndexOf(RESULT)
        || !(JsonMapper.shared().readTree(request) instanceof ObjectNode whole)
        || !(whole.get("contents") instanceof ArrayNode contents)) {
      return request;
    }
    ArrayNode together = JsonMapper.shared().createArrayNode();
    for (JsonNode content : contents) {
      JsonNode before = together.path(together.size() - 1);
      if (isResult(content) && isResult(before) && before.get("parts") instanceof ArrayNode parts) {
        content.path("parts").forEach(parts::add);
      } else {
        together.add(content);
      }
    }
    whole.set("contents", together);
    return whole.toString();
  }

  private static boolean isResult(JsonNode content) {
    return content.path("parts").path(0).has(RESULT);
  }

  /// Google finds new reasons to stop; LangChain4j cannot read an answer with one.
  @Override
  public String received(String answer) {
    return REASON
        .matcher(answer)
        .replaceAll(found ->
            KNOWN.contains(found.group(2)) ? Matcher.quoteReplacement(found.group()) : "$1OTHER\"");
  }

  /// Its reason for which it did not even begin.
  @Override
  public Optional<String> refusal(String answer) {
    return Mending.said(answer, "blockReason", "/promptFeedback/blockReason");
  }
}
