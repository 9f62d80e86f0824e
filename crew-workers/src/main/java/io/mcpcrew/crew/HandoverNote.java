package io.mcpcrew.crew;

import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a person who takes over reads below the customer's words and the reason: who it is, what
/// was tried, what is promised, and what to write. With them it fits a phone's screen. Pure.
final class HandoverNote {
  private static final int MOST_TRIED = 4;
  private static final int LONGEST_LINE = 160;

  private HandoverNote() {}

  /// @param language the company's
  /// @param tried what was asked of the company's systems, and what came of it
  /// @param about what the wish is about, in the customer's words; may be empty
  static String of(String language, Turn turn, List<String> tried, String about) {
    List<String> lines = new ArrayList<>();
    String contact = turn.contact();
    if (contact != null) {
      lines.add(
          words(language).who().formatted(shortened(contact), turn.channel(), turn.language()));
    }
    if (!tried.isEmpty()) {
      List<String> last = tried.subList(Math.max(0, tried.size() - MOST_TRIED), tried.size());
      String all =
          last.stream().map(line -> outcome(language, line)).collect(Collectors.joining("; "));
      lines.add(words(language).tried() + " " + shortened(all));
    }
    turn.history().reversed().stream()
        .filter(line -> line.author() == Author.OUR_AGENT)
        .findFirst()
        .map(Line::text)
        .ifPresent(said ->
            lines.add(words(language).promised() + " “" + shortened(said.readable()) + "”"));
    lines.add(words(language).suggestion() + " " + suggestion(turn.language(), about));
    return String.join("\n", lines);
  }

  /// How tools sum up what they found, as people say it; a reason is told as the tool gave it.
  private static String outcome(String language, String line) {
    return switch (language) {
      case "en" -> line;
      case "es" ->
          line.replaceFirst(": 0 records$", ": nada encontrado")
              .replaceFirst(": (\\d+) records$", ": $1 encontrados")
              .replaceFirst(": answered$", ": respondió");
      default ->
          line.replaceFirst(": 0 records$", ": nada encontrado")
              .replaceFirst(": (\\d+) records$", ": $1 encontrados")
              .replaceFirst(": answered$", ": respondeu");
    };
  }

  private record Words(String who, String tried, String promised, String suggestion) {}

  private static Words words(String language) {
    return switch (language) {
      case "en" ->
          new Words("Who: contact %s, %s, writes %s", "Tried:", "Said last:", "Suggested reply:");
      case "es" ->
          new Words(
              "Quién: contacto %s, %s, escribe en %s",
              "Ya se probó:", "Lo último que se dijo:", "Respuesta sugerida:");
      default ->
          new Words(
              "Quem: contato %s, %s, escreve em %s",
              "Já tentado:", "Dito por último:", "Sugestão de resposta:");
    };
  }

  /// In the customer's language: it is for the customer.
  private static String suggestion(String language, String about) {
    return switch (language) {
      case "en" ->
          about.isEmpty()
              ? "“Hello! I have read your message and am seeing to it.”"
              : "“Hello! I am seeing to %s for you.”".formatted(about);
      case "es" ->
          about.isEmpty()
              ? "“¡Hola! Ya leí su mensaje y me ocupo de eso.”"
              : "“¡Hola! Ya estoy viendo %s para usted.”".formatted(about);
      default ->
          about.isEmpty()
              ? "“Olá! Já li sua mensagem e estou cuidando disso.”"
              : "“Olá! Já estou vendo %s para você.”".formatted(about);
    };
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
  }
}
