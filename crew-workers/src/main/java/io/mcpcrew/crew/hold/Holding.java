package io.mcpcrew.crew.hold;

import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Asks for a line to the customer when a turn takes long: a step of the journal, which
/// intent-stream releases by the rules of a reply, once in all attempts of the turn. It never waits
/// for anything, and no turn waits for it.
public final class Holding implements AutoCloseable {
  /// Whoever begins late, because the turn had to wait, is given so long for the answer itself.
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Duration after;
  private final HoldingLines lines = HoldingLines.builtIn();
  private final ScheduledThreadPoolExecutor timer;

  /// @param after how old a turn is when the customer is told that it is being worked
  public Holding(Duration after) {
    this.after = after;
    this.timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("holding").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Ends when the turn is worked: nothing is said after that.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /// @param tools of the attempt; tell what is being done
  public Watch over(Turn turn, TurnTools tools) {
    TurnJournal journal = tools.journal();
    boolean said = journal.recorded(Step.HOLDING, "").isPresent();
    if (said || !reachesCustomer(turn.autonomy()) || timer.isShutdown()) {
      return () -> {};
    }
    long wait = wait(turn, journal.now()).toMillis();
    Future<?> line = timer.schedule(() -> say(turn, tools), wait, TimeUnit.MILLISECONDS);
    return () -> line.cancel(false);
  }

  private Duration wait(Turn turn, Instant now) {
    Duration left = Duration.between(now, turn.openedAt().plus(after));
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  /// Suggestions are read by people, who see for themselves that nothing is there yet.
  private static boolean reachesCustomer(Autonomy autonomy) {
    return autonomy == Autonomy.ANSWER || autonomy == Autonomy.CONFIRM;
  }

  private void say(Turn turn, TurnTools tools) {
    TurnJournal journal = tools.journal();
    if (journal.isCancelled()) {
      return;
    }
    String line = lines.of(tools.doing().orElse(null), turn.language());
    journal.step(
        Step.HOLDING,
        StepKind.DECISION,
        "says what is being done",
        "",
        true,
        Content.of(line),
        Content.of(line),
        journal.now());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
