package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Slot;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the agent answers to a person's note, in the company's language.
record NoteTexts(
    String givenBack,
    String labelled,
    String nothingToSend,
    String nothingToApprove,
    String approvedByNumber,
    String taught,
    String nothingToCorrect,
    String corrected,
    String nothingAnswered,
    String becauseOf,
    String silentUntil,
    String silent,
    String unknown,
    String commands,
    String customer,
    String person,
    String agent,
    String known,
    String nothingSaid) {

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("dd/MM HH:mm", Locale.ROOT);
  private static final int LONGEST_LINE = 160;

  private static final NoteTexts PORTUGUESE =
      new NoteTexts(
          "Certo: a conversa volta a ser minha.",
          "Uma etiqueta me silencia nesta conversa. Retire a etiqueta para eu voltar.",
          "Não há sugestão para enviar.",
          "Não há nada à espera de aprovação.",
          "Este pedido precisa do seu número: /aprovar %s",
          "Guardei isso como conhecimento da empresa. Obrigado!",
          "Ainda não respondi nada que possa ser corrigido aqui.",
          "Corrigido: o cliente recebe a resposta certa, e eu a guardei. Para que não se repita,"
              + " ./crew scenario %s grava esta conversa como teste.",
          "Ainda não respondi nada nesta conversa.",
          "Por quê: ",
          "Fico em silêncio até %s. Com /bot eu volto antes.",
          "Fico em silêncio até alguém escrever /bot.",
          "Não conheço /%s.\n",
          """
          Comandos, em uma nota privada:
          /enviar – envia a última sugestão; /enviar texto – envia este texto no lugar dela
          /aprovar – faz o que o robô pediu; /negar motivo – não faz, e a conversa fica com vocês
          /bot – devolve a conversa ao robô
          /pausar 2h – silencia o robô (30m, 1d; sem tempo: até /bot)
          /porque – por que a última resposta foi assim
          /ensinar fato – algo sobre a empresa que devo saber
          /corrigir resposta – manda a resposta certa ao cliente e eu aprendo
          /resumo – o que foi dito e o que se sabe\
          """,
          "Cliente",
          "Equipe",
          "Robô",
          "Sabe-se: ",
          "Nada foi dito ainda.");

  private static final NoteTexts ENGLISH =
      new NoteTexts(
          "All right: the conversation is mine again.",
          "A label silences me in this conversation. Remove it and I am back.",
          "There is no suggestion to send.",
          "Nothing waits for an approval.",
          "This request needs its number: /approve %s",
          "I keep this as knowledge of the company. Thank you!",
          "I have not answered anything here that could be corrected.",
          "Corrected: the customer gets the right answer, and I keep it. So that it does not happen"
              + " again, ./crew scenario %s saves this conversation as a test.",
          "I have not answered anything in this conversation yet.",
          "Why: ",
          "I am silent until %s. With /bot I am back earlier.",
          "I am silent until somebody writes /bot.",
          "I do not know /%s.\n",
          """
          Commands, in a private note:
          /send – sends the newest suggestion; /send text – sends this text instead
          /approve – does what the bot asked for; /deny reason – does not, and the conversation is yours
          /bot – gives the conversation back to the bot
          /pause 2h – silences the bot (30m, 1d; without a time: until /bot)
          /why – why the last answer was as it was
          /teach fact – something about the company that I shall know
          /correct answer – sends the right answer to the customer, and I learn it
          /summary – what was said and what is known\
          """,
          "Customer",
          "Team",
          "Bot",
          "Known: ",
          "Nothing was said yet.");

  private static final NoteTexts SPANISH =
      new NoteTexts(
          "De acuerdo: la conversación vuelve a ser mía.",
          "Una etiqueta me silencia en esta conversación. Quítela y vuelvo.",
          "No hay ninguna sugerencia para enviar.",
          "No hay nada a la espera de aprobación.",
          "Esta solicitud necesita su número: /aprobar %s",
          "Lo guardé como conocimiento de la empresa. ¡Gracias!",
          "Todavía no respondí nada aquí que se pueda corregir.",
          "Corregido: el cliente recibe la respuesta correcta, y la guardé. Para que no se repita,"
              + " ./crew scenario %s guarda esta conversación como prueba.",
          "Todavía no respondí nada en esta conversación.",
          "Por qué: ",
          "Me quedo en silencio hasta el %s. Con /bot vuelvo antes.",
          "Me quedo en silencio hasta que alguien escriba /bot.",
          "No conozco /%s.\n",
          """
          Comandos, en una nota privada:
          /enviar – envía la última sugerencia; /enviar texto – envía este texto en su lugar
          /aprobar – hace lo que pidió el bot; /rechazar motivo – no lo hace, y la conversación queda con ustedes
          /bot – devuelve la conversación al bot
          /pausar 2h – silencia al bot (30m, 1d; sin tiempo: hasta /bot)
          /porque – por qué la última respuesta fue así
          /ensenar dato – algo sobre la empresa que debo saber
          /corregir respuesta – manda la respuesta correcta al cliente y la aprendo
          /resumen – lo que se dijo y lo que se sabe\
          """,
          "Cliente",
          "Equipo",
          "Bot",
          "Se sabe: ",
          "Todavía no se dijo nada.");

  static NoteTexts in(String language) {
    return switch (language) {
      case "en" -> ENGLISH;
      case "es" -> SPANISH;
      default -> PORTUGUESE;
    };
  }

  String paused(@Nullable ZonedDateTime until) {
    return until == null ? silent : silentUntil.formatted(DAY_AND_TIME.format(until));
  }

  String why(String line) {
    return becauseOf + line;
  }

  String help(String word) {
    boolean asks = word.equals("ajuda") || word.equals("help") || word.equals("ayuda");
    return asks ? commands : unknown.formatted(word) + commands;
  }

  /// Fits a phone's screen.
  String summary(ConversationState state) {
    if (state.history().isEmpty()) {
      return nothingSaid;
    }
    String said = state.history().stream().map(this::line).collect(Collectors.joining("\n"));
    String slots =
        state.memory().stream()
            .map((Slot slot) -> slot.name() + " = " + shortened(slot.value().readable()))
            .collect(Collectors.joining("; "));
    return slots.isEmpty() ? said : said + "\n" + known + slots;
  }

  private String line(Line line) {
    String who =
        line.author() == Author.CUSTOMER
            ? customer
            : line.author() == Author.OUR_AGENT ? agent : person;
    return who + ": " + shortened(line.text().readable());
  }

  private static String shortened(String text) {
    String flat = text.replaceAll("\\s+", " ").strip();
    return flat.length() <= LONGEST_LINE ? flat : flat.substring(0, LONGEST_LINE - 1) + "…";
  }
}
