package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.protocol.Look;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads from Chatwoot's messages what a look is for. Pure.
final class Looks {
  private static final int OUTGOING = 1;

  private Looks() {}

  static Look of(JsonNode messages, String key) {
    OptionalLong ours = OptionalLong.empty();
    boolean human = false;
    for (JsonNode message : messages) {
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
    return new Look(ours, human);
  }
}
