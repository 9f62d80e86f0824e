package io.mcpcrew.crew;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.playbook.PlaybookWorker;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What becomes of a turn's tasks: each goes to its crew, and there to the first worker who does
/// not pass it on; behind the last one stands a person.
public final class TurnWork {
  private final Supplier<Crews> crews;
  private final List<Worker> workers;

  /// Hears what is decided and what comes of it.
  public interface Listener {
    void decided(Errand errand);

    void worked(Errand errand, Worked worked);
  }

  /// @param crews as they are now
  /// @param workers in the order in which they are asked
  public TurnWork(Supplier<Crews> crews, List<Worker> workers) {
    this.crews = crews;
    this.workers = List.copyOf(workers);
  }

  /// Each task knows what the ones before it have left in the conversation's memory.
  public Concluded work(Turn turn, Tenant tenant, CrewTools tools, Listener listener) {
    List<Worked> all = new ArrayList<>();
    List<Slot> memory = turn.memory();
    Crews now = crews.get();
    for (Task task : turn.tasks()) {
      var errand =
          new Errand(
              turn,
              task,
              all.size() + 1,
              now.of(task.crew(), turn.channel()),
              tenant,
              memory,
              tools);
      listener.decided(errand);
      Worked worked = work(errand);
      all.add(worked);
      memory = memory(worked, memory);
      listener.worked(errand, worked);
    }
    return conclude(turn, all);
  }

  private Worked work(Errand errand) {
    Optional<Worked> person =
        Escalating.of(errand.crew(), errand.turn(), errand.task(), errand.tenant())
            .map(when -> new Worked.Person("the crew hands over when " + when, errand.memory()));
    if (person.isPresent()) {
      return person.get();
    }
    String reason = "nobody works " + errand.task().intent().name();
    for (Worker worker : workers) {
      Worked worked = worker.work(errand);
      if (!(worked instanceof Worked.Pass(String because))) {
        return worked;
      }
      reason = because;
    }
    return new Worked.Person(reason, errand.memory());
  }

  private static List<Slot> memory(Worked worked, List<Slot> before) {
    return switch (worked) {
      case Worked.Say say -> say.memory();
      case Worked.Ask ask -> ask.memory();
      case Worked.Person person -> person.memory();
      case Worked.Silence silence -> silence.memory();
      case Worked.Pass _ -> before;
    };
  }

  /// Several tasks are answered in the order in which they were asked; what one cannot do hands the
  /// whole over, with what the others found.
  private static Concluded conclude(Turn turn, List<Worked> all) {
    List<Content> said = new ArrayList<>();
    List<Slot> memory = turn.memory();
    for (Worked worked : all) {
      memory = memory(worked, memory);
      switch (worked) {
        case Worked.Say say -> said.add(Content.of(say.text()));
        case Worked.Ask ask -> said.add(Content.of(ask.text()));
        case Worked.Person person -> {
          said.add(Content.of(person.text()));
          return handover(turn, said, person.reason(), memory);
        }
        case Worked.Pass(String reason) -> {
          return handover(turn, said, reason, memory);
        }
        case Worked.Silence _ -> {}
      }
    }
    return said.isEmpty()
        ? end(turn, OutcomeKind.SILENCE, said, "nothing to say", memory)
        : end(turn, OutcomeKind.REPLY, said, "answered by the crew", memory);
  }

  /// One text, for the customer reads one: what was found, and that a person goes on. Where a
  /// person goes on, no playbook does.
  private static Concluded handover(
      Turn turn, List<Content> said, String reason, List<Slot> memory) {
    String text =
        said.stream()
            .map(Content::readable)
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining("\n\n"));
    List<Content> reply =
        text.isEmpty()
            ? List.of()
            : List.of(Content.of(text + "\n\n" + PlaybookWorker.forPerson(turn.language())));
    return end(turn, OutcomeKind.HANDOVER, reply, reason, PlaybookWorker.withoutPlaybooks(memory));
  }

  private static Concluded end(
      Turn turn, OutcomeKind outcome, List<Content> reply, String reason, List<Slot> memory) {
    return new Concluded(turn.turn(), turn.attempt(), outcome, reply, null, reason, memory);
  }
}
