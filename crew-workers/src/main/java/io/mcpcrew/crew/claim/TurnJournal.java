package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.EarlierAttempts;
import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.WriteRule;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What one attempt of a turn leaves in the log: its steps, its announcements, its end.
public final class TurnJournal {
  private final WorkLog log;
  private final Lease.Claim claim;
  private final Clock clock;
  private final String worker;
  private final TurnId turn;
  private final int attempt;
  private final EarlierAttempts known;
  private final Cancellations cancellations;
  private final Instant begunAt;
  private volatile boolean ended;

  /// @param known what the attempts before this one left; what this one does is added
  public TurnJournal(
      WorkLog log,
      Lease.Claim claim,
      Clock clock,
      String worker,
      TurnId turn,
      int attempt,
      EarlierAttempts known,
      Cancellations cancellations) {
    this.log = log;
    this.claim = claim;
    this.clock = clock;
    this.worker = worker;
    this.turn = turn;
    this.attempt = attempt;
    this.known = known;
    this.cancellations = cancellations;
    this.begunAt = clock.instant();
  }

  /// Whether nobody waits for the attempt any more, as far as is known here.
  public boolean isCancelled() {
    return cancellations.isCancelled(turn, attempt);
  }

  /// @throws Cancelled when nobody waits for the attempt any more
  public void goOn() {
    if (ended || isCancelled()) {
      throw new Cancelled(turn.toString());
    }
  }

  /// What may be done about the write at this place.
  ///
  /// @param checkable whether a read tells if it happened
  public WriteRule.Next next(
      String path, String argumentsHash, EffectClass effect, boolean checkable) {
    return WriteRule.next(known, path, argumentsHash, effect, checkable);
  }

  /// What came of the step at this place in an attempt before, if the same was asked then.
  public Optional<Step> recorded(String path, String argumentsHash) {
    return known.recorded(path, argumentsHash);
  }

  public Instant now() {
    return clock.instant();
  }

  /// How long this attempt has been worked.
  public Duration passed() {
    return Duration.between(begunAt, clock.instant());
  }

  /// The key of a write at this place: equal in every attempt, so that a tool knows it again.
  public String key(String path) {
    return turn + "/" + path;
  }

  /// Records a finished step; at the place of a write only when it is known what came of it. Need
  /// not be waited for: the conclusion comes after it in the log.
  public void step(
      String path,
      StepKind kind,
      String name,
      String argumentsHash,
      boolean succeeded,
      @Nullable Content result,
      @Nullable Content summary,
      Instant startedAt) {
    say(path, kind, name, argumentsHash, succeeded, result, summary, startedAt, 0, 0, 0);
  }

  /// Records what a model was asked and answered, with what it cost.
  public void model(
      String path,
      String name,
      String promptHash,
      boolean succeeded,
      @Nullable Content answer,
      @Nullable Content summary,
      Instant startedAt,
      int tokensIn,
      int tokensOut,
      long costMicros) {
    say(
        path,
        StepKind.MODEL,
        name,
        promptHash,
        succeeded,
        answer,
        summary,
        startedAt,
        tokensIn,
        tokensOut,
        costMicros);
  }

  private void say(
      String path,
      StepKind kind,
      String name,
      String argumentsHash,
      boolean succeeded,
      @Nullable Content result,
      @Nullable Content summary,
      Instant startedAt,
      int tokensIn,
      int tokensOut,
      long costMicros) {
    Instant now = clock.instant();
    var step =
        new Step(
            turn,
            attempt,
            path,
            kind,
            name,
            argumentsHash,
            succeeded,
            result,
            summary,
            startedAt,
            Duration.between(startedAt, now).toNanos() / 1_000,
            tokensIn,
            tokensOut,
            costMicros);
    known.hear(new Work(worker, now, step));
    var _ = log.say(worker, turn, step);
  }

  /// Announces a write and returns when the log has it; only then may the call leave. Nothing
  /// leaves any more when the attempt is over, whatever is still under way of it.
  ///
  /// @throws Cancelled when it is over
  /// @throws IllegalStateException when the lease has run out, or the log does not answer
  public void announce(
      String path, String tool, String argumentsHash, EffectClass effect, Duration callDeadline) {
    Instant over = clock.instant().plus(callDeadline);
    var announced =
        new Announced(
            turn,
            attempt,
            path,
            tool,
            argumentsHash,
            key(path),
            effect,
            over,
            callDeadline.toMillis());
    known.hear(new Work(worker, clock.instant(), announced));
    try {
      log.say(worker, turn, announced).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before a write", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the announcement of a write was not acknowledged", e);
    }
    if (ended) {
      throw new Cancelled(turn.toString());
    }
    if (!claim.mayWrite(log.moment())) {
      throw new IllegalStateException("the lease has run out");
    }
  }

  /// Ends the attempt. Returns when the log has it, so that the turn's place is free only then.
  public void conclude(Concluded concluded) {
    ended = true;
    try {
      log.say(worker, turn, concluded).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a turn was not acknowledged", e);
    } finally {
      claim.giveBack();
    }
  }
}
