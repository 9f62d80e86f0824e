package io.mcpcrew.simulators.chatwoot;

import java.util.List;

/// The grey lines between messages that say who did what, as Chatwoot writes them in Portuguese.
final class ActivityTexts {
  static final String BOT_FAILED =
      "A conversa foi marcada como aberta pelo sistema devido a um erro com o robô de atendimento.";

  private ActivityTexts() {}

  static String status(Status status, Actor actor) {
    return switch (status) {
      case OPEN -> "A conversa foi reaberta por " + actor.name();
      case RESOLVED -> "A conversa foi marcada como resolvida por " + actor.name();
      case PENDING -> "A conversa foi marcada como pendente por " + actor.name();
      case SNOOZED -> "A conversa foi adiada por " + actor.name();
    };
  }

  static String assigned(String assignee, Actor actor) {
    return "Atribuída a " + assignee + " por " + actor.name();
  }

  static String unassigned(Actor actor) {
    return "Atribuição removida por " + actor.name();
  }

  static String labels(List<String> added, List<String> removed, Actor actor) {
    return added.isEmpty()
        ? actor.name() + " removeu " + String.join(", ", removed)
        : actor.name() + " adicionou " + String.join(", ", added);
  }
}
