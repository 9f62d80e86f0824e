package io.mcpcrew.intent.conversation;

/// The few sentences that the conversation itself says, because no crew is there to say them.
final class Sentences {
  private Sentences() {}

  static String forPerson(String language) {
    return switch (language) {
      case "en" -> "Of course. I am passing you to a person from our team, who will answer here.";
      case "es" -> "Claro. Le paso con una persona de nuestro equipo, que le responderá por aquí.";
      default -> "Claro! Vou chamar uma pessoa da nossa equipe, que responde por aqui.";
    };
  }

  static String sorry(String language) {
    return switch (language) {
      case "en" ->
          "I could not find this out just now. A person from our team will answer you here.";
      case "es" ->
          "No pude resolverlo ahora. Una persona de nuestro equipo le responderá por aquí.";
      default ->
          "Não consegui resolver isso agora. Uma pessoa da nossa equipe vai responder por aqui.";
    };
  }

  static String note(String because) {
    return "MCP-Crew → pessoa: " + because;
  }
}
