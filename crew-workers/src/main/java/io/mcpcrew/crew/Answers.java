package io.mcpcrew.crew;

import io.mcpcrew.crew.playbook.PlaybookWorker;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a turn's tasks come to together. Pure.
final class Answers {
  /// What a wish is called by in a sentence about it.
  private static final Set<String> NAMING = Set.of("product", "order");

  private Answers() {}

  /// Several tasks are answered in the order in which they were asked. If one is a person's, so is
  /// the conversation, and its place in the answer says so.
  ///
  /// @param language the company's
  /// @param tried what was asked of the company's systems
  /// @param teams to whom each task's crew hands over; nobody in particular where it names none
  static Concluded conclude(
      Turn turn,
      List<Worked> all,
      String language,
      List<String> tried,
      List<Optional<String>> teams) {
    List<String> said = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    List<Content> choices = List.of();
    Optional<String> team = Optional.empty();
    List<Slot> memory = turn.memory();
    boolean answers = all.stream().anyMatch(Answers::isAnswer);
    for (int i = 0; i < all.size(); i++) {
      Worked worked = all.get(i);
      Optional<String> each = teams.get(i);
      memory = TurnWork.memory(worked, memory);
      switch (worked) {
        case Worked.Say say -> said.add(say.text());
        case Worked.Ask ask -> {
          said.add(ask.text());
          choices = ask.choices().stream().map(Content::of).toList();
        }
        case Worked.Person person -> {
          said.add(person.text());
          if (answers && person.text().isBlank()) {
            said.add(PlaybookWorker.cannot(turn.language(), named(turn.tasks().get(i))));
          }
          reasons.add(person.reason());
          team = team.or(() -> each);
        }
        case Worked.Pass(String reason) -> {
          reasons.add(reason);
          team = team.or(() -> each);
        }
        case Worked.Silence _ -> {}
      }
    }
    if (!reasons.isEmpty()) {
      String note = HandoverNote.of(language, turn, tried, left(turn, all));
      return handover(turn, said, String.join("; ", reasons), note, memory, team.orElse(null));
    }
    List<Content> reply = said.stream().map(Content::of).toList();
    return said.isEmpty()
        ? end(turn, OutcomeKind.SILENCE, reply, "nothing to say", memory, choices)
        : end(turn, OutcomeKind.REPLY, reply, "answered by the crew", memory, choices);
  }

  /// What the first wish is about that is left to a person.
  private static String left(Turn turn, List<Worked> all) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof Worked.Person || all.get(i) instanceof Worked.Pass) {
        return named(turn.tasks().get(i));
      }
    }
    return "";
  }

  private static boolean isAnswer(Worked worked) {
    return switch (worked) {
      case Worked.Say _, Worked.Ask _ -> true;
      case Worked.Person _, Worked.Pass _, Worked.Silence _ -> false;
    };
  }

  /// In the customer's words; empty where the wish has no name.
  private static String named(Task task) {
    return task.entities().stream()
        .filter(entity -> NAMING.contains(entity.kind()))
        .map(Entity::value)
        .map(Content::readable)
        .findFirst()
        .orElse("");
  }

  /// One text, for the customer reads one: what was found, and that a person goes on. Where a
  /// person goes on, no playbook does.
  private static Concluded handover(
      Turn turn,
      List<String> said,
      String reason,
      String note,
      List<Slot> memory,
      @Nullable String team) {
    String text = said.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("\n\n"));
    List<Content> reply =
        text.isEmpty()
            ? List.of()
            : List.of(Content.of(text + "\n\n" + PlaybookWorker.forPerson(turn.language())));
    return new Concluded(
        turn.turn(),
        turn.attempt(),
        OutcomeKind.HANDOVER,
        reply,
        Content.of(note),
        reason,
        PlaybookWorker.withoutPlaybooks(memory),
        null,
        List.of(),
        team);
  }

  private static Concluded end(
      Turn turn,
      OutcomeKind outcome,
      List<Content> reply,
      String reason,
      List<Slot> memory,
      List<Content> choices) {
    return new Concluded(
        turn.turn(), turn.attempt(), outcome, reply, null, reason, memory, null, choices, null);
  }
}
