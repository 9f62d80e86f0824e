package io.mcpcrew.bench;

import io.mcpcrew.intent.conversation.AccountGate;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What needs no broker: the time of a classification, and the size of a state.
final class IntentFigures {
  private static final AccountId ACCOUNT = new AccountId("bench-0");
  private static final String WORKER = "worker-1234-0123abcd";

  /// A list of five products is about so long.
  private static final String ANSWER = "Encontrei esta opção por R$ 289,90, em estoque. ".repeat(6);

  private IntentFigures() {}

  /// Of the thread's own time, so that what else the machine does is not counted.
  static Measured classification(int count) {
    var finder = new RuleFinder(Lexicon.builtIn());
    Tenant shop = ShopLog.shop(ACCOUNT);
    find(finder, shop, count);
    return Measured.of("an intent by rules", null, 0, find(finder, shop, count), null);
  }

  private static Latencies find(RuleFinder finder, Tenant shop, int count) {
    var thread = ManagementFactory.getThreadMXBean();
    var times = new Latencies(count);
    int wishes = 0;
    for (int i = 0; i < count; i++) {
      List<String> texts = List.of(BenchSentences.of(i));
      long before = thread.getCurrentThreadCpuTime();
      wishes += finder.find(texts, shop, Instant.EPOCH).wishes().size();
      times.add(thread.getCurrentThreadCpuTime() - before);
    }
    if (wishes < count) {
      throw new IllegalStateException("a message without a wish");
    }
    return times;
  }

  /// A conversation in which nothing is asked any more, after many turns with long answers.
  static ConversationState idle(ConversationKey key, int turns, Instant began) {
    var shelf = new ShelfInMemory();
    var rules =
        new Rules(
            ShopLog.shop(key.account()), new RuleFinder(Lexicon.builtIn()), Rules.Limits.DEFAULT);
    Instant now = began;
    for (int i = 1; i <= turns; i++) {
      // As often as nothing takes it for a machine.
      now = now.plusSeconds(600);
      hear(
          shelf,
          key,
          new Input.Happened(ShopLog.message(key, 10_000_000L + 3L * i, BenchSentences.of(i), now)),
          now,
          rules);
      var turn = new TurnId(key, i);
      worked(shelf, key, new Claimed(turn, 1), now, rules);
      worked(
          shelf,
          key,
          new Concluded(
              turn,
              1,
              OutcomeKind.REPLY,
              List.of(Content.of("%d. %s".formatted(i, ANSWER))),
              null,
              "answered by playbook",
              List.of()),
          now,
          rules);
    }
    ConversationState state = Objects.requireNonNull(shelf.conversation(key));
    if (!(state.phase() instanceof Quiet)) {
      throw new IllegalStateException("not idle: " + state.phase());
    }
    return ConversationMachine.traced(
        state, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  private static void worked(
      ShelfInMemory shelf, ConversationKey key, WorkEvent event, Instant now, Rules rules) {
    hear(shelf, key, new Input.Worked(new Work(WORKER, now, event), 0, 1, now), now, rules);
  }

  private static void hear(
      ShelfInMemory shelf, ConversationKey key, Input input, Instant now, Rules rules) {
    shelf.keep(key.account(), AccountGate.hear(shelf, key, input, now, rules));
  }

  static byte[] bytes(ConversationState state) {
    return new CrewSerde<>("conversations", ConversationState.class).toBytes(state);
  }
}
