package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.protocol.Look;
import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.crew.protocol.PostRule;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Posts one reply: look, post, and if that fails look again before the next try, until it is
/// posted, refused or expired.
final class Posting {
  private static final Logger LOGGER = LoggerFactory.getLogger(Posting.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final GuardedHttp http;
  private final Tenants tenants;
  private final Clock clock;
  private final Duration deadline;

  Posting(GuardedHttp http, Tenants tenants, Clock clock, Duration deadline) {
    this.http = http;
    this.tenants = tenants;
    this.clock = clock;
    this.deadline = deadline;
  }

  Delivery post(ReleasedReply reply) throws InterruptedException {
    Tenant.Chatwoot chatwoot =
        tenants.current(reply.turn().account()).map(t -> t.document().chatwoot()).orElse(null);
    if (chatwoot == null) {
      return delivery(reply, DeliveryStatus.REFUSED, null, "the account has no Chatwoot");
    }
    String name = reply.turn().conversation().conversation();
    long number = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    var posts = new ChatwootPosts(http, chatwoot, number, deadline);
    for (int tries = 1; ; tries++) {
      try {
        return attempt(reply, posts);
      } catch (ChatwootPosts.Refusal | GuardedHttp.ForbiddenAddress refused) {
        return delivery(reply, DeliveryStatus.REFUSED, null, String.valueOf(refused.getMessage()));
      } catch (IOException | JacksonException mayPass) {
        LOGGER
            .atWarn()
            .addKeyValue("try", tries)
            .addKeyValue("cause", mayPass.toString())
            .log("a post did not go through");
        pause(tries);
      }
    }
  }

  private Delivery attempt(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    while (true) {
      var began = new Moment(System.nanoTime(), clock.instant());
      Look look = Looks.of(posts.messagesAfter(reply.replyTo()), reply.replyKey());
      var now = new Moment(System.nanoTime(), clock.instant());
      switch (PostRule.next(reply, look, now.since(began), now.wall())) {
        case FOUND_POSTED -> {
          finish(reply, posts);
          return delivery(reply, DeliveryStatus.FOUND_POSTED, look.ours().orElseThrow(), "");
        }
        case EXPIRED -> {
          return delivery(reply, DeliveryStatus.EXPIRED, null, "");
        }
        case WITHHOLD -> {
          return delivery(reply, DeliveryStatus.WITHHELD_HUMAN_WROTE, null, "");
        }
        case POST -> {
          return posted(reply, posts);
        }
        case LOOK_AGAIN -> LOGGER.atInfo().log("held up after the look; looking again");
      }
    }
  }

  private Delivery posted(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    if (reply.parts().isEmpty()) {
      finish(reply, posts);
      return delivery(reply, DeliveryStatus.POSTED, null, "only a note");
    }
    long number = posts.post(text(reply), reply.kind() == ReplyKind.SUGGESTION, reply.replyKey());
    finish(reply, posts);
    return delivery(reply, DeliveryStatus.POSTED, number, "");
  }

  private static String text(ReleasedReply reply) {
    return reply.parts().stream().map(Content::readable).collect(Collectors.joining("\n\n"));
  }

  /// A handover also leaves a note for the person, under a key of its own, and opens the
  /// conversation. Each is harmless when it is done again.
  private static void finish(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    if (reply.kind() != ReplyKind.HANDOVER) {
      return;
    }
    Content note = reply.note();
    String key = reply.replyKey() + "/note";
    if (note != null && Looks.of(posts.messagesAfter(reply.replyTo()), key).ours().isEmpty()) {
      posts.post(note.readable(), true, key);
    }
    posts.open();
  }

  private Delivery delivery(
      ReleasedReply reply, DeliveryStatus status, @Nullable Long number, String detail) {
    Instant now = clock.instant();
    return new Delivery(reply.turn(), reply.replyKey(), status, number, detail, now);
  }

  private static void pause(int tries) throws InterruptedException {
    long millis = Math.min(200L << Math.min(tries - 1, 10), LONGEST_PAUSE.toMillis());
    TimeUnit.MILLISECONDS.sleep(millis);
  }
}
