package io.mcpcrew.intent.conversation;

import java.util.List;
import java.util.Map;

/// The few sentences that the conversation itself says, because no crew is there to say them.
final class Sentences {
  private static final int LONGEST_QUOTE = 300;

  /// By how the log's reasons begin.
  private static final Map<String, String> PORTUGUESE =
      Map.of(
          "the customer asks for a person", "o cliente pediu uma pessoa",
          "nobody knows an answer to", "o robô não tem resposta para",
          "no answer within the deadline", "a resposta não ficou pronta a tempo",
          "no place within the deadline", "havia conversas demais ao mesmo tempo",
          "nobody offers", "nenhum sistema ligado oferece",
          "the system behind this tool does not answer", "o sistema consultado não responde",
          "a template is wrong", "um modelo de resposta está errado");

  private static final Map<String, String> SPANISH =
      Map.of(
          "the customer asks for a person", "el cliente pidió una persona",
          "nobody knows an answer to", "el bot no tiene respuesta para",
          "no answer within the deadline", "la respuesta no estuvo lista a tiempo",
          "no place within the deadline", "había demasiadas conversaciones a la vez",
          "nobody offers", "ningún sistema conectado ofrece",
          "the system behind this tool does not answer", "el sistema consultado no responde",
          "a template is wrong", "una plantilla de respuesta está mal");

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

  /// For the person who takes over, in the company's language: what was written last, and why the
  /// agent stops. Fits a phone's screen.
  static String note(String language, String lastWords, String because) {
    String words =
        lastWords.length() <= LONGEST_QUOTE
            ? lastWords
            : lastWords.substring(0, LONGEST_QUOTE) + "…";
    return switch (language) {
      case "en" ->
          "A person is needed.\nThe customer wrote: “%s”\nWhy: %s".formatted(words, because);
      case "es" ->
          "Hace falta una persona.\nEl cliente escribió: “%s”\nMotivo: %s"
              .formatted(words, reason(because, SPANISH));
      default ->
          "É a vez de uma pessoa.\nO cliente escreveu: “%s”\nMotivo: %s"
              .formatted(words, reason(because, PORTUGUESE));
    };
  }

  /// For the person who takes over: what the agent may have done, and could not find out.
  static String mayHaveHappened(String language, List<String> tools) {
    String names = String.join(", ", tools);
    return switch (language) {
      case "en" -> "Check before you repeat it; it may have happened: " + names;
      case "es" -> "Compruébelo antes de repetirlo; puede que ya se haya hecho: " + names;
      default -> "Confira antes de repetir; pode já ter sido feito: " + names;
    };
  }

  /// A reason that has no translation is shown as the log has it.
  private static String reason(String because, Map<String, String> translations) {
    return translations.entrySet().stream()
        .filter(known -> because.startsWith(known.getKey()))
        .map(known -> known.getValue() + because.substring(known.getKey().length()))
        .findFirst()
        .orElse(because);
  }
}
