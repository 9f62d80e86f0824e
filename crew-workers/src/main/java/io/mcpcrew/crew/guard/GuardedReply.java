package io.mcpcrew.crew.guard;

import io.mcpcrew.crew.guard.Guard.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks all guards about a reply that is about to be said.
///
/// @param own what the customer wrote and the account says of itself
/// @param promised what the company said before in this conversation, oldest first
/// @param instructions that a model was given; empty for a playbook
/// @param tools names of tools as a model knows them
public record GuardedReply(
    String reply,
    String channel,
    Evidence evidence,
    String own,
    List<String> promised,
    String instructions,
    List<String> tools) {

  public GuardedReply {
    promised = List.copyOf(promised);
    tools = List.copyOf(tools);
  }

  /// @param modes of guards; what is not named is as usual
  public List<Finding> findings(Map<Guard, Mode> modes) {
    List<Finding> findings = new ArrayList<>();
    for (Guard guard : Guard.values()) {
      Mode mode = modes.getOrDefault(guard, guard.usual());
      if (mode != Mode.OFF) {
        ask(guard).ifPresent(what -> findings.add(new Finding(guard, mode, what)));
      }
    }
    return findings;
  }

  private Optional<String> ask(Guard guard) {
    return switch (guard) {
      // Looked for where it comes in: in messages and results.
      case INJECTION -> Optional.empty();
      case NUMBERS -> named(NumberGuard.unsupported(reply, evidence));
      case PERSONAL_DATA -> named(PersonalData.ofOthers(reply, own));
      case LEAKAGE -> Leakage.find(reply, instructions, tools);
      case CONTRADICTION -> Contradiction.find(reply, promised);
      case TONE -> Manner.tone(reply);
      case LENGTH -> Manner.tooLong(reply, channel);
    };
  }

  private static Optional<String> named(List<String> found) {
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }
}
