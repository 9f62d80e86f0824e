package io.mcpcrew.local.scenario;

import io.mcpcrew.crew.TurnWork;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.intent.find.Found;
import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Plays one conversation: each message is a turn, a minute after the one before, until a person
/// has the word.
final class Stage {
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  private static final int LONGEST_HISTORY = 8;

  private final IntentFinder finder;
  private final TurnWork work;
  private final Tenant tenant;
  private final Scenario.Conversation conversation;
  private final World world;
  private final List<String> failures = new ArrayList<>();
  private List<Line> history = List.of();
  private List<Slot> memory = List.of();
  private Instant now = NOON;
  private long turns;
  private boolean held;

  Stage(
      IntentFinder finder,
      TurnWork work,
      Tenant tenant,
      Scenario.Conversation conversation,
      World world) {
    this.finder = finder;
    this.work = work;
    this.tenant = tenant;
    this.conversation = conversation;
    this.world = world;
  }

  List<String> play() {
    for (Scenario.Said said : conversation.messages()) {
      now = now.plus(Duration.ofMinutes(1));
      if (said.person() != null) {
        held = true;
        remember(Author.HUMAN_AGENT, said.person());
      } else if (Boolean.TRUE.equals(said.givenBack())) {
        held = false;
      } else {
        customer(said);
      }
    }
    return failures;
  }

  private void customer(Scenario.Said said) {
    String text = Objects.requireNonNullElse(said.customer(), "");
    boolean voice = Boolean.TRUE.equals(said.voice());
    int calls = world.calls().size();
    int writes = world.writes().size();
    if (held) {
      new Expectation(said, "", failures).silent(true).handsOver(false);
      remember(Author.CUSTOMER, text);
      return;
    }
    Found found = finder.find(List.of(text), tenant, now);
    Turn turn = turn(text, voice, found);
    Concluded concluded =
        found.wantsPerson()
            ? toPerson(turn)
            : work.work(turn, tenant, world, Duration.ofMinutes(1), DEAF);
    memory = concluded.memory();
    remember(Author.CUSTOMER, text);
    String reply =
        concluded.reply().stream().map(Content::readable).collect(Collectors.joining("\n\n"));
    boolean over = concluded.outcome() == OutcomeKind.HANDOVER;
    if (!over) {
      concluded.reply().forEach(part -> remember(Author.OUR_AGENT, part.readable()));
    }
    held = over;
    new Expectation(said, reply, failures)
        .intent(
            found.wishes().stream().map(w -> w.intent().name()).collect(Collectors.joining(" + ")))
        .calls(world.calls().subList(calls, world.calls().size()))
        .writes(world.writes().subList(writes, world.writes().size()))
        .texts()
        .silent(reply.isEmpty() && !over)
        .handsOver(over, concluded.reason());
  }

  private Concluded toPerson(Turn turn) {
    return new Concluded(
        turn.turn(), 1, OutcomeKind.HANDOVER, List.of(), null, "asks for a person", memory);
  }

  private Turn turn(String text, boolean voice, Found found) {
    turns++;
    List<Task> tasks = found.wishes();
    List<Attachment> attachments =
        voice ? List.of(new Attachment("audio", null, null, null)) : List.of();
    String channel = Objects.requireNonNullElse(conversation.channel(), "whatsapp");
    return new Turn(
        new TurnId(new ConversationKey(tenant.account(), "scenario"), turns),
        1,
        List.of(new Line(Author.CUSTOMER, Content.of(text), now)),
        attachments,
        history,
        tasks,
        memory,
        channel,
        "1",
        found.language(),
        tenant.document().autonomyIn("1", tasks.getFirst().intent().name()),
        tenant.version(),
        turns,
        Objects.requireNonNullElse(conversation.contact(), "1"),
        now,
        now.plusSeconds(90),
        null);
  }

  private void remember(Author author, String text) {
    List<Line> all = new ArrayList<>(history);
    all.add(new Line(author, Content.of(text), now));
    history = List.copyOf(all.subList(Math.max(0, all.size() - LONGEST_HISTORY), all.size()));
  }

  private static final TurnWork.Listener DEAF =
      new TurnWork.Listener() {
        @Override
        public void decided(Errand errand) {}

        @Override
        public void worked(Errand errand, Worked worked) {}
      };
}
