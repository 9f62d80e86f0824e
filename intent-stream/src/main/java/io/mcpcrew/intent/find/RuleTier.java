package io.mcpcrew.intent.find;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.re2j.Matcher;
import io.mcpcrew.intent.find.PhraseIndex.Hit;
import io.mcpcrew.runtime.tenant.LinearPattern;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The first tier: the tenant's rules and the built-in ones. Where phrases meet, the one that says
/// more wins, and the tenant's of two that say as much. Only where none of them is met, a count of
/// something counts.
final class RuleTier implements IntentTier {
  private static final double OF_SEVERAL_WORDS = 0.95;
  private static final double OF_A_PATTERN = 0.9;
  private static final double OF_ONE_WORD = 0.8;

  /// What a mistyped word leaves of the confidence.
  private static final double AFTER_A_SLIP = 0.9;

  /// Patterns are slower than phrases; what a customer wants stands in a message's beginning.
  private static final int PATTERNS_SEE = 2_000;

  private final Lexicon lexicon;
  private final PhraseIndex builtIn;
  private final CountedWishes counted;

  /// By identity: a version of settings is read once, and its rules go when it does.
  private final LoadingCache<Tenant.Document, Own> own =
      Caffeine.newBuilder().weakKeys().build(this::prepared);

  RuleTier(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.builtIn = new PhraseIndex(lexicon.rules(), lexicon.skippable(), lexicon.rightAsTheyAre());
    this.counted = new CountedWishes(lexicon);
  }

  /// A tenant's rules made ready.
  private record Own(PhraseIndex index, List<Rule> withPatterns) {}

  private Own prepared(Tenant.Document document) {
    List<Rule> rules = document.intents().stream().map(this::rule).toList();
    return new Own(
        new PhraseIndex(rules, lexicon.skippable(), lexicon.rightAsTheyAre()),
        rules.stream().filter(rule -> !rule.patterns().isEmpty()).toList());
  }

  private Rule rule(Tenant.IntentRule rule) {
    return new Rule(
        rule.intent(),
        rule.crew(),
        lexicon.manner(rule.intent()),
        rule.anyOf().stream().map(Phrase::of).toList(),
        rule.patterns().stream().map(LinearPattern::of).toList(),
        List.of(),
        true);
  }

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public List<Guess> guesses(Reading reading, Tenant tenant) {
    Own rules = own.get(tenant.document());
    List<Weighed> all = new ArrayList<>();
    builtIn.in(reading.words()).forEach(hit -> all.add(weighed(hit, reading)));
    rules.index().in(reading.words()).forEach(hit -> all.add(weighed(hit, reading)));
    byPatterns(rules.withPatterns(), reading, all);
    if (all.stream().allMatch(weighed -> weighed.guess().manner() == Manner.COURTESY)) {
      counted.in(reading).forEach(hit -> all.add(weighed(hit, reading)));
      alone(reading).ifPresent(all::add);
    }
    return withoutOverlaps(all);
  }

  /// "S00021", "oi, pedido 1001": a thing that is named, and nothing asked of it.
  private Optional<Weighed> alone(Reading reading) {
    List<Word> words = reading.words();
    for (Mention mention : reading.mentions()) {
      Rule rule = lexicon.alone().get(mention.kind());
      if (rule != null
          && words.stream().allMatch(word -> isBeside(word, mention))
          && !isBareNumber(mention, reading)) {
        int first = (int) words.stream().takeWhile(word -> !mention.covers(word)).count();
        var guess =
            new Guess(
                rule.intent(),
                rule.crew(),
                rule.manner(),
                OF_ONE_WORD,
                "nothing but %s %s".formatted(mention.kind(), mention.value()),
                first,
                first,
                true,
                List.of());
        return Optional.of(new Weighed(guess, weight(rule, 1)));
      }
    }
    return Optional.empty();
  }

  /// Digits alone may answer whatever was asked.
  private static boolean isBareNumber(Mention mention, Reading reading) {
    return mention.value().chars().allMatch(Character::isDigit)
        && reading.text().indexOf('#') < 0
        && reading.words().stream().noneMatch(Counts::isOrderWord);
  }

  private boolean isBeside(Word word, Mention mention) {
    return mention.covers(word) || lexicon.isFiller(word) || Counts.isOrderWord(word);
  }

  private record Weighed(Guess guess, int weight) {}

  private Weighed weighed(Hit hit, Reading reading) {
    Rule rule = hit.rule();
    int length = hit.phrase().parts().size();
    double confidence = length > 1 ? OF_SEVERAL_WORDS : OF_ONE_WORD;
    var guess =
        new Guess(
            rule.intent(),
            rule.crew(),
            rule.manner(),
            hit.slips() == 0 ? confidence : confidence * AFTER_A_SLIP,
            "the %s phrase “%s”".formatted(rule.origin(), hit.phrase().text()),
            hit.first(),
            hit.last(),
            length > 1 || !rule.own(),
            named(rule, reading));
    return new Weighed(guess, weight(rule, length));
  }

  /// What stands beside a phrase and is neither a date nor a word that only asks.
  private List<Mention> named(Rule rule, Reading reading) {
    if (rule.naming().isEmpty()) {
      return List.of();
    }
    FoldedText text = FoldedText.of(reading.text(), PATTERNS_SEE);
    return rule.naming().stream()
        .map(pattern -> new Search(pattern, pattern.in(text.folded())))
        .filter(search -> search.matcher().find())
        .flatMap(search -> mentions(search.pattern(), search.matcher(), text).stream())
        .filter(mention -> reading.mentions().stream().noneMatch(mention::meets))
        .filter(mention ->
            reading.words().stream()
                .noneMatch(word -> word.start() == mention.start() && lexicon.isFiller(word)))
        .toList();
  }

  private record Search(LinearPattern pattern, Matcher matcher) {}

  /// A wish for a person weighs more than anything that is asked; that it is no such wish, more.
  private static int weight(Rule rule, int words) {
    int manner =
        switch (rule.manner()) {
          case NOTHING -> 2_000;
          case PERSON -> 1_000;
          case THING, PLAIN, COURTESY -> 0;
        };
    return manner + words * 2 + (rule.own() ? 1 : 0);
  }

  private static void byPatterns(List<Rule> rules, Reading reading, List<Weighed> all) {
    if (rules.isEmpty()) {
      return;
    }
    FoldedText text = FoldedText.of(reading.text(), PATTERNS_SEE);
    for (Rule rule : rules) {
      for (LinearPattern pattern : rule.patterns()) {
        Matcher matcher = pattern.in(text.folded());
        if (matcher.find()) {
          weighed(rule, pattern, matcher, text, reading.words()).ifPresent(all::add);
        }
      }
    }
  }

  private static Optional<Weighed> weighed(
      Rule rule, LinearPattern pattern, Matcher match, FoldedText text, List<Word> words) {
    int start = text.written(match.start());
    int end = text.written(match.end());
    int[] within =
        IntStream.range(0, words.size())
            .filter(i -> words.get(i).start() < end && start < words.get(i).end())
            .toArray();
    if (within.length == 0) {
      return Optional.empty();
    }
    var guess =
        new Guess(
            rule.intent(),
            rule.crew(),
            rule.manner(),
            OF_A_PATTERN,
            "the tenant pattern “%s”".formatted(pattern.text()),
            within[0],
            within[within.length - 1],
            true,
            mentions(pattern, match, text));
    return Optional.of(new Weighed(guess, weight(rule, guess.length())));
  }

  private static List<Mention> mentions(LinearPattern pattern, Matcher match, FoldedText text) {
    return pattern.kinds().stream()
        .filter(kind -> match.start(kind) >= 0 && match.end(kind) > match.start(kind))
        .map(kind -> text.mention(kind, match.start(kind), match.end(kind)))
        .toList();
  }

  private static List<Guess> withoutOverlaps(List<Weighed> all) {
    all.sort(
        Comparator.comparingInt(Weighed::weight)
            .reversed()
            .thenComparingInt(w -> w.guess().first()));
    var taken = new BitSet();
    List<Guess> kept = new ArrayList<>();
    for (Weighed weighed : all) {
      Guess guess = weighed.guess();
      int next = taken.nextSetBit(guess.first());
      if (next < 0 || next > guess.last()) {
        taken.set(guess.first(), guess.last() + 1);
        kept.add(guess);
      }
    }
    kept.sort(Comparator.comparingInt(Guess::first));
    return kept;
  }
}
