package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.WantedWrite;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is said around an approval: to the customer in the turn's language, to the company's people
/// in the company's.
final class ApprovalTexts {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("dd/MM HH:mm", Locale.ROOT);
  private static final int LONGEST_QUOTE = 300;

  private ApprovalTexts() {}

  // ------------------------------------------------------------------ to the customer

  static String oneMoment(String language) {
    return switch (language) {
      case "en" ->
          "One moment, please: somebody from our team has to confirm this. I will be back with the"
              + " answer.";
      case "es" ->
          "Un momento, por favor: alguien de nuestro equipo tiene que confirmarlo. Vuelvo con la"
              + " respuesta.";
      default ->
          "Um momento, por favor: alguém da nossa equipe precisa confirmar isso. Já volto com a"
              + " resposta.";
    };
  }

  static String stillAsking(String language) {
    return switch (language) {
      case "en" ->
          "Got it. I am still waiting for our team's confirmation, and will answer this right"
              + " after it.";
      case "es" ->
          "Anotado. Sigo a la espera de la confirmación de nuestro equipo y le respondo enseguida"
              + " después.";
      default ->
          "Anotado. Ainda aguardo a confirmação da nossa equipe e respondo isso logo em seguida.";
    };
  }

  static String notDone(String language) {
    return switch (language) {
      case "en" ->
          "This was not done: our team wants to look at it with you first. Somebody will go on"
              + " here.";
      case "es" ->
          "Esto no se hizo: nuestro equipo quiere verlo antes con usted. Alguien seguirá por aquí.";
      default ->
          "Isso não foi feito: nossa equipe quer ver com você antes. Alguém continua por aqui.";
    };
  }

  static String nobodyAnswered(String language) {
    return switch (language) {
      case "en" ->
          "I got no confirmation from our team in time, so this was not done. Somebody will answer"
              + " you here.";
      case "es" ->
          "No recibí a tiempo la confirmación de nuestro equipo, así que esto no se hizo. Alguien"
              + " le responderá por aquí.";
      default ->
          "Não recebi a confirmação da nossa equipe a tempo, então isso não foi feito. Alguém vai"
              + " responder por aqui.";
    };
  }

  // ------------------------------------------------------------------ to the company's people

  /// What shall be done, for whom, and how to answer. Fits a phone's screen.
  ///
  /// @param number with a space before it, where it is needed to approve; else empty
  static String asked(
      String language, WantedWrite wanted, String number, String lastWords, ZonedDateTime until) {
    String words = shortened(lastWords);
    String time = DAY_AND_TIME.format(until);
    return switch (language) {
      case "en" ->
          """
          Your approval is needed: %s
          %s
          The customer wrote: “%s”
          /approve%s – I do it now
          /deny reason – I do not, and the conversation is yours
          Until %s; whoever answers the customer takes over.\
          """
              .formatted(wanted.title(), wanted.shown().readable(), words, number, time);
      case "es" ->
          """
          Hace falta su aprobación: %s
          %s
          El cliente escribió: “%s”
          /aprobar%s – lo hago ahora
          /rechazar motivo – no lo hago, y la conversación queda con ustedes
          Hasta el %s; quien responda al cliente toma la conversación.\
          """
              .formatted(wanted.title(), wanted.shown().readable(), words, number, time);
      default ->
          """
          Preciso da sua aprovação: %s
          %s
          O cliente escreveu: “%s”
          /aprovar%s – faço agora
          /negar motivo – não faço, e a conversa fica com vocês
          Até %s; quem responder ao cliente assume a conversa.\
          """
              .formatted(wanted.title(), wanted.shown().readable(), words, number, time);
    };
  }

  static String approved(String language, String title) {
    return switch (language) {
      case "en" -> "Approved: %s. I am doing it now.".formatted(title);
      case "es" -> "Aprobado: %s. Lo hago ahora.".formatted(title);
      default -> "Aprovado: %s. Faço agora.".formatted(title);
    };
  }

  static String denied(String language, String title, @Nullable String reason) {
    return switch (language) {
      case "en" ->
          "Denied: %s. Nothing was done, and the customer knows.%s"
              .formatted(title, because("\nReason: ", reason));
      case "es" ->
          "Rechazado: %s. No se hizo nada, y el cliente lo sabe.%s"
              .formatted(title, because("\nMotivo: ", reason));
      default ->
          "Negado: %s. Nada foi feito, e o cliente sabe disso.%s"
              .formatted(title, because("\nMotivo: ", reason));
    };
  }

  static String expired(String language, String title) {
    return switch (language) {
      case "en" -> "Nobody answered in time: %s was not done. The customer knows.".formatted(title);
      case "es" -> "Nadie respondió a tiempo: %s no se hizo. El cliente lo sabe.".formatted(title);
      default ->
          "Ninguém respondeu a tempo: %s não foi feito. O cliente sabe disso.".formatted(title);
    };
  }

  static String notAllowed(String language, String title) {
    return switch (language) {
      case "en" ->
          "%s: by the settings of now the agent may not do this. It is yours.".formatted(title);
      case "es" ->
          "%s: con los ajustes de ahora el bot no puede hacerlo. Queda con ustedes."
              .formatted(title);
      default ->
          "%s: com as configurações de agora o robô não pode fazer isso. Fica com vocês."
              .formatted(title);
    };
  }

  static String noPlace(String language, String title) {
    return switch (language) {
      case "en" ->
          "%s: approved, but too much was going on at once, and it was not done.".formatted(title);
      case "es" -> "%s: aprobado, pero había demasiado a la vez, y no se hizo.".formatted(title);
      default ->
          "%s: aprovado, mas havia conversas demais ao mesmo tempo, e não foi feito."
              .formatted(title);
    };
  }

  private static String because(String before, @Nullable String reason) {
    return reason == null ? "" : before + shortened(reason);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
