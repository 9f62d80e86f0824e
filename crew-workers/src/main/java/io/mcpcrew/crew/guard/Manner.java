package io.mcpcrew.crew.guard;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a reply sounds, and how long it may be in its channel.
final class Manner {
  /// What providers take in one message; the publisher may split, a customer should not have to
  /// read more. Channels that are not named are Chatwoot's own.
  private static final Map<String, Integer> LONGEST =
      Map.of(
          "sms", 1_600,
          "instagram", 1_000,
          "facebook", 2_000,
          "messenger", 2_000,
          "whatsapp", 4_096,
          "telegram", 4_096,
          "line", 5_000,
          "email", 20_000);

  private static final int LONGEST_ELSEWHERE = 8_000;
  private static final Set<String> RUDE =
      Set.of(
          "idiota",
          "burro",
          "burra",
          "imbecil",
          "estupido",
          "estupida",
          "cala a boca",
          "caralho",
          "porra",
          "merda",
          "idiot",
          "stupid",
          "moron",
          "shut up",
          "fuck",
          "shit",
          "mierda",
          "pendejo",
          "tonto",
          "callate");

  private Manner() {}

  static Optional<String> tooLong(String reply, String channel) {
    int most = LONGEST.getOrDefault(channel, LONGEST_ELSEWHERE);
    int length = reply.codePointCount(0, reply.length());
    return length > most
        ? Optional.of("%d characters; %s carries %d".formatted(length, channel, most))
        : Optional.empty();
  }

  static Optional<String> tone(String reply) {
    String folded = " " + Folded.words(Folded.of(reply), c -> c >= 'a' && c <= 'z') + " ";
    if (RUDE.stream().anyMatch(word -> folded.contains(" " + word + " "))) {
      return Optional.of("a rude word");
    }
    long letters = reply.codePoints().filter(Character::isLetter).count();
    long capitals = reply.codePoints().filter(Character::isUpperCase).count();
    if (letters > 20 && capitals * 10 > letters * 7) {
      return Optional.of("shouting");
    }
    return reply.contains("!!!") ? Optional.of("shouting") : Optional.empty();
  }
}
