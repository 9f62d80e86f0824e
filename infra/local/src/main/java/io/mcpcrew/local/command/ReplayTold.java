package io.mcpcrew.local.command;

import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.replay.OtherRules;
import io.mcpcrew.intent.replay.RecordedLog;
import io.mcpcrew.intent.replay.RecordedStep;
import io.mcpcrew.intent.replay.Replay.Outcome;
import io.mcpcrew.intent.replay.Replay.Repeated;
import io.mcpcrew.intent.replay.StateTree;
import io.mcpcrew.schemas.contract.Transition;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A replay in words.
final class ReplayTold {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final RecordedLog.Conversation recorded;
  private final String finder;
  private final @Nullable OtherRules other;

  /// @param finder the revision of this program's words
  ReplayTold(RecordedLog.Conversation recorded, String finder, @Nullable OtherRules other) {
    this.recorded = recorded;
    this.finder = finder;
    this.other = other;
  }

  /// What was before the conversation was forgotten may be too old to be repeated.
  boolean isSame(List<Repeated> steps) {
    return steps.getLast().outcome() instanceof Outcome.Same
        && steps.stream().noneMatch(step -> step.outcome() instanceof Outcome.Other);
  }

  /// A step, and with that what changed in the state; whole states where it came out otherwise.
  List<String> line(Repeated step, int number, boolean inDetail) {
    Transition t = step.recorded().transition();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%4d  %s  %-9s %-28s %s → %s%s",
            number,
            TIME.format(t.now()),
            t.inputKind(),
            "%s/%d/%d".formatted(t.input().topic(), t.input().partition(), t.input().offset()),
            t.stateBefore(),
            t.stateAfter(),
            t.commands().isEmpty() ? "" : "  " + t.commands()));
    t.reasons().forEach(r -> lines.add("      %s: %s".formatted(r.stage(), r.sentence())));
    Decision decision = step.decision();
    if (inDetail) {
      lines.add("      hears " + heard(step));
      StateTree.differences(step.before(), decision == null ? null : decision.state())
          .forEach(d -> lines.add("      " + d));
    }
    switch (step.outcome()) {
      case Outcome.Same _ -> {}
      case Outcome.NotRepeatable(String because) ->
          lines.add("      CANNOT BE REPEATED: " + because);
      case Outcome.Other(String hash) -> {
        lines.add("      ANOTHER HASH: %s, recorded is %s".formatted(hash, t.hashAfter()));
        lines.add("      before: " + StateTree.of(step.before()));
        lines.add("      now:    " + StateTree.of(decision));
        lines.add(
            "      then:   %s, commands %s, reasons %s"
                .formatted(t.stateAfter(), t.commands(), t.reasons()));
      }
    }
    otherwise(step).forEach(d -> lines.add("      OTHERWISE  " + d));
    return lines;
  }

  private static String heard(Repeated step) {
    return switch (step.recorded().heard()) {
      case RecordedStep.Heard.Again(var input) -> String.valueOf(StateTree.of(input));
      case RecordedStep.Heard.Gone(String because) -> because;
    };
  }

  private List<String> otherwise(Repeated step) {
    return other == null ? List.of() : OtherRules.differences(step, other, recorded);
  }

  List<String> summary(List<Repeated> steps) {
    List<String> lines = new ArrayList<>();
    Repeated last =
        steps.stream()
            .filter(step -> step.outcome() instanceof Outcome.Other)
            .findFirst()
            .orElseGet(steps::getLast);
    long same = steps.stream().filter(step -> step.outcome() instanceof Outcome.Same).count();
    int all = recorded.steps().size();
    lines.add(
        switch (last.outcome()) {
          case Outcome.Same _ when same < all ->
              "%s: %d steps, the same hashes; %d before it was forgotten cannot be repeated."
                  .formatted(recorded.key(), same, all - same);
          case Outcome.Same _ -> "%s: %d steps, the same hashes.".formatted(recorded.key(), all);
          case Outcome.Other _ ->
              "%s: step %d of %d comes out otherwise.%s"
                  .formatted(recorded.key(), steps.indexOf(last) + 1, all, revisions(last));
          case Outcome.NotRepeatable(String because) ->
              "%s: step %d of %d cannot be repeated: %s."
                  .formatted(recorded.key(), steps.size(), all, because);
        });
    if (other != null) {
      long changed = steps.stream().filter(step -> !otherwise(step).isEmpty()).count();
      lines.add("By the other rules %d of them would be decided otherwise.".formatted(changed));
    }
    return lines;
  }

  /// Why it may: another program.
  private String revisions(Repeated step) {
    Transition t = step.recorded().transition();
    StringBuilder text = new StringBuilder();
    if (!t.machine().equals(ConversationMachine.REVISION)) {
      text.append(
          " It was decided by machine %s, this is %s."
              .formatted(t.machine(), ConversationMachine.REVISION));
    }
    if (!t.finder().equals(finder)) {
      text.append(" Its words were %s, these are %s.".formatted(t.finder(), finder));
    }
    return text.toString();
  }

  Map<String, @Nullable Object> asTree(List<Repeated> steps) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("conversation", recorded.key().toString());
    tree.put("recorded", recorded.steps().size());
    tree.put("same", isSame(steps));
    tree.put("steps", steps.stream().map(this::asTree).toList());
    return tree;
  }

  private Map<String, @Nullable Object> asTree(Repeated step) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("recorded", StateTree.of(step.recorded().transition()));
    tree.put(
        "input",
        step.recorded().heard() instanceof RecordedStep.Heard.Again(var input)
            ? StateTree.of(input)
            : null);
    tree.put("before", StateTree.of(step.before()));
    tree.put("decision", StateTree.of(step.decision()));
    tree.put("outcome", StateTree.of(step.outcome()));
    if (other != null) {
      tree.put("otherwise", otherwise(step));
    }
    return tree;
  }
}
