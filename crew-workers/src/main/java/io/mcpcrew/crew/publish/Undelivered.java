package io.mcpcrew.crew.publish;

/// What a person reads of a reply that the channel did not take, in the company's language.
final class Undelivered {
  private static final int LONGEST_QUOTE = 600;

  private Undelivered() {}

  static String note(String language, String text, String why) {
    String quote = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    return switch (language) {
      case "en" ->
          "This could not be delivered to the customer (%s). Please see to it: “%s”"
              .formatted(why, quote);
      case "es" ->
          "Esto no pudo entregarse al cliente (%s). Por favor, ocúpese: “%s”".formatted(why, quote);
      default ->
          "Isto não pôde ser entregue ao cliente (%s). Por favor, assuma: “%s”"
              .formatted(why, quote);
    };
  }
}
