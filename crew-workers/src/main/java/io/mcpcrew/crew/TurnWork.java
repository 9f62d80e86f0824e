package io.mcpcrew.crew;

import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.SideBySide;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What becomes of a turn's tasks: each goes to its crew, and there to the first worker who does
/// not pass it on; behind the last one stands a person. A turn of several wishes takes as long as
/// the longest of them.
public final class TurnWork {
  private static final String TOO_LONG = "it took too long";

  private final Supplier<Crews> crews;
  private final List<Worker> inOrder;
  private final List<Worker> independent;
  private final SideBySide sideBySide;

  /// Hears what is decided and what comes of it.
  public interface Listener {
    void decided(Errand errand);

    void worked(Errand errand, Worked worked);
  }

  /// @param crews as they are now
  /// @param workers in the order in which they are asked; of a turn of several tasks those that
  ///   work in order are asked before those that are independent
  /// @param sideBySide runs tasks of a turn at the same time
  public TurnWork(Supplier<Crews> crews, List<Worker> workers, SideBySide sideBySide) {
    this.crews = crews;
    this.inOrder = workers.stream().filter(worker -> !worker.isIndependent()).toList();
    this.independent = workers.stream().filter(Worker::isIndependent).toList();
    this.sideBySide = sideBySide;
  }

  /// Three passes. What the tasks will probably need is read for all at the same time; then each is
  /// worked in its order, knows what those before it have left in the conversation's memory, and
  /// alone may write; what is left to agents is worked at the same time again. Every attempt comes
  /// to the same, whatever came first.
  ///
  /// @param patience a task that is not over by then is a person's, and the others are answered
  public Concluded work(
      Turn turn, Tenant tenant, CrewTools tools, Duration patience, Listener listener) {
    long until = System.nanoTime() + patience.toNanos();
    Crews now = crews.get();
    List<Errand> errands = new ArrayList<>();
    for (Task task : turn.tasks()) {
      Crew crew = now.of(task.crew(), turn.channel());
      errands.add(new Errand(turn, task, errands.size() + 1, crew, tenant, turn.memory(), tools));
    }
    errands.forEach(listener::decided);
    List<Boolean> inTime = readAhead(errands, until);
    List<Errand> known = new ArrayList<>();
    List<Worked> all = new ArrayList<>();
    List<Slot> memory = turn.memory();
    for (Errand errand : errands) {
      Errand knowing = errand.knowing(memory);
      Worked worked =
          inTime.get(all.size()) ? worked(knowing) : new Worked.Person(TOO_LONG, memory);
      known.add(knowing);
      all.add(worked);
      memory = memory(worked, memory);
    }
    List<Worked> whole = withIndependent(known, all, until);
    for (int i = 0; i < whole.size(); i++) {
      listener.worked(known.get(i), whole.get(i));
    }
    List<Optional<String>> teams =
        known.stream()
            .map(errand -> Optional.ofNullable(errand.crew().escalation().team()))
            .toList();
    return Answers.conclude(turn, whole, tenant.document().language(), tools.tried(), teams);
  }

  private static Duration left(long until) {
    return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
  }

  /// Which of them need not be waited for any longer.
  private List<Boolean> readAhead(List<Errand> errands, long until) {
    if (errands.size() < 2 || !errands.getFirst().tools().remembers()) {
      return errands.stream().map(_ -> true).toList();
    }
    List<Supplier<Boolean>> reads =
        errands.stream().map(errand -> (Supplier<Boolean>) () -> readAhead(errand)).toList();
    return sideBySide.all(errands.getFirst().turn().turn(), reads, left(until)).stream()
        .map(Optional::isPresent)
        .toList();
  }

  private boolean readAhead(Errand errand) {
    try {
      inOrder.forEach(worker -> worker.readAhead(errand));
    } catch (RuntimeException seenAgain) {
      // Whoever works the task meets it again, and says so.
    }
    return true;
  }

  private Worked worked(Errand errand) {
    return Escalating.of(errand.crew(), errand.turn(), errand.task(), errand.tenant())
        .<Worked>map(when -> new Worked.Person("the crew hands over when " + when, errand.memory()))
        .orElseGet(() -> first(inOrder, errand, "nobody works " + errand.task().intent().name()));
  }

  private static Worked first(List<Worker> workers, Errand errand, String nobody) {
    String reason = nobody;
    for (Worker worker : workers) {
      Worked worked = worker.work(errand);
      if (!(worked instanceof Worked.Pass(String because))) {
        return worked;
      }
      reason = because;
    }
    return new Worked.Pass(reason);
  }

  /// What was passed on by all who work in order, worked by the others.
  private List<Worked> withIndependent(List<Errand> errands, List<Worked> before, long until) {
    List<Supplier<Worked>> tasks = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) instanceof Worked.Pass(String reason)) {
        Errand errand = errands.get(i);
        tasks.add(() -> first(independent, errand, reason));
      }
    }
    Iterator<Optional<Worked>> found =
        tasks.isEmpty()
            ? Collections.emptyIterator()
            : sideBySide.all(errands.getFirst().turn().turn(), tasks, left(until)).iterator();
    List<Worked> all = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Errand errand = errands.get(i);
      all.add(
          switch (before.get(i)) {
            case Worked.Pass _ ->
                toPerson(
                    found.next().orElseGet(() -> new Worked.Person(TOO_LONG, errand.memory())),
                    errand);
            case Worked worked -> worked;
          });
    }
    return all;
  }

  /// Behind the last worker stands a person.
  private static Worked toPerson(Worked worked, Errand errand) {
    return worked instanceof Worked.Pass(String reason)
        ? new Worked.Person(reason, errand.memory())
        : worked;
  }

  static List<Slot> memory(Worked worked, List<Slot> before) {
    return switch (worked) {
      case Worked.Say say -> say.memory();
      case Worked.Ask ask -> ask.memory();
      case Worked.Person person -> person.memory();
      case Worked.Silence silence -> silence.memory();
      case Worked.Pass _ -> before;
    };
  }
}
