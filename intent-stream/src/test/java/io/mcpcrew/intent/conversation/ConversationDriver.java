package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static io.mcpcrew.intent.Fixtures.statusBecomes;

import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A conversation with its account's gate, driven by hand, and what came of it.
abstract class ConversationDriver {
  static final String QUESTION = "quanto custa a furadeira?";

  final List<Command> commands = new ArrayList<>();
  final List<Reason> reasons = new ArrayList<>();
  final ShelfInMemory shelf = new ShelfInMemory();
  Tenant tenant = withSettings("");
  boolean paused;
  Instant now = NOON;
  long offset = 100;
  long number;

  // ------------------------------------------------------------------ settings

  static Tenant withSettings(String fields) {
    String settings =
        fields.contains("\"autonomy\": \"") ? fields : "\"autonomy\": \"ANSWER\"," + fields;
    return TenantDocuments.parse(CONVERSATION.account(), document(settings));
  }

  static String document(String fields) {
    return """
    {"name": "Casa das Ferramentas", "language": "pt", "timezone": "America/Sao_Paulo",
     %s
     "answer_within": "PT6H", "chatwoot": null, "odoo": null, "intents": [], "answers": []}
    """
        .formatted(fields);
  }

  static Tenant presence(String mode) {
    return withSettings(
        "\"autonomy\": \"ANSWER\", \"conduct\": {\"presence\": {\"inboxes\": {\"1\": \"%s\"}}},"
            .formatted(mode));
  }

  static Tenant routes(String routes) {
    return withSettings(
        "\"autonomy\": \"ANSWER\", \"conduct\": {\"routes\": [%s]},".formatted(routes));
  }

  static Tenant patience(String times) {
    return withSettings(
        "\"autonomy\": \"ANSWER\", \"conduct\": {\"patience\": {%s}},".formatted(times));
  }

  Rules rules() {
    return new Rules(tenant, new RuleFinder(Lexicon.builtIn()), Rules.Limits.DEFAULT, paused);
  }

  // ------------------------------------------------------------------ what happens

  long next() {
    return ++number;
  }

  ConversationEvent customer(String text) {
    ConversationEvent e = customerWrites(next(), text);
    return at(e, e.channel(), List.of(), null);
  }

  ConversationEvent on(String channel, ConversationEvent e) {
    return at(e, channel, e.attachments(), e.facts());
  }

  ConversationEvent withFile(ConversationEvent e) {
    return at(e, e.channel(), List.of(new Attachment("image", null, null, null)), e.facts());
  }

  ConversationEvent at(
      ConversationEvent e,
      String channel,
      List<Attachment> files,
      @Nullable ConversationFacts facts) {
    return new ConversationEvent(
        e.eventId(),
        e.conversation(),
        e.kind(),
        e.channelEvent(),
        e.author(),
        e.messageNumber(),
        e.text(),
        files,
        e.replyKey(),
        channel,
        e.inbox(),
        facts,
        now,
        now,
        e.deliveredBy());
  }

  ConversationEvent told(
      ConversationStatus status, boolean assigned, List<String> labels, long second) {
    ConversationEvent e = statusBecomes(status, NOON.plusSeconds(second));
    return at(
        e,
        e.channel(),
        List.of(),
        new ConversationFacts(
            status, assigned, labels, NOON.plusSeconds(second), "c1", null, true));
  }

  Duration waitAfter(String channel) {
    ConversationKey key = new ConversationKey(CONVERSATION.account(), "chatwoot-" + next());
    ConversationEvent e = on(channel, customerWrites(key, number, QUESTION));
    hear(key, new Input.Happened(e));
    ConversationState state = Objects.requireNonNull(shelf.conversation(key));
    return Duration.between(now, ((Gathering) state.phase()).closesAt());
  }

  Turn aTurnAtWork() {
    hear(customer(QUESTION + " " + number));
    pass(Duration.ofSeconds(1));
    return claim(handed());
  }

  Turn claim(Turn turn) {
    work(new Claimed(turn.turn(), turn.attempt()));
    return turn;
  }

  void conclude(Turn turn, String reply) {
    work(
        new Concluded(
            turn.turn(),
            turn.attempt(),
            OutcomeKind.REPLY,
            List.of(Content.of(reply)),
            null,
            "test",
            List.of()));
  }

  void work(WorkEvent event) {
    hear(CONVERSATION, new Input.Worked(new Work("w1", now, event), 0, offset++, now));
  }

  void giveBack(ReleasedReply reply) {
    hear(
        CONVERSATION,
        new Input.Returned(
            new Delivery(
                reply.turn(),
                reply.replyKey(),
                DeliveryStatus.WITHHELD_PAUSED,
                null,
                "",
                now,
                reply)));
  }

  void resume() {
    paused = false;
    keep(AccountGate.wake(shelf, CONVERSATION.account(), now, rules()));
  }

  void hear(ConversationEvent event) {
    hear(CONVERSATION, new Input.Happened(event));
  }

  void pass(Duration time) {
    now = now.plus(time);
    hear(CONVERSATION, new Input.TimeCame(now));
  }

  void hear(ConversationKey key, Input input) {
    keep(AccountGate.hear(shelf, key, input, now, rules()));
  }

  void keep(AccountGate.Change change) {
    shelf.keep(CONVERSATION.account(), change);
    change
        .transitions()
        .forEach(step -> {
          commands.addAll(step.decision().commands());
          reasons.addAll(step.decision().reasons());
        });
  }

  // ------------------------------------------------------------------ what came of it

  ConversationState current() {
    return Objects.requireNonNull(shelf.conversation(CONVERSATION));
  }

  Object phase() {
    return current().phase();
  }

  Turn handed() {
    return commands.stream()
        .filter(Command.Hand.class::isInstance)
        .map(command -> ((Command.Hand) command).turn())
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("no turn was handed out"));
  }

  List<ReleasedReply> released() {
    return commands.stream()
        .filter(Command.Release.class::isInstance)
        .map(command -> ((Command.Release) command).reply())
        .toList();
  }
}
