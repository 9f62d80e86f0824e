package io.mcpcrew.crew.publish;

import io.mcpcrew.runtime.tenant.Opening;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Who could take a conversation over, as the channel tells it. Pure.
///
/// @param known false when the channel could not be asked, so that nothing is said of it
/// @param team its number in the channel; nothing for nobody in particular
/// @param online who is there now, of the team if there is one; by their numbers, in their order
record Staff(boolean known, Optional<Long> team, List<Long> online) {
  static final Staff UNKNOWN = new Staff(false, Optional.empty(), List.of());

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  Staff {
    online = online.stream().sorted().toList();
  }

  /// Whoever's turn it is: conversations go round, and the same one always to the same person while
  /// the same people are there.
  OptionalLong next(long conversation) {
    return online.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(online.get(Math.floorMod(conversation, online.size())));
  }

  /// What the customer reads while nobody is online although the company is open; outside its hours
  /// the handover's own words say when it opens.
  Optional<String> absence(String language, Opening opening, Instant now, ZoneId zone) {
    ZonedDateTime local = now.atZone(zone);
    if (!known || !online.isEmpty() || !opening.isOpen(local)) {
      return Optional.empty();
    }
    String until = opening.until(local).map(closes -> today(language, closes)).orElse("");
    return Optional.of((nobody(language) + until).strip());
  }

  private static String nobody(String language) {
    return switch (language) {
      case "en" ->
          "Nobody of the team is online right now; whoever comes back first answers here. ";
      case "es" ->
          "Ahora nadie del equipo está en línea; quien vuelva primero le responderá por aquí. ";
      default ->
          "No momento ninguém da equipe está on-line; quem voltar primeiro responde por aqui. ";
    };
  }

  private static String today(String language, LocalTime closes) {
    String time = TIME.format(closes);
    return switch (language) {
      case "en" -> "We are here until %s today.".formatted(time);
      case "es" -> "Hoy atendemos hasta las %s.".formatted(time);
      default -> "Hoje atendemos até as %s.".formatted(time);
    };
  }
}
