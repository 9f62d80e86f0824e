package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Intent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The first tier: the tenant's rules, then the built-in ones. The longest phrase that is found
/// wins, because it says most; nothing found is `unknown`, for the concierge.
public final class RuleFinder implements IntentFinder {
  private static final Pattern ORDER = Pattern.compile("\\b(s\\d{4,8}|\\d{5,8})\\b");
  private static final double CERTAIN = 0.95;
  private static final double LIKELY = 0.8;

  private final Lexicon lexicon;
  private final Map<Tenant.IntentRule, Rule> compiled = new ConcurrentHashMap<>();

  public RuleFinder(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /// A rule with its phrases made ready.
  record Rule(String intent, String crew, List<Phrase> phrases, String origin) {
    private Optional<Match> in(Words words) {
      return phrases.stream()
          .filter(words::contain)
          .max(Comparator.comparingInt(phrase -> phrase.words().size()))
          .map(phrase -> new Match(this, phrase));
    }
  }

  private record Match(Rule rule, Phrase phrase) {
    /// A wish for a person weighs more than anything else; the tenant's word more than ours.
    int weight() {
      int own = rule.origin().equals("tenant") ? 1 : 0;
      int person = rule.intent().equals(Found.PERSON) ? 1_000 : 0;
      return phrase.words().size() * 2 + own + person;
    }

    double confidence() {
      return phrase.words().size() > 1 ? CERTAIN : LIKELY;
    }
  }

  @Override
  public Found find(List<String> messages, Tenant tenant) {
    String text = String.join(" ", messages);
    Words words = Words.of(text);
    String language = lexicon.language(words, tenant.document().language());
    return Stream.concat(tenantRules(tenant), lexicon.rules().stream())
        .flatMap(rule -> rule.in(words).stream())
        .max(Comparator.comparingInt(Match::weight))
        .map(match -> found(match, words, language))
        .orElseGet(() -> unknown(words, language));
  }

  private Stream<Rule> tenantRules(Tenant tenant) {
    return tenant.document().intents().stream()
        .map(rule -> compiled.computeIfAbsent(rule, RuleFinder::compile));
  }

  private static Rule compile(Tenant.IntentRule rule) {
    return new Rule(
        rule.intent(), rule.crew(), rule.anyOf().stream().map(Phrase::of).toList(), "tenant");
  }

  private Found found(Match match, Words words, String language) {
    var intent =
        new Intent(
            match.rule().intent(),
            match.confidence(),
            "rules",
            "the %s phrase “%s”".formatted(match.rule().origin(), match.phrase().text()),
            language);
    return new Found(intent, entities(words), match.rule().crew());
  }

  private Found unknown(Words words, String language) {
    var intent = new Intent(Found.UNKNOWN, 0.0, "none", "no rule that fits", language);
    return new Found(intent, entities(words), lexicon.concierge());
  }

  /// What the message is about is what is left when the words of asking are taken away.
  private List<Entity> entities(Words words) {
    Stream.Builder<Entity> found = Stream.builder();
    String product = words.without(lexicon.fillers());
    if (!product.isEmpty()) {
      found.add(new Entity("product", Content.of(product)));
    }
    Matcher order = ORDER.matcher(words.joined());
    if (order.find()) {
      found.add(new Entity("order", Content.of(order.group(1).toUpperCase(Locale.ROOT))));
    }
    return found.build().toList();
  }
}
