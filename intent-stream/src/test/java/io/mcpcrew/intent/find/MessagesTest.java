package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What customers write is understood: `messages.tsv` as a whole, so that a change that helps one
/// message and harms another shows both.
class MessagesTest {
  private final RuleFinder finder = new RuleFinder(Lexicon.builtIn());
  private final Tenant shop = Fixtures.aShop();

  @Test
  void thereAreEnoughMessagesToMeanSomething() {
    assertThat(Messages.all()).hasSizeGreaterThan(150);
  }

  @Test
  void everyMessageIsUnderstood() {
    List<String> misses =
        Messages.all().stream()
            .flatMap(message -> miss(message).lines())
            .filter(line -> !line.isBlank())
            .toList();

    assertThat(misses).as("of %d messages", Messages.all().size()).isEmpty();
  }

  /// What a tier calls 0.8 is right eight times of ten, or more often.
  @Test
  void confidenceIsNotMoreThanTheShareThatIsRight() {
    Map<Double, List<Boolean>> right = new TreeMap<>();
    for (Messages message : Messages.all()) {
      Found found = finder.find(message.texts(), shop, Fixtures.NOON);
      double confidence = Math.floor(found.wishes().getFirst().intent().confidence() * 10) / 10;
      boolean same = intents(Messages.written(found)).equals(intents(message.wishes()));
      right.computeIfAbsent(confidence, _ -> new ArrayList<>()).add(same);
    }

    right.forEach((confidence, all) ->
        assertThat(all.stream().filter(same -> same).count() / (double) all.size())
            .as("of %d messages at %s", all.size(), confidence)
            .isGreaterThanOrEqualTo(confidence));
  }

  private static String intents(String wishes) {
    return wishes.replaceAll("\\{[^}]*}", "");
  }

  private String miss(Messages message) {
    Found found = finder.find(message.texts(), shop, Fixtures.NOON);
    String written = Messages.written(found);
    boolean right = written.equals(message.wishes()) && found.language().equals(message.language());
    return right
        ? ""
        : "%s%n    is   %s %s%n    read %s %s  (%s)"
            .formatted(
                message.texts(),
                message.language(),
                message.wishes(),
                found.language(),
                written,
                found.wishes().stream()
                    .map(w -> w.intent().because())
                    .collect(Collectors.joining(", ")));
  }
}
