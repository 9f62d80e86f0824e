package io.mcpcrew.simulation;

import io.mcpcrew.crew.protocol.Look;
import io.mcpcrew.crew.protocol.PostRule;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Chatwoot, its customers and its people, and the edge that turns its webhooks into events.
final class Channel {
  private static final long GIVES_BACK_WITHIN = 30_000;

  /// A message as the channel keeps it.
  record Message(long number, Author author, @Nullable String key, long at) {}

  private static final long AN_HOUR = 3_600_000;

  private final World world;
  private final Dice later;
  private final Map<ConversationKey, List<Message>> conversations = new HashMap<>();
  private int lastNumber;

  Channel(World world) {
    this.world = world;
    this.later = world.plan.later().split();
  }

  void begin() {
    for (int c = 0; c < world.plan.messages().size(); c++) {
      ConversationKey key = World.conversation(c);
      for (int m = 0; m < world.plan.messages().get(c); m++) {
        boolean wantsPerson = world.dice.chance(0.03);
        String text = wantsPerson ? "?person" : "question";
        world.scheduler.at(
            world.dice.mostlyLittle(0, Plan.HORIZON), () -> write(key, Author.CUSTOMER, text));
      }
    }
    for (int p = 0; p < world.plan.people(); p++) {
      world.scheduler.at(world.dice.mostlyLittle(0, Plan.HORIZON), this::personWrites);
    }
    if (world.plan.comesBack()) {
      comeBack();
    }
  }

  /// Around the time at which everything is forgotten, customers write again.
  private void comeBack() {
    for (int c = 0; c < world.plan.messages().size(); c++) {
      ConversationKey key = World.conversation(c);
      int messages = later.upTo(4);
      for (int m = 0; m < messages; m++) {
        long at = World.FORGET_AFTER.toMillis() + later.between(-AN_HOUR / 6, AN_HOUR * 3 / 2);
        world.scheduler.at(at, () -> write(key, Author.CUSTOMER, "question"));
      }
    }
  }

  void personWrites() {
    ConversationKey key = World.conversation(world.dice.upTo(world.plan.messages().size()));
    write(key, Author.HUMAN_AGENT, "hello from a person");
    givesBack(key);
  }

  /// A person who has the conversation gives it back after a while.
  private void givesBack(ConversationKey key) {
    world.scheduler.after(
        world.dice.between(2_000, GIVES_BACK_WITHIN),
        () ->
            deliver(
                key,
                EventKind.STATUS_CHANGED,
                Author.SYSTEM,
                null,
                null,
                ConversationStatus.PENDING));
  }

  /// Persons read what is asked of them and answer it, or nobody does. Two may answer the same.
  private void decides(ReleasedReply request) {
    ConversationKey key = request.turn().conversation();
    deliver(key, EventKind.STATUS_CHANGED, Author.SYSTEM, null, null, ConversationStatus.OPEN);
    int persons = world.dice.chance(0.15) ? 0 : world.dice.chance(0.3) ? 2 : 1;
    for (int i = 0; i < persons; i++) {
      boolean approves = world.dice.chance(0.8);
      world.scheduler.after(
          world.dice.mostlyLittle(500, World.APPROVAL.toMillis() + 10_000),
          () -> {
            if (approves) {
              world.invariants.approvals.approved(request);
            }
            note(
                key,
                approves ? "/aprovar " + world.invariants.approvals.number(request) : "/negar");
          });
    }
  }

  /// People's notes are private: no look finds them.
  private void note(ConversationKey key, String text) {
    long number = ++lastNumber;
    world.tell(() -> "a person notes in %s: %s".formatted(key, text));
    deliver(key, EventKind.NOTE, Author.HUMAN_AGENT, number, text, ConversationStatus.UNKNOWN);
  }

  private Message write(ConversationKey key, Author author, String text) {
    return keep(key, author, text, null);
  }

  private Message keep(ConversationKey key, Author author, String text, @Nullable String replyKey) {
    var message = new Message(++lastNumber, author, replyKey, world.now());
    conversations.computeIfAbsent(key, _ -> new ArrayList<>()).add(message);
    String whole = "%d %s".formatted(message.number(), text);
    world.tell(() -> "%s writes in %s: %s".formatted(author, key, whole));
    ConversationStatus status =
        author == Author.HUMAN_AGENT ? ConversationStatus.OPEN : ConversationStatus.UNKNOWN;
    deliver(key, EventKind.MESSAGE, author, message.number(), whole, status);
    return message;
  }

  // ------------------------------------------------------------------ webhooks and the edge

  private void deliver(
      ConversationKey key,
      EventKind kind,
      Author author,
      @Nullable Long number,
      @Nullable String text,
      ConversationStatus status) {
    Instant now = World.BEGAN.plusMillis(world.now());
    var facts = new ConversationFacts(status, false, List.of(), now, "contact", null, true);
    var event =
        new ConversationEvent(
            "chatwoot/%s/%s/%s".formatted(key, kind, number == null ? now : number),
            key,
            kind,
            "webhook",
            author,
            number,
            text == null ? null : Content.of(text),
            List.of(),
            null,
            "web",
            "1",
            facts,
            now,
            now,
            "account_webhook");
    int times = world.is(Fault.WEBHOOKS_COME_TWICE) ? 1 + world.dice.upTo(3) : 1;
    for (int i = 0; i < times; i++) {
      boolean late = world.is(Fault.WEBHOOKS_ARE_LATE) && world.dice.chance(0.5);
      long delay = world.network() + (late ? world.dice.mostlyLittle(100, 60_000) : 0);
      world.scheduler.after(delay, () -> accept(event));
    }
    if (world.plan.comesBack() && later.chance(0.3)) {
      long delay = World.FORGET_AFTER.toMillis() + later.between(0, AN_HOUR);
      world.scheduler.after(
          delay,
          () -> {
            world.invariants.findings.count("CAME_AGAIN_MUCH_LATER");
            accept(event);
          });
    }
  }

  private void accept(ConversationEvent event) {
    world.messages.append(event, null);
    world.invariants.messages.accepted(event);
  }

  // ------------------------------------------------------------------ what a publisher asks for

  void look(PublisherActor who, ReleasedReply reply, Consumer<Look> answered, Runnable failed) {
    int asker = who.life();
    who.send(() -> {
      if (world.is(Fault.CHANNEL_IS_AWAY)) {
        who.answered(asker, failed).run();
        return;
      }
      OptionalLong ours = OptionalLong.empty();
      boolean human = false;
      for (Message message : messages(reply)) {
        if (reply.replyKey().equals(message.key())) {
          ours = OptionalLong.of(message.number());
        }
        human |= message.author() == Author.HUMAN_AGENT && message.number() > reply.replyTo();
      }
      var look = new Look(ours, human);
      world.scheduler.after(
          slowness(), () -> who.answered(asker, () -> answered.accept(look)).run());
    });
  }

  private List<Message> messages(ReleasedReply reply) {
    return conversations.getOrDefault(reply.turn().conversation(), List.of());
  }

  /// @param lookedAt when the look began that allowed it
  /// @param allowedAt when the rules said that it may leave
  void post(
      PublisherActor who,
      ReleasedReply reply,
      long lookedAt,
      long allowedAt,
      Runnable answered,
      Runnable failed) {
    long leftAt = world.now();
    int asker = who.life();
    who.send(() -> {
      if (world.is(Fault.CHANNEL_IS_AWAY)) {
        who.answered(asker, failed).run();
        return;
      }
      world.scheduler.after(
          slowness(),
          () -> {
            boolean heldUp = leftAt - allowedAt > 50;
            boolean late =
                world.now() - leftAt > PublisherActor.POST_WITHIN + PublisherActor.SETTLES;
            // A look counts for two seconds, by clocks that drift.
            long seen = Math.max(lookedAt, allowedAt - PostRule.LOOK_HOLDS.toMillis() - 100);
            posted(reply, seen, heldUp || late);
            who.answered(asker, answered).run();
          });
    });
  }

  /// @param seen until when what people wrote must have been seen
  private void posted(ReleasedReply reply, long seen, boolean inTheWindow) {
    boolean person =
        reply.kind() == ReplyKind.REPLY
            && messages(reply).stream()
                .anyMatch(m ->
                    m.author() == Author.HUMAN_AGENT
                        && m.number() > reply.replyTo()
                        && m.at() <= seen);
    world.invariants.outside.posted(reply, inTheWindow, person);
    keep(
        reply.turn().conversation(),
        Author.OUR_AGENT,
        "reply " + reply.replyKey(),
        reply.replyKey());
    if (ApprovalsAsked.isRequest(reply)) {
      decides(reply);
    } else if (reply.kind() == ReplyKind.HANDOVER) {
      givesBack(reply.turn().conversation());
    }
  }

  private long slowness() {
    return world.is(Fault.CHANNEL_IS_SLOW)
        ? world.dice.between(100, 14_500)
        : world.dice.between(5, 60);
  }
}
