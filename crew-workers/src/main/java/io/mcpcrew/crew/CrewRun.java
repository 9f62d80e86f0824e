package io.mcpcrew.crew;

import io.mcpcrew.crew.claim.Cancellations;
import io.mcpcrew.crew.claim.Cancelled;
import io.mcpcrew.crew.claim.JournalReader;
import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.claim.TurnTaker.Taken;
import io.mcpcrew.crew.claim.WorkLog;
import io.mcpcrew.crew.hold.Holding;
import io.mcpcrew.crew.protocol.EarlierAttempts;
import io.mcpcrew.crew.tools.AwaitsApproval;
import io.mcpcrew.crew.tools.McpCalls;
import io.mcpcrew.crew.tools.ToolView;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.runtime.faults.Terminal;
import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One turn from beginning to end: prepare → work each task → conclude. Runs on a virtual thread of
/// its own; everything it knows came with the turn, and everything it learns is in the log before
/// the turn is over.
final class CrewRun {
  private static final Logger LOGGER = LoggerFactory.getLogger(CrewRun.class);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final WorkLog log;
  private final JournalReader journals;
  private final Cancellations cancellations;
  private final Tenants tenants;
  private final TurnWork work;
  private final ToolView tools;
  private final McpCalls calls;
  private final Learning learning;
  private final Holding holding;
  private final CrewSettings settings;
  private final Telemetry telemetry;
  private final Clock clock;

  CrewRun(
      WorkLog log,
      JournalReader journals,
      Cancellations cancellations,
      Tenants tenants,
      TurnWork work,
      ToolView tools,
      McpCalls calls,
      Learning learning,
      Holding holding,
      CrewSettings settings,
      Telemetry telemetry,
      Clock clock) {
    this.log = log;
    this.journals = journals;
    this.cancellations = cancellations;
    this.tenants = tenants;
    this.work = work;
    this.tools = tools;
    this.calls = calls;
    this.learning = learning;
    this.holding = holding;
    this.settings = settings;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  void run(Taken taken) {
    Turn turn = taken.turn();
    var known = new EarlierAttempts(turn.turn());
    var journal =
        new TurnJournal(
            log,
            taken.claim(),
            clock,
            taken.worker(),
            turn.turn(),
            turn.attempt(),
            known,
            cancellations);
    Span span = telemetry.continueFrom(taken.entry().headers(), "crew turn", SpanKind.CONSUMER);
    try (var _ = LogFields.of(turn.turn()).trace(span)) {
      journal.conclude(worked(taken, journal, known, span));
    } finally {
      span.end();
    }
  }

  private Concluded worked(Taken taken, TurnJournal journal, EarlierAttempts known, Span span) {
    Turn turn = taken.turn();
    try {
      JournalRange before = turn.journal();
      if (before != null) {
        journals.read(turn.turn(), before, known);
      }
      Tenant tenant = prepare(turn);
      var turnTools =
          new TurnTools(
              turn,
              new McpCalls.Caller(taken.token(), Telemetry.traceparent(span)),
              tools,
              calls,
              journal,
              settings.toolDeadline(),
              settings.writeDeadline(),
              () -> tenants.isPaused(turn.turn().account()));
      try (var _ = holding.over(turn, turnTools)) {
        return work.work(turn, tenant, turnTools, patience(turn), listener(journal));
      }
    } catch (AwaitsApproval e) {
      return awaitsApproval(turn, e);
    } catch (Cancelled e) {
      return end(turn, OutcomeKind.SILENCE, List.of(), "cancelled");
    } catch (Terminal e) {
      return end(turn, OutcomeKind.HANDOVER, List.of(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.atWarn().setCause(e).log("an attempt failed");
      return end(turn, OutcomeKind.FAILED, List.of(), e.getClass().getSimpleName());
    }
  }

  /// How long one of several tasks may take: what is left then is for a person's note and the post.
  /// Whoever is too late anyway is stopped by who decides that.
  private Duration patience(Turn turn) {
    Duration left = Duration.between(clock.instant(), turn.deadline());
    return left.isPositive() ? left.multipliedBy(3).dividedBy(4) : LONGEST;
  }

  /// Exactly the version that the turn was begun with; it may take a moment to be read.
  private Tenant prepare(Turn turn) {
    var account = turn.turn().account();
    return tenants
        .version(account, turn.settingsVersion())
        .orElseThrow(() ->
            new IllegalStateException(
                "settings %s are not known yet".formatted(turn.settingsVersion())));
  }

  /// The journal tells which crew has a task; what was said of products is learnt.
  private TurnWork.Listener listener(TurnJournal journal) {
    return new TurnWork.Listener() {
      @Override
      public void decided(Errand errand) {
        String crew = "crew " + errand.crew().name();
        String path = "task/" + errand.number();
        journal.step(path, StepKind.DECISION, crew, "", true, null, null, journal.now());
      }

      @Override
      public void worked(Errand errand, Worked worked) {
        learning.observe(errand.turn(), errand.task(), worked.used());
      }
    };
  }

  /// The turn's memory stays as it was, so that the next attempt comes to the same place.
  private static Concluded awaitsApproval(Turn turn, AwaitsApproval e) {
    return new Concluded(
        turn.turn(),
        turn.attempt(),
        OutcomeKind.AWAITS_APPROVAL,
        List.of(),
        null,
        String.valueOf(e.getMessage()),
        turn.memory(),
        e.wanted());
  }

  private static Concluded end(Turn turn, OutcomeKind outcome, List<Content> reply, String reason) {
    return new Concluded(turn.turn(), turn.attempt(), outcome, reply, null, reason, turn.memory());
  }
}
