package io.mcpcrew.crew.playbook;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a playbook may know of the turn and the company beside what the customer says.
///
/// @param language the customer's
/// @param companyLanguage its people's, who read why they are asked
/// @param contact who writes, by the channel's number for them
/// @param mayWrite whether the company lets the agent act here, and not only suggest
/// @param lastWords what we, and nobody else, have said since the customer wrote before
/// @param answers the company's own, by intent
/// @param place leads the paths of calls: which task of the turn it is
record Scene(
    String company,
    String language,
    String companyLanguage,
    String channel,
    @Nullable String contact,
    long turn,
    boolean mayWrite,
    List<String> lastWords,
    Map<String, String> answers,
    String place) {

  /// Whose telephone number WhatsApp and text messages vouch for; what somebody types into a form
  /// on a page is worth nothing.
  private static final Set<String> VOUCH_FOR_PHONE = Set.of("whatsapp", "sms", "api");

  private static final Set<String> VOUCH_FOR_EMAIL = Set.of("email", "api");

  static Scene of(Turn turn, Tenant tenant, String language, String place) {
    return new Scene(
        tenant.document().name(),
        language,
        tenant.document().language(),
        turn.channel(),
        turn.contact(),
        turn.turn().number(),
        turn.autonomy() == Autonomy.ANSWER || turn.autonomy() == Autonomy.CONFIRM,
        lastWords(turn.history()),
        tenant.document().answers().stream()
            .collect(
                Collectors.toMap(
                    Tenant.KnownAnswer::intent, Tenant.KnownAnswer::text, (first, _) -> first)),
        place);
  }

  private static List<String> lastWords(List<Line> history) {
    List<String> ours = new ArrayList<>();
    for (Line line : history.reversed()) {
      if (line.author() == Author.CUSTOMER) {
        break;
      }
      if (line.author() != Author.OUR_AGENT) {
        return List.of();
      }
      ours.add(line.text().readable());
    }
    return List.copyOf(ours);
  }

  boolean vouchesForPhone() {
    return VOUCH_FOR_PHONE.contains(channel);
  }

  boolean vouchesForEmail() {
    return VOUCH_FOR_EMAIL.contains(channel);
  }

  /// Whether the customer can have read it just now.
  boolean hasSaid(String text) {
    return lastWords.stream().anyMatch(line -> line.contains(text));
  }

  Optional<String> lastWord() {
    return lastWords.stream().findFirst();
  }
}
