package io.mcpcrew.intent.conversation;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// The few sentences that the conversation itself says, because no crew is there to say them.
final class Sentences {
  private static final int LONGEST_QUOTE = 300;

  private Sentences() {}

  /// To who has asked for a person.
  static String forPerson(String language) {
    return switch (language) {
      case "en" -> "Of course. I am passing you to a person from our team, who will answer here.";
      case "es" -> "Claro. Le paso con una persona de nuestro equipo, que le responderá por aquí.";
      default -> "Claro! Vou chamar uma pessoa da nossa equipe, que responde por aqui.";
    };
  }

  /// To who has not asked for one, and gets one.
  static String byPerson(String language) {
    return switch (language) {
      case "en" ->
          "I am asking a person from our team to help you with this. They will answer here.";
      case "es" ->
          "Voy a pedir a una persona de nuestro equipo que le ayude con esto. Le responderá por aquí.";
      default ->
          "Vou pedir a uma pessoa da nossa equipe que ajude você com isso. Ela responde por aqui.";
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

  /// When somebody is there again.
  static String opensAt(String language, ZonedDateTime opens, Instant now) {
    long days =
        ChronoUnit.DAYS.between(now.atZone(opens.getZone()).toLocalDate(), opens.toLocalDate());
    String time = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(opens);
    Locale locale = Locale.forLanguageTag(language);
    String weekday = opens.getDayOfWeek().getDisplayName(TextStyle.FULL, locale);
    String date = DateTimeFormatter.ofPattern("dd/MM", Locale.ROOT).format(opens);
    return switch (language) {
      case "en" ->
          "Our team is back %s at %s."
              .formatted(
                  day(days, "today", "tomorrow", "on %s, %s".formatted(weekday, date)), time);
      case "es" ->
          "Nuestro equipo vuelve a atender %s a las %s."
              .formatted(day(days, "hoy", "mañana", "el %s %s".formatted(weekday, date)), time);
      default ->
          "Nossa equipe volta a atender %s às %s."
              .formatted(day(days, "hoje", "amanhã", "%s, %s,".formatted(weekday, date)), time);
    };
  }

  private static String day(long days, String today, String tomorrow, String later) {
    return days == 0 ? today : days == 1 ? tomorrow : later;
  }

  static String stillWaiting(String language) {
    return switch (language) {
      case "en" ->
          "Thank you for waiting. I have reminded our team of you; somebody will answer here.";
      case "es" ->
          "Gracias por esperar. Ya se lo recordé a nuestro equipo; alguien le responderá por aquí.";
      default ->
          "Obrigado por esperar. Já lembrei a nossa equipe de você; alguém vai responder por aqui.";
    };
  }

  static String customerWaits(String language, long minutes) {
    return switch (language) {
      case "en" -> "The customer has been waiting for a person for %d minutes.".formatted(minutes);
      case "es" -> "El cliente espera a una persona desde hace %d minutos.".formatted(minutes);
      default -> "O cliente espera por uma pessoa há %d minutos.".formatted(minutes);
    };
  }

  static String keptTooLong(String language, String answer) {
    return switch (language) {
      case "en" ->
          "This answer was held by the pause for too long and was not sent: “%s”".formatted(answer);
      case "es" ->
          "La pausa retuvo esta respuesta demasiado tiempo y no se envió: “%s”".formatted(answer);
      default ->
          "A pausa reteve esta resposta por tempo demais, e ela não foi enviada: “%s”"
              .formatted(answer);
    };
  }

  /// Stands above a suggestion.
  static String suggestion(String language) {
    return switch (language) {
      case "en" ->
          "Suggestion. /send sends it to the customer, /send text sends that text instead.";
      case "es" -> "Sugerencia. /enviar la manda al cliente; /enviar texto manda ese texto.";
      default -> "Sugestão. /enviar manda ao cliente; /enviar texto manda esse texto no lugar.";
    };
  }

  static String anythingElse(String language) {
    return switch (language) {
      case "en" -> "Is there anything else I can help you with?";
      case "es" -> "¿Puedo ayudarle en algo más?";
      default -> "Posso ajudar em mais alguma coisa?";
    };
  }

  static String bye(String language) {
    return switch (language) {
      case "en" -> "I am closing this conversation for now. Just write if you need anything.";
      case "es" -> "Cierro esta conversación por ahora. Si necesita algo, escriba aquí.";
      default -> "Vou encerrar esta conversa por agora. Se precisar de algo, é só escrever.";
    };
  }

  /// For the person who takes over, in the company's language: what was written last, and why the
  /// agent stops. Fits a phone's screen.
  static String note(String language, String lastWords, String because) {
    String words = shortened(lastWords);
    String why = HandoverReasons.in(language, because);
    return switch (language) {
      case "en" -> "A person is needed.\nThe customer wrote: “%s”\nWhy: %s".formatted(words, why);
      case "es" ->
          "Hace falta una persona.\nEl cliente escribió: “%s”\nMotivo: %s".formatted(words, why);
      default ->
          "É a vez de uma pessoa.\nO cliente escreveu: “%s”\nMotivo: %s".formatted(words, why);
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

  static String tooLarge(String language) {
    return switch (language) {
      case "en" ->
          "There is more in this conversation than the agent can keep. Please go on yourselves.";
      case "es" ->
          "Hay en esta conversación más de lo que el bot puede guardar. Sigan ustedes, por favor.";
      default ->
          "Há nesta conversa mais do que o robô consegue guardar. Continuem vocês, por favor.";
    };
  }

  /// For the person who has to say it themselves.
  ///
  /// @param late it was not refused, it got too old
  /// @param detail what the channel said; may be empty
  /// @param words that the customer was to read; may be empty
  static String undelivered(String language, boolean late, String detail, String words) {
    String why = detail.isBlank() ? "" : " (" + detail + ")";
    String quote = words.isBlank() ? "" : "\n“%s”".formatted(shortened(words));
    return switch (language) {
          case "en" ->
              "The customer did not get the agent's answer: %s%s. Please answer them yourselves."
                  .formatted(late ? "it became too old" : "the channel refused it", why);
          case "es" ->
              "El cliente no recibió la respuesta del bot: %s%s. Respóndanle ustedes, por favor."
                  .formatted(late ? "se volvió demasiado vieja" : "el canal la rechazó", why);
          default ->
              "O cliente não recebeu a resposta do robô: %s%s. Respondam vocês, por favor."
                  .formatted(late ? "ela ficou velha demais" : "o canal a recusou", why);
        }
        + quote;
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST_QUOTE ? words : words.substring(0, LONGEST_QUOTE) + "…";
  }
}
