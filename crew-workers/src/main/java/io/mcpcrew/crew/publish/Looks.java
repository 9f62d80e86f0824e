package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.protocol.Look;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads from Chatwoot's messages what a look is for. Pure.
final class Looks {
  private static final int OUTGOING = 1;

  private Looks() {}

  /// @param silentLabels labels of a conversation in which nothing of ours is to be said
  static Look of(JsonNode answer, String key, Set<String> silentLabels) {
    OptionalLong ours = OptionalLong.empty();
    boolean human = false;
    for (JsonNode message : answer.path("payload")) {
      JsonNode attributes = message.path("content_attributes");
      if (attributes.path(ChatwootPosts.REPLY_KEY).asString("").equals(key)) {
        ours = OptionalLong.of(message.path("id").asLong());
      }
      boolean byPerson =
          message.path("message_type").asInt(-1) == OUTGOING
              && !message.path("private").asBoolean(false)
              && message.path("sender").path("type").asString("").equals("user")
              && !attributes.has(ChatwootPosts.REPLY_KEY);
      human |= byPerson;
    }
    boolean silenced = false;
    for (JsonNode label : answer.path("meta").path("labels")) {
      silenced |= silentLabels.contains(label.asString(""));
    }
    return new Look(ours, human || silenced);
  }
}
