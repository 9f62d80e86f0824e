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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
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
  private final Ownership ownership;
  private final Clock clock;
  private final Duration deadline;
  private final Duration settles;

  /// @param deadline of one request
  /// @param settles how long after a request without an answer the channel may still act on it
  Posting(
      GuardedHttp http,
      Tenants tenants,
      Ownership ownership,
      Clock clock,
      Duration deadline,
      Duration settles) {
    this.http = http;
    this.tenants = tenants;
    this.ownership = ownership;
    this.clock = clock;
    this.deadline = deadline;
    this.settles = settles;
  }

  /// How long a post may be under way, at most.
  Duration longestPost() {
    return deadline.plus(settles).plusSeconds(1);
  }

  /// Empty when the partition went to another before the reply was posted.
  Optional<Delivery> post(ReleasedReply reply, TopicPartition partition)
      throws InterruptedException {
    Tenant tenant = tenants.current(reply.turn().account()).orElse(null);
    Tenant.Chatwoot chatwoot = tenant == null ? null : tenant.document().chatwoot();
    if (tenant == null || chatwoot == null) {
      return Optional.of(
          delivery(reply, DeliveryStatus.REFUSED, null, "the account has no Chatwoot"));
    }
    var posts = new ChatwootPosts(http, chatwoot, ChatwootPosts.number(reply.turn()), deadline);
    for (int tries = 1; ; tries++) {
      Optional<Instant> since = ownership.since(partition);
      if (since.isEmpty()) {
        return Optional.empty();
      }
      TimeUnit.MILLISECONDS.sleep(
          PostRule.waitBeforeLook(reply, since.get(), clock.instant()).toMillis());
      try {
        Set<String> silent = tenant.document().conduct().presence().silentLabels();
        return attempt(reply, posts, partition, silent);
      } catch (ChatwootPosts.Refusal | GuardedHttp.ForbiddenAddress refused) {
        String why = String.valueOf(refused.getMessage());
        return Optional.of(delivery(reply, DeliveryStatus.REFUSED, null, why));
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

  private Optional<Delivery> attempt(
      ReleasedReply reply, ChatwootPosts posts, TopicPartition partition, Set<String> silent)
      throws IOException, InterruptedException {
    while (true) {
      Moment began = moment();
      Look look = Looks.of(posts.messagesAfter(reply.replyTo()), reply.replyKey(), silent);
      Moment now = moment();
      switch (PostRule.next(reply, look, now.since(began), now.wall())) {
        case FOUND_POSTED -> {
          finish(reply, posts);
          long number = look.ours().orElseThrow();
          return Optional.of(delivery(reply, DeliveryStatus.FOUND_POSTED, number, ""));
        }
        case EXPIRED -> {
          return Optional.of(delivery(reply, DeliveryStatus.EXPIRED, null, ""));
        }
        case WITHHOLD -> {
          return Optional.of(delivery(reply, DeliveryStatus.WITHHELD_HUMAN_WROTE, null, ""));
        }
        case POST -> {
          return isPaused(reply) ? Optional.of(withheld(reply)) : posted(reply, posts, partition);
        }
        case NOTE_ONLY -> {
          if (isPaused(reply)) {
            return Optional.of(withheld(reply));
          }
          finish(reply, posts);
          return Optional.of(
              delivery(reply, DeliveryStatus.WITHHELD_HUMAN_WROTE, null, "only the note"));
        }
        case LOOK_AGAIN -> LOGGER.atInfo().log("held up after the look; looking again");
      }
    }
  }

  private Moment moment() {
    return new Moment(System.nanoTime(), clock.instant());
  }

  private Optional<Delivery> posted(
      ReleasedReply reply, ChatwootPosts posts, TopicPartition partition)
      throws IOException, InterruptedException {
    if (reply.parts().isEmpty()) {
      finish(reply, posts);
      return Optional.of(delivery(reply, DeliveryStatus.POSTED, null, "only a note"));
    }
    if (!ownership.begin(partition, moment())) {
      // Not ours any more, or not for sure: what is true is known at the next look.
      throw new ChatwootPosts.NotDone("the partition may have gone to another publisher");
    }
    try {
      long number = posted(reply, posts);
      finish(reply, posts);
      return Optional.of(delivery(reply, DeliveryStatus.POSTED, number, ""));
    } finally {
      ownership.end(partition);
    }
  }

  /// A request that got no answer may still be acted on. A look before that is over would show
  /// nothing, and the reply would be posted twice.
  private long posted(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    try {
      return posts.post(text(reply), reply.kind().isForPeople(), reply.replyKey());
    } catch (ChatwootPosts.Refusal | ChatwootPosts.NotDone certain) {
      throw certain;
    } catch (IOException unknown) {
      TimeUnit.MILLISECONDS.sleep(settles.toMillis());
      throw unknown;
    }
  }

  /// A suggestion says what it is.
  private static String text(ReleasedReply reply) {
    Content above = reply.kind() == ReplyKind.SUGGESTION ? reply.note() : null;
    return Stream.concat(Stream.ofNullable(above), reply.parts().stream())
        .map(Content::readable)
        .collect(Collectors.joining("\n\n"));
  }

  /// A handover also leaves a note for the person, under a key of its own, and opens the
  /// conversation; a suggestion opens it too, or nobody would see it; the last words close it; what
  /// is given back is the agent's in the channel too. Each is harmless when it is done again.
  private static void finish(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    switch (reply.kind()) {
      case REPLY, NOTE, UNKNOWN -> {}
      case GIVEN_BACK -> posts.giveBack();
      case SUGGESTION -> posts.open();
      case CLOSING -> posts.resolve();
      case HANDOVER -> handOver(reply, posts);
    }
  }

  private static void handOver(ReleasedReply reply, ChatwootPosts posts)
      throws IOException, InterruptedException {
    Content note = reply.note();
    String key = reply.replyKey() + "/note";
    if (note != null && isMissing(posts, reply, key)) {
      posts.post(note.readable(), true, key);
    }
    posts.open();
  }

  private static boolean isMissing(ChatwootPosts posts, ReleasedReply reply, String key)
      throws IOException, InterruptedException {
    return Looks.of(posts.messagesAfter(reply.replyTo()), key, Set.of()).ours().isEmpty();
  }

  private Delivery delivery(
      ReleasedReply reply, DeliveryStatus status, @Nullable Long number, String detail) {
    Instant now = clock.instant();
    return new Delivery(reply.turn(), reply.replyKey(), status, number, detail, now, null);
  }

  private boolean isPaused(ReleasedReply reply) {
    return tenants.isPaused(reply.turn().account());
  }

  /// Back to the conversation, which releases it again after the pause.
  private Delivery withheld(ReleasedReply reply) {
    return new Delivery(
        reply.turn(),
        reply.replyKey(),
        DeliveryStatus.WITHHELD_PAUSED,
        null,
        "the account is paused",
        clock.instant(),
        reply);
  }

  private static void pause(int tries) throws InterruptedException {
    long millis = Math.min(200L << Math.min(tries - 1, 10), LONGEST_PAUSE.toMillis());
    TimeUnit.MILLISECONDS.sleep(millis);
  }
}
