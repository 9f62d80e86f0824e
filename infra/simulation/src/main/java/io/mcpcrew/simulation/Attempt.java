package io.mcpcrew.simulation;

import io.mcpcrew.crew.protocol.ApprovalRule;
import io.mcpcrew.crew.protocol.EarlierAttempts;
import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.WriteRule;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.WantedWrite;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt of a turn at a worker: its script's steps one after the other, each write by the
/// rules, and a conclusion.
final class Attempt {
  private static final int MOST_CALLS = 3;

  private final World world;
  private final WorkerActor worker;
  private final Turn turn;
  private final String as;
  private final Lease.Claim claim;
  private final Script script;
  private final EarlierAttempts earlier;
  private int calls;
  private boolean concluded;

  Attempt(WorkerActor worker, Turn turn, String as, Lease.Claim claim) {
    this.world = worker.world;
    this.worker = worker;
    this.turn = turn;
    this.as = as;
    this.claim = claim;
    this.script = Script.of(turn.turn(), world.plan.seed());
    this.earlier = new EarlierAttempts(turn.turn());
  }

  void begin() {
    world.invariants.outside.attemptBegins(turn);
    world.tell(
        () -> "%s begins attempt %d of %s: %s".formatted(as, turn.attempt(), turn.turn(), script));
    JournalRange journal = turn.journal();
    if (journal != null && world.mutation != Mutation.JOURNAL_FORGOTTEN) {
      for (long offset = journal.fromOffset(); offset <= journal.fenceOffset(); offset++) {
        Kafka.Entry entry = world.work.entry(offset);
        if (entry.isVisible()) {
          earlier.hear((Work) entry.value());
        }
      }
    }
    step(0);
  }

  private void step(int number) {
    calls = 0;
    if (number == script.steps().size()) {
      conclude(script.end(), "as its crew said");
    } else if (script.steps().get(number) == EffectClass.READ) {
      read(number);
    } else {
      write(number);
    }
  }

  private void read(int number) {
    world.tools.read(
        worker,
        works -> {
          if (works) {
            said(number);
            step(number + 1);
          } else {
            conclude(OutcomeKind.FAILED, "a system does not answer");
          }
        });
  }

  // ------------------------------------------------------------------ writes, by the rules

  private void write(int number) {
    EffectClass effect = script.steps().get(number);
    String arguments = script.arguments(number, turn.attempt());
    if (ApprovalRule.isNeeded(turn, path(number), arguments)
        && world.mutation != Mutation.WRITES_UNAPPROVED) {
      awaitApproval(number, arguments);
      return;
    }
    WriteRule.Next next = WriteRule.next(earlier, path(number), arguments, effect, true);
    if (world.mutation == Mutation.BLIND_AGAIN && next instanceof WriteRule.Next.Person) {
      next = new WriteRule.Next.Call();
    }
    switch (next) {
      case WriteRule.Next.Known _ -> step(number + 1);
      case WriteRule.Next.Call _ -> announce(number);
      case WriteRule.Next.Ask _ -> settleAndAsk(number);
      case WriteRule.Next.Person(String reason) -> conclude(OutcomeKind.HANDOVER, reason);
    }
  }

  private void announce(int number) {
    if (calls++ >= MOST_CALLS) {
      conclude(OutcomeKind.FAILED, "a system does not answer");
      return;
    }
    var announced =
        new Announced(
            turn.turn(),
            turn.attempt(),
            path(number),
            "tool",
            script.arguments(number, turn.attempt()),
            key(number),
            script.steps().get(number),
            worker.wallTime().plusMillis(script.takes(number)),
            script.takes(number));
    world.at(
        Spot.BEFORE_THE_ANNOUNCEMENT,
        worker,
        () -> {
          if (world.mutation == Mutation.ANNOUNCEMENT_NOT_WAITED_FOR) {
            say(announced, () -> {});
            mayLeave(number);
          } else {
            say(
                announced,
                () -> world.at(Spot.AFTER_THE_ANNOUNCEMENT, worker, () -> mayLeave(number)));
          }
        });
  }

  private void mayLeave(int number) {
    if (!worker.mayWrite(claim, as)) {
      conclude(OutcomeKind.FAILED, "the lease has run out");
      return;
    }
    long allowedAt = world.now();
    world.invariants.outside.mayWrite(turn, path(number));
    world.at(Spot.BEFORE_THE_CALL_LEAVES, worker, () -> call(number, allowedAt));
  }

  private void call(int number, long allowedAt) {
    var call =
        new Tools.Call(
            turn.turn(),
            path(number),
            key(number),
            script.arguments(number, turn.attempt()),
            script.steps().get(number),
            script.takes(number),
            allowedAt);
    boolean[] over = new boolean[1];
    world.invariants.outside.callLeaves(
        turn,
        path(number),
        script.arguments(number, turn.attempt()),
        allowedAt,
        script.takes(number));
    world.tools.call(
        worker,
        call,
        answer -> {
          if (!over[0]) {
            over[0] = true;
            world.at(Spot.AFTER_THE_CALL, worker, () -> called(number, answer));
          }
        });
    worker.later(
        script.takes(number),
        () -> {
          if (!over[0]) {
            over[0] = true;
            called(number, Tools.Answer.UNKNOWN);
          }
        });
    // Last: what crashes here goes no further.
    world.at(Spot.WHILE_THE_CALL_IS_UNDER_WAY, worker, () -> {});
  }

  private void called(int number, Tools.Answer answer) {
    world.invariants.outside.callIsOver(turn, path(number));
    switch (answer) {
      case DONE, DECLINED -> {
        said(number);
        step(number + 1);
      }
      // What was announced is open now; the rules say what may be done about that.
      case UNKNOWN -> write(number);
    }
  }

  /// Asked only when the call is over for certain and what it did has had time to show.
  private void settleAndAsk(int number) {
    if (calls++ >= MOST_CALLS) {
      conclude(OutcomeKind.FAILED, "a system does not answer");
      return;
    }
    long settles = world.mutation == Mutation.NO_SETTLING ? 0 : Tools.SETTLES;
    worker.later(
        settles,
        () ->
            world.tools.ask(
                worker,
                key(number),
                there -> {
                  if (there) {
                    said(number);
                    step(number + 1);
                  } else {
                    announce(number);
                  }
                },
                () -> conclude(OutcomeKind.FAILED, "a system does not answer")));
  }

  // ------------------------------------------------------------------ what is said of it

  private String path(int number) {
    return "crew/1/" + number;
  }

  private String key(int number) {
    String key = WorkerActor.key(turn.turn(), path(number));
    return world.mutation == Mutation.KEY_OF_THE_ATTEMPT ? key + "/" + turn.attempt() : key;
  }

  private void said(int number) {
    var step =
        new Step(
            turn.turn(),
            turn.attempt(),
            path(number),
            StepKind.TOOL,
            "tool",
            script.arguments(number, turn.attempt()),
            true,
            null,
            null,
            worker.wallTime(),
            1,
            0,
            0,
            0);
    say(step, () -> {});
  }

  private void say(WorkEvent event, Runnable acknowledged) {
    earlier.hear(new Work(as, worker.wallTime(), event));
    worker.say(as, event, acknowledged);
  }

  private void awaitApproval(int number, String arguments) {
    var wanted =
        new WantedWrite(path(number), "tool", arguments, "Write", Content.of("step: " + number));
    conclude(OutcomeKind.AWAITS_APPROVAL, "awaits approval", wanted);
  }

  private void conclude(OutcomeKind outcome, String reason) {
    conclude(outcome, reason, null);
  }

  private void conclude(OutcomeKind outcome, String reason, @Nullable WantedWrite wanted) {
    if (concluded) {
      return;
    }
    concluded = true;
    List<Content> reply =
        outcome == OutcomeKind.REPLY ? List.of(Content.of("answer " + turn.turn())) : List.of();
    world.at(
        Spot.BEFORE_THE_CONCLUSION,
        worker,
        () -> {
          say(
              new Concluded(
                  turn.turn(), turn.attempt(), outcome, reply, null, reason, List.of(), wanted),
              () -> {});
          claim.giveBack();
        });
  }
}
