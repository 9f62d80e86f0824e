package io.mcpcrew.crew.publish;

import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Finds who takes a conversation over, and gives it to them. A courtesy to people: the
/// conversation is open and its note is written before, and no handover waits for this or fails by
/// it.
final class Assigning {
  private static final Logger LOGGER = LoggerFactory.getLogger(Assigning.class);
  private static final String ONLINE = "online";

  private Assigning() {}

  /// Who is there for a handover, as far as the channel tells.
  static Staff staff(ReleasedReply reply, Conduct.Handover handover, ChatwootPosts posts)
      throws InterruptedException {
    if (reply.kind() != ReplyKind.HANDOVER || !handover.assign()) {
      return Staff.UNKNOWN;
    }
    try {
      Optional<Long> team = team(reply, posts);
      JsonNode people = team.isPresent() ? posts.members(team.get()) : posts.agents();
      return new Staff(true, team, online(people));
    } catch (IOException | JacksonException notTold) {
      LOGGER
          .atWarn()
          .addKeyValue("cause", notTold.toString())
          .log("who is there for a handover could not be asked");
      return Staff.UNKNOWN;
    }
  }

  private static Optional<Long> team(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    String wanted = reply.team();
    if (wanted == null) {
      return Optional.empty();
    }
    for (JsonNode team : posts.teams()) {
      if (team.path("name").asString("").equalsIgnoreCase(wanted)) {
        return Optional.of(team.path("id").asLong());
      }
    }
    LOGGER.atWarn().addKeyValue("team", wanted).log("there is no such team in Chatwoot");
    return Optional.empty();
  }

  private static List<Long> online(JsonNode people) {
    List<Long> online = new ArrayList<>();
    for (JsonNode person : people) {
      if (person.path("availability_status").asString("").equals(ONLINE)) {
        online.add(person.path("id").asLong());
      }
    }
    return online;
  }

  /// Whoever has the conversation keeps it.
  static void assign(ReleasedReply reply, Staff staff, ChatwootPosts posts)
      throws InterruptedException {
    if (!staff.known()) {
      return;
    }
    try {
      if (posts.hasPerson()) {
        return;
      }
      if (staff.team().isPresent()) {
        posts.assignTeam(staff.team().get());
      }
      OptionalLong person = staff.next(ChatwootPosts.number(reply.turn()));
      if (person.isPresent()) {
        posts.assign(person.getAsLong());
      }
    } catch (IOException | JacksonException notDone) {
      LOGGER
          .atWarn()
          .addKeyValue("cause", notDone.toString())
          .log("a conversation that was handed over could not be assigned");
    }
  }
}
