package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.List;
import java.util.Map;

/// The built-in words: phrases of intents, words that only ask, words that tell a language.
public record Lexicon(
    String concierge,
    List<RuleFinder.Rule> rules,
    List<Phrase> fillers,
    Map<String, List<Phrase>> languages) {

  /// The file's form.
  record File(
      String concierge,
      List<FileRule> intents,
      List<String> fillers,
      Map<String, List<String>> languages) {}

  record FileRule(String intent, String crew, List<String> anyOf) {}

  public static Lexicon builtIn() {
    File file =
        YamlDocuments.resource(Lexicon.class, "/io/mcpcrew/intent/intents.yaml", File.class);
    List<RuleFinder.Rule> rules =
        file.intents().stream()
            .map(r -> new RuleFinder.Rule(r.intent(), r.crew(), phrases(r.anyOf()), "built-in"))
            .toList();
    Map<String, List<Phrase>> languages = new java.util.TreeMap<>();
    file.languages().forEach((language, words) -> languages.put(language, phrases(words)));
    return new Lexicon(file.concierge(), rules, phrases(file.fillers()), languages);
  }

  private static List<Phrase> phrases(List<String> texts) {
    return texts.stream().map(Phrase::of).toList();
  }

  /// The language whose tell-tale words stand most often in the text; the tenant's own when none
  /// does.
  String language(Words words, String otherwise) {
    String best = otherwise;
    long most = 0;
    for (var entry : languages.entrySet()) {
      long hits = entry.getValue().stream().filter(words::contain).count();
      if (hits > most) {
        most = hits;
        best = entry.getKey();
      }
    }
    return best;
  }
}
