package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.settings.YamlDocuments;
import io.mcpcrew.runtime.tenant.LinearPattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The built-in words.
///
/// @param rules the built-in ones; courtesies stand in the order in which they count
/// @param counted rules whose phrases say something only before a number and a thing
/// @param alone rules that are meant where nothing but something of this kind is written
/// @param fillers words that only ask: what is left without them is asked about
/// @param skippable words that may stand between the words of a phrase
/// @param joiners words that begin another wish
/// @param rightAsTheyAre words that look like a slip of a known one
/// @param languages words that tell a language, each with its weight
public record Lexicon(
    String concierge,
    List<Rule> rules,
    List<Rule> counted,
    Map<String, Rule> alone,
    Set<String> fillers,
    Set<String> skippable,
    Set<String> joiners,
    Set<String> rightAsTheyAre,
    Map<String, List<String>> abbreviations,
    Map<String, Map<String, Integer>> languages) {

  /// The file's form.
  record File(
      String concierge,
      List<FileRule> intents,
      List<String> nothing,
      List<String> fillers,
      List<String> skippable,
      List<String> joiners,
      List<String> rightAsTheyAre,
      Map<String, String> abbreviations,
      Map<String, FileLanguage> languages) {}

  /// @param counted phrases that say so before a number and a thing
  /// @param alone the kind of what asks for it when nothing else is written
  /// @param naming patterns whose groups are what is named beside a phrase
  record FileRule(
      String intent,
      String crew,
      Manner manner,
      List<String> anyOf,
      @Nullable List<String> counted,
      @Nullable String alone,
      @Nullable List<String> naming) {
    Rule rule() {
      return rule(anyOf);
    }

    Optional<Rule> ofCounted() {
      return Optional.ofNullable(counted).map(this::rule);
    }

    private Rule rule(List<String> texts) {
      List<Phrase> phrases = texts.stream().map(Phrase::of).toList();
      List<LinearPattern> named =
          Objects.requireNonNullElse(naming, List.<String>of()).stream()
              .map(LinearPattern::of)
              .toList();
      return new Rule(intent, crew, manner, phrases, List.of(), named, false);
    }
  }

  /// @param sure words of this language only
  /// @param likely words that others have too
  record FileLanguage(List<String> sure, List<String> likely) {}

  private static final String BUILT_IN = "/io/mcpcrew/intent/intents.yaml";
  private static final String OF_THE_COMPANY = "company.";
  private static final int SURE = 2;
  private static final int LIKELY = 1;

  /// Names exactly the built-in file of this program.
  static String builtInRevision() {
    return Revision.OF_BUILT_IN;
  }

  private static final class Revision {
    static final String OF_BUILT_IN = ofBuiltIn();

    private static String ofBuiltIn() {
      try (InputStream in = Lexicon.class.getResourceAsStream(BUILT_IN)) {
        var crc = new CRC32C();
        crc.update(Objects.requireNonNull(in, BUILT_IN).readAllBytes());
        return "%08x".formatted(crc.getValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static Lexicon builtIn() {
    File file = YamlDocuments.resource(Lexicon.class, BUILT_IN, File.class);
    return new Lexicon(
        file.concierge(),
        rules(file),
        file.intents().stream().flatMap(rule -> rule.ofCounted().stream()).toList(),
        alone(file),
        folded(file.fillers()),
        folded(file.skippable()),
        folded(file.joiners()),
        folded(file.rightAsTheyAre()),
        abbreviations(file.abbreviations()),
        languages(file.languages()));
  }

  private static List<Rule> rules(File file) {
    List<Rule> rules = new ArrayList<>(file.intents().stream().map(FileRule::rule).toList());
    var nothing =
        new FileRule("nothing", file.concierge(), Manner.NOTHING, file.nothing(), null, null, null);
    rules.add(nothing.rule());
    return List.copyOf(rules);
  }

  private static Map<String, Rule> alone(File file) {
    Map<String, Rule> alone = new TreeMap<>();
    for (FileRule rule : file.intents()) {
      if (rule.alone() != null) {
        alone.put(rule.alone(), rule.rule());
      }
    }
    return Map.copyOf(alone);
  }

  private static Set<String> folded(List<String> words) {
    return words.stream().map(Fold::word).collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, List<String>> abbreviations(Map<String, String> file) {
    return file.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                e -> Fold.word(e.getKey()), e -> Words.plain(e.getValue())));
  }

  private static Map<String, Map<String, Integer>> languages(Map<String, FileLanguage> file) {
    Map<String, Map<String, Integer>> languages = new TreeMap<>();
    file.forEach((language, words) -> {
      Map<String, Integer> weights = new HashMap<>();
      words.likely().forEach(word -> weights.put(Fold.word(word), LIKELY));
      words.sure().forEach(word -> weights.put(Fold.word(word), SURE));
      languages.put(language, Map.copyOf(weights));
    });
    return languages;
  }

  /// Intents of the same name are meant alike, whoever wrote the rule; what is asked about the
  /// company is about no thing.
  Manner manner(String intent) {
    Manner otherwise = intent.startsWith(OF_THE_COMPANY) ? Manner.PLAIN : Manner.THING;
    return manners().getOrDefault(intent, otherwise);
  }

  private Map<String, Manner> manners() {
    return rules.stream()
        .collect(Collectors.toMap(Rule::intent, Rule::manner, (first, _) -> first));
  }

  boolean isFiller(Word word) {
    return fillers.contains(word.plain());
  }
}
