package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.channel.Choices;
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
import java.util.List;
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

  /// A reply on its way.
  ///
  /// @param parts the messages that it becomes; each has a key of its own
  /// @param buttons that the customer can press below the last of them
  /// @param staff who could take it over
  private record Job(
      ReleasedReply reply,
      List<String> parts,
      List<String> buttons,
      Staff staff,
      Tenant tenant,
      ChatwootPosts posts,
      TopicPartition partition) {

    Set<String> silentLabels() {
      return tenant.document().conduct().presence().silentLabels();
    }

    /// The same each time.
    String key(int part) {
      return part == 0 ? reply.replyKey() : reply.replyKey() + "/" + (part + 1);
    }

    List<String> buttons(int part) {
      return isLast(part) ? buttons : List.of();
    }

    boolean isLast(int part) {
      return part >= parts.size() - 1;
    }
  }

  /// Empty when the partition went to another before the reply was posted. The messages of a long
  /// reply are posted one after the other, each after a look for its own key: who goes on after a
  /// crash posts what is missing.
  Optional<Delivery> post(ReleasedReply reply, TopicPartition partition)
      throws InterruptedException {
    Tenant tenant = tenants.current(reply.turn().account()).orElse(null);
    Tenant.Chatwoot chatwoot = tenant == null ? null : tenant.document().chatwoot();
    if (tenant == null || chatwoot == null) {
      return Optional.of(
          delivery(reply, DeliveryStatus.REFUSED, null, "the account has no Chatwoot"));
    }
    var posts = new ChatwootPosts(http, chatwoot, ChatwootPosts.number(reply.turn()), deadline);
    List<String> choices = reply.choices().stream().map(Content::readable).toList();
    boolean pressed =
        reply.kind() == ReplyKind.REPLY && Choices.canBePressed(reply.channel(), choices);
    List<String> buttons = pressed ? choices : List.of();
    Staff staff = Assigning.staff(reply, tenant.document().conduct().handover(), posts);
    String said = text(reply) + absence(reply, tenant.document(), staff);
    String text = pressed ? said : Choices.numbered(said, choices);
    List<String> parts = Splitting.parts(text, longest(reply, pressed));
    var job = new Job(reply, parts, buttons, staff, tenant, posts, partition);
    Delivery first = null;
    for (int part = 0; part < parts.size(); part++) {
      Optional<Delivery> delivery = post(job, part);
      if (delivery.isEmpty() || !isThere(delivery.get())) {
        return delivery;
      }
      first = first == null ? delivery.get() : first;
    }
    return Optional.ofNullable(first);
  }

  /// Who is handed over in the customer's own language reads when nobody is there.
  private String absence(ReleasedReply reply, Tenant.Document document, Staff staff) {
    return reply.parts().isEmpty() || reply.language().isEmpty()
        ? ""
        : staff
            .absence(
                reply.language(),
                document.conduct().opening(),
                clock.instant(),
                document.timezone())
            .map(sentence -> " " + sentence)
            .orElse("");
  }

  private static boolean isThere(Delivery delivery) {
    return delivery.status() == DeliveryStatus.POSTED
        || delivery.status() == DeliveryStatus.FOUND_POSTED;
  }

  /// People read notes of any length.
  private static int longest(ReleasedReply reply, boolean pressed) {
    if (reply.kind().isForPeople()) {
      return Integer.MAX_VALUE;
    }
    int longest = Splitting.longest(reply.channel());
    return pressed ? Choices.longestText(reply.channel(), longest) : longest;
  }

  private Optional<Delivery> post(Job job, int part) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Optional<Instant> since = ownership.since(job.partition());
      if (since.isEmpty()) {
        return Optional.empty();
      }
      TimeUnit.MILLISECONDS.sleep(
          PostRule.waitBeforeLook(job.reply(), since.get(), clock.instant()).toMillis());
      try {
        return attempt(job, part);
      } catch (ChatwootPosts.Refusal | GuardedHttp.ForbiddenAddress refused) {
        finishUnsaid(job);
        return Optional.of(notTaken(job, DeliveryStatus.REFUSED, refused.getMessage()));
      } catch (IOException | JacksonException mayPass) {
        LOGGER
            .atWarn()
            .addKeyValue("try", tries)
            .addKeyValue("cause", mayPass.toString())
            .log("a post did not go through");
        pause(tries, mayPass);
      }
    }
  }

  /// The words of a handover were not taken; the person is told all the same. That something was
  /// not taken is told by intent-stream, which hears of it. Nothing is left to be done here if this
  /// cannot be posted either.
  private void finishUnsaid(Job job) throws InterruptedException {
    if (job.reply().kind() == ReplyKind.HANDOVER) {
      try {
        handOver(job);
      } catch (IOException | JacksonException alsoNot) {
        LOGGER
            .atWarn()
            .addKeyValue("cause", alsoNot.toString())
            .log("nobody could be told of a handover whose words were refused");
      }
    }
  }

  private Optional<Delivery> attempt(Job job, int part) throws IOException, InterruptedException {
    ReleasedReply reply = job.reply();
    ChatwootPosts posts = job.posts();
    while (true) {
      Moment began = moment();
      Look look = Looks.of(posts.messagesAfter(reply.replyTo()), job.key(part), job.silentLabels());
      Moment now = moment();
      switch (PostRule.next(reply, look, now.since(began), now.wall())) {
        case FOUND_POSTED -> {
          finish(job, part);
          long number = look.ours().orElseThrow();
          return Optional.of(delivery(reply, DeliveryStatus.FOUND_POSTED, number, ""));
        }
        case EXPIRED -> {
          return Optional.of(notTaken(job, DeliveryStatus.EXPIRED, ""));
        }
        case WITHHOLD -> {
          return Optional.of(delivery(reply, DeliveryStatus.WITHHELD_HUMAN_WROTE, null, ""));
        }
        case POST -> {
          return isPaused(reply) ? Optional.of(withheld(reply)) : posted(job, part);
        }
        case NOTE_ONLY -> {
          if (isPaused(reply)) {
            return Optional.of(withheld(reply));
          }
          finish(job);
          return Optional.of(
              delivery(reply, DeliveryStatus.WITHHELD_HUMAN_WROTE, null, "only the note"));
        }
        case LOOK_AGAIN -> LOGGER.atInfo().log("held up after the look; looking again");
      }
    }
  }

  private void finish(Job job, int part) throws IOException, InterruptedException {
    if (job.isLast(part)) {
      finish(job);
    }
  }

  private Moment moment() {
    return new Moment(System.nanoTime(), clock.instant());
  }

  private Optional<Delivery> posted(Job job, int part) throws IOException, InterruptedException {
    ReleasedReply reply = job.reply();
    if (reply.parts().isEmpty()) {
      finish(job, part);
      return Optional.of(delivery(reply, DeliveryStatus.POSTED, null, "only a note"));
    }
    Optional<Tenant.Template> template = template(job);
    if (!ownership.begin(job.partition(), moment())) {
      // Not ours any more, or not for sure: what is true is known at the next look.
      throw new ChatwootPosts.NotDone("the partition may have gone to another publisher");
    }
    try {
      long number = number(job, part, template);
      finish(job, part);
      return Optional.of(delivery(reply, DeliveryStatus.POSTED, number, ""));
    } finally {
      ownership.end(job.partition());
    }
  }

  /// What the channel takes instead, when it takes nothing else now.
  ///
  /// @throws ChatwootPosts.Refusal when it takes nothing
  private static Optional<Tenant.Template> template(Job job)
      throws IOException, InterruptedException {
    if (!Window.mayBeClosed(job.reply()) || job.posts().canReply()) {
      return Optional.empty();
    }
    Tenant.Chatwoot chatwoot = job.tenant().document().chatwoot();
    Tenant.Template template = chatwoot == null ? null : chatwoot.outsideWindow();
    if (template == null || !Window.takesTemplates(job.reply())) {
      throw new ChatwootPosts.Refusal(
          "the channel takes nothing so long after the customer's last message");
    }
    return Optional.of(template);
  }

  /// A request that got no answer may still be acted on. A look before that is over would show
  /// nothing, and the reply would be posted twice.
  private long number(Job job, int part, Optional<Tenant.Template> template)
      throws IOException, InterruptedException {
    String text = job.parts().get(part);
    String key = job.key(part);
    try {
      return template.isPresent()
          ? job.posts().postTemplate(template.get(), text, key)
          : job.posts().post(text, job.reply().kind().isForPeople(), key, job.buttons(part));
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
  private static void finish(Job job) throws IOException, InterruptedException {
    ChatwootPosts posts = job.posts();
    switch (job.reply().kind()) {
      case REPLY, NOTE, UNKNOWN -> {}
      case GIVEN_BACK -> posts.giveBack();
      case SUGGESTION -> posts.open();
      case CLOSING -> posts.resolve();
      case HANDOVER -> handOver(job);
    }
  }

  /// Where a person has written meanwhile nobody else is given the conversation.
  private static void handOver(Job job) throws IOException, InterruptedException {
    ReleasedReply reply = job.reply();
    ChatwootPosts posts = job.posts();
    Content note = reply.note();
    String key = reply.replyKey() + "/note";
    Look look = Looks.of(posts.messagesAfter(reply.replyTo()), key, Set.of());
    if (note != null && look.ours().isEmpty()) {
      posts.post(note.readable(), true, key);
    }
    posts.open();
    if (!look.humanSpoke()) {
      Assigning.assign(reply, job.staff(), posts);
    }
  }

  private Delivery delivery(
      ReleasedReply reply, DeliveryStatus status, @Nullable Long number, String detail) {
    Instant now = clock.instant();
    return new Delivery(reply.turn(), reply.replyKey(), status, number, detail, now, null);
  }

  /// With what the customer was to read, for the person who says it now.
  private Delivery notTaken(Job job, DeliveryStatus status, @Nullable String detail) {
    return new Delivery(
        job.reply().turn(),
        job.reply().replyKey(),
        status,
        null,
        String.valueOf(detail),
        clock.instant(),
        job.reply());
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

  /// At least as long as the channel asks for, within reason: a reply expires.
  private static void pause(int tries, Exception cause) throws InterruptedException {
    long asked = cause instanceof ChatwootPosts.NotDone notDone ? notDone.pause().toMillis() : 0;
    long millis = Math.max(asked, 200L << Math.min(tries - 1, 10));
    TimeUnit.MILLISECONDS.sleep(Math.min(millis, LONGEST_PAUSE.toMillis()));
  }
}
