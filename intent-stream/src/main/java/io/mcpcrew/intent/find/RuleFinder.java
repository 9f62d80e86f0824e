package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Task;
import java.time.Instant;
import java.util.List;

/// Reads the messages once, asks the tiers in their order, and makes wishes of the first answer.
/// Today the rules are the only tier; what no tier knows is `unknown`, for the concierge.
public final class RuleFinder implements IntentFinder {
  private final Lexicon lexicon;
  private final Languages languages;
  private final List<IntentTier> tiers;

  public RuleFinder(Lexicon lexicon) {
    this(lexicon, List.of(new RuleTier(lexicon)));
  }

  /// @param tiers the surest first
  RuleFinder(Lexicon lexicon, List<IntentTier> tiers) {
    this.lexicon = lexicon;
    this.languages = new Languages(lexicon.languages());
    this.tiers = List.copyOf(tiers);
  }

  @Override
  public Found find(List<String> messages, Tenant tenant, Instant now) {
    Reading reading = reading(messages, tenant, now);
    var wishes = new Wishes(lexicon, reading);
    List<Guess> guessed = List.of();
    for (IntentTier tier : tiers) {
      guessed = tier.guesses(reading, tenant);
      List<Task> tasks = wishes.of(tier.name(), guessed);
      if (!tasks.isEmpty()) {
        return new Found(tasks);
      }
    }
    return new Found(wishes.unknown(guessed));
  }

  @Override
  public String revision() {
    return Lexicon.builtInRevision();
  }

  private Reading reading(List<String> messages, Tenant tenant, Instant now) {
    String text = Reading.joined(messages);
    List<Word> words = Words.of(text, lexicon.abbreviations());
    String tenants = tenant.document().language();
    String language = languages.of(text, words, tenants);
    var today = now.atZone(tenant.document().timezone()).toLocalDate();
    List<Mention> mentions =
        new Mentions(text, words, language, tenants, today, lexicon.fillers()).all();
    return new Reading(text, words, language, mentions);
  }
}
