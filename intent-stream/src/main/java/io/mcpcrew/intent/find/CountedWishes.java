package io.mcpcrew.intent.find;

import io.mcpcrew.intent.find.PhraseIndex.Hit;
import java.util.List;
import java.util.Set;

/// Who says that he wants so many of a thing orders it, whatever the thing is: "quero 2 trenas",
/// "me vê 3 sacos de cimento". Without the number such words say nothing: "quero uma ajuda".
final class CountedWishes {
  private static final Set<String> NOT = Set.of("nao", "nem", "not", "no");

  /// Between the words and the number, and between the number and the thing.
  private static final int MOST_BETWEEN = 2;

  private final Lexicon lexicon;
  private final PhraseIndex index;

  CountedWishes(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.index = new PhraseIndex(lexicon.counted(), lexicon.skippable(), lexicon.rightAsTheyAre());
  }

  List<Hit> in(Reading reading) {
    List<Mention> counts =
        reading.mentions().stream().filter(m -> m.kind().equals("quantity")).toList();
    if (counts.isEmpty()) {
      return List.of();
    }
    List<Word> words = reading.words();
    return index.in(words).stream()
        .filter(hit -> hit.first() == 0 || !isNot(words.get(hit.first() - 1)))
        .filter(hit -> counts.stream().anyMatch(count -> isCounted(words, hit.last() + 1, count)))
        .toList();
  }

  static boolean isNot(Word word) {
    return NOT.contains(word.plain());
  }

  /// Whether the count comes next, and a thing behind it.
  private boolean isCounted(List<Word> words, int after, Mention count) {
    int at = past(words, after, count);
    if (at == words.size() || !count.covers(words.get(at))) {
      return false;
    }
    while (at < words.size() && count.covers(words.get(at))) {
      at++;
    }
    int thing = past(words, at, count);
    return thing < words.size()
        && follows(words, thing)
        && !lexicon.isFiller(words.get(thing))
        && !words.get(thing).isNumber();
  }

  /// The first word from here on that says something, or is the count.
  private int past(List<Word> words, int from, Mention count) {
    int at = from;
    while (at < words.size()
        && at - from < MOST_BETWEEN
        && follows(words, at)
        && lexicon.isFiller(words.get(at))
        && !count.covers(words.get(at))) {
      at++;
    }
    return at;
  }

  private static boolean follows(List<Word> words, int at) {
    return at == 0 || words.get(at).before() == Word.Gap.SPACE;
  }
}
