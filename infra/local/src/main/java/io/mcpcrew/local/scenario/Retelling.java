package io.mcpcrew.local.scenario;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A conversation of the log as a scenario: what customers and people wrote, what tools answered,
/// and what is expected of the agent: what it did, but where a person has corrected it, what that
/// person said. Pure.
///
/// What tools were asked is in the log by its hash only, so answers are told by capability, in
/// their order without repetitions, and of a write only that there was one.
public final class Retelling {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern CORRECTION =
      Pattern.compile("\\A\\s*/(?:corrigir|corregir|correct)\\s+(.+)\\z", Pattern.DOTALL);

  /// What the log holds of a conversation.
  ///
  /// @param turns in any order; of several attempts the first counts
  /// @param ends by turn, the last one
  /// @param tools by name, as the account's catalogue has them now
  public record Recorded(
      ConversationKey conversation,
      List<Turn> turns,
      List<Step> steps,
      Map<TurnId, Concluded> ends,
      List<ConversationEvent> people,
      Map<String, Tool> tools) {}

  private final Recorded recorded;
  private final List<Turn> turns;

  private Retelling(Recorded recorded) {
    this.recorded = recorded;
    this.turns =
        recorded.turns().stream()
            .filter(turn -> turn.attempt() == 1)
            .sorted(Comparator.comparingLong(turn -> turn.turn().number()))
            .toList();
  }

  /// The text of a scenario file; empty when there was no turn.
  public static Optional<String> of(Recorded recorded) {
    var retelling = new Retelling(recorded);
    return retelling.turns.isEmpty() ? Optional.empty() : Optional.of(retelling.yaml());
  }

  private String yaml() {
    List<String> lines = new ArrayList<>();
    lines.add("account: " + recorded.conversation().account());
    lines.add("conversations:");
    lines.add("  - name: " + json(recorded.conversation().toString()));
    lines.add("    channel: " + json(turns.getFirst().channel()));
    Map<String, List<Object>> answers = answers();
    if (!answers.isEmpty()) {
      lines.add("    tools:");
      answers.forEach((name, all) -> lines.add("      %s: %s".formatted(json(name), json(all))));
    }
    lines.add("    messages:");
    for (int i = 0; i < turns.size(); i++) {
      Instant next = i + 1 < turns.size() ? turns.get(i + 1).openedAt() : Instant.MAX;
      turn(turns.get(i), next, lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private void turn(Turn turn, Instant next, List<String> lines) {
    List<ConversationEvent> people =
        recorded.people().stream()
            .filter(e -> e.author() == Author.HUMAN_AGENT)
            .filter(e -> !e.writtenAt().isBefore(turn.openedAt()) && e.writtenAt().isBefore(next))
            .sorted(Comparator.comparing(ConversationEvent::writtenAt))
            .toList();
    Optional<String> right =
        people.stream()
            .filter(e -> e.kind() == EventKind.NOTE)
            .map(e -> CORRECTION.matcher(text(e.text())))
            .filter(Matcher::matches)
            .map(found -> found.group(1).strip())
            .reduce((_, last) -> last);
    Concluded end = recorded.ends().get(turn.turn());
    Map<String, Object> said = new LinkedHashMap<>();
    said.put(
        "customer",
        turn.messages().stream()
            .map(Line::text)
            .map(Content::readable)
            .collect(Collectors.joining("\n")));
    if (right.isPresent()) {
      said.put("reply", List.of(right.get()));
      String wrong = end == null ? "" : reply(end);
      lines.add("      # The agent said: " + json(wrong));
    } else {
      expectations(turn, end, said);
    }
    lines.add("      - " + json(said));
    people.stream()
        .filter(e -> e.kind() == EventKind.MESSAGE)
        .forEach(e -> lines.add("      - " + json(Map.of("person", text(e.text())))));
  }

  private void expectations(Turn turn, @Nullable Concluded end, Map<String, Object> said) {
    said.put(
        "intent",
        turn.tasks().stream().map(task -> task.intent().name()).collect(Collectors.joining(" + ")));
    if (steps(turn.turn()).anyMatch(step -> isWrite(step) && step.succeeded())) {
      said.put("wrote", Map.of());
    }
    if (end == null || end.outcome() == OutcomeKind.HANDOVER) {
      said.put("hands_over", true);
    } else if (end.outcome() == OutcomeKind.SILENCE) {
      said.put("silent", true);
    } else {
      said.put("reply", List.of(reply(end)));
    }
  }

  private static String reply(Concluded end) {
    return end.reply().stream().map(Content::readable).collect(Collectors.joining("\n\n"));
  }

  private Map<String, List<Object>> answers() {
    Map<String, List<Object>> answers = new LinkedHashMap<>();
    for (Turn turn : turns) {
      steps(turn.turn())
          .forEach(step -> {
            List<Object> known = answers.computeIfAbsent(capability(step), _ -> new ArrayList<>());
            Object answer = answer(step);
            if (!known.contains(answer)) {
              known.add(answer);
            }
          });
    }
    return answers;
  }

  private Stream<Step> steps(TurnId turn) {
    return recorded.steps().stream()
        .filter(step -> step.turn().equals(turn) && step.kind() == StepKind.TOOL);
  }

  private String capability(Step step) {
    Tool tool = recorded.tools().get(step.name());
    String capability = tool == null ? null : tool.capability();
    return capability == null ? step.name() : capability;
  }

  private boolean isWrite(Step step) {
    Tool tool = recorded.tools().get(step.name());
    return tool != null && tool.effect() != EffectClass.READ;
  }

  private static Object answer(Step step) {
    Content result = step.result();
    if (result == null) {
      return Map.of(step.succeeded() ? "failed" : "declined", text(step.summary()));
    }
    Object structured = JSON.readValue(result.readable(), Object.class);
    return structured instanceof Map<?, ?> map && map.get("records") instanceof List<?> records
        ? Map.of("records", records)
        : Map.of("records", List.of(structured));
  }

  private static String text(@Nullable Content content) {
    return content == null ? "" : content.readable();
  }

  /// JSON is YAML.
  private static String json(Object value) {
    return JSON.writeValueAsString(value);
  }
}
