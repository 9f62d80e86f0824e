package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All phrases of some rules in one tree over word stems, so that looking for a thousand costs
/// little more than looking for one: a step per word, whatever the number of rules.
final class PhraseIndex {
  /// Between two words of a phrase, words like articles may stand.
  private static final int MOST_SKIPPED = 2;

  private static final int LEAST_OPEN = 2;

  private final Node root = new Node();
  private final Map<String, String> stems = new HashMap<>();
  private final Set<String> exact = new HashSet<>();
  private final Set<String> beginnings = new HashSet<>();
  private final Set<String> skippable;
  private final Spelling spelling;

  PhraseIndex(List<Rule> rules, Set<String> skippable, Set<String> rightAsTheyAre) {
    this.skippable = skippable;
    for (Rule rule : rules) {
      rule.phrases().forEach(phrase -> root.put(phrase, 0, new Entry(rule, phrase)));
      rule.phrases().stream().flatMap(p -> p.parts().stream()).forEach(this::know);
    }
    this.spelling = new Spelling(exact, rightAsTheyAre);
  }

  private void know(Phrase.Part part) {
    if (part.open()) {
      beginnings.add(part.plain());
    } else {
      exact.add(part.plain());
      stems.put(Stem.of(part.plain()), part.plain());
    }
  }

  private record Entry(Rule rule, Phrase phrase) {}

  private static final class Node {
    private final Map<String, Node> words = new HashMap<>();
    private final Map<String, Node> open = new HashMap<>();
    private final List<Entry> ends = new ArrayList<>();

    void put(Phrase phrase, int at, Entry entry) {
      if (at == phrase.parts().size()) {
        ends.add(entry);
        return;
      }
      Phrase.Part part = phrase.parts().get(at);
      Map<String, Node> way = part.open() ? open : words;
      String key = part.open() ? part.plain() : Stem.of(part.plain());
      way.computeIfAbsent(key, _ -> new Node()).put(phrase, at + 1, entry);
    }
  }

  /// A phrase that stands in the words.
  ///
  /// @param first word, and the last
  /// @param slips words of it that were mistyped
  record Hit(Rule rule, Phrase phrase, int first, int last, int slips) {}

  /// A word as this tree knows it.
  private record Known(String stem, boolean slip) {}

  List<Hit> in(List<Word> words) {
    var walk = new Walk(words, words.stream().map(this::known).toList());
    for (int first = 0; first < words.size(); first++) {
      walk.from(root, first, first, 0);
    }
    return walk.hits;
  }

  private Known known(Word word) {
    if (stems.containsKey(word.stem()) || skippable.contains(word.plain()) || begins(word)) {
      return new Known(word.stem(), false);
    }
    String meant = spelling.meant(word.plain());
    return meant == null ? new Known(word.stem(), false) : new Known(Stem.of(meant), true);
  }

  private boolean begins(Word word) {
    for (int end = LEAST_OPEN; !beginnings.isEmpty() && end <= word.plain().length(); end++) {
      if (beginnings.contains(word.plain().substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private final class Walk {
    private final List<Word> words;
    private final List<Known> known;
    private final List<Hit> hits = new ArrayList<>();

    Walk(List<Word> words, List<Known> known) {
      this.words = words;
      this.known = known;
    }

    void from(Node node, int first, int at, int slips) {
      node.ends.forEach(e -> hits.add(new Hit(e.rule(), e.phrase(), first, at - 1, slips)));
      for (int skipped = 0; skipped <= MOST_SKIPPED && reaches(first, at + skipped); skipped++) {
        int here = at + skipped;
        step(node.words.get(known.get(here).stem()), first, here, slips);
        opened(node, first, here, slips);
        if (node == root || !skippable.contains(words.get(here).plain())) {
          return;
        }
      }
    }

    /// A phrase may go over a line's end, because people send half sentences, but not over a comma:
    /// "não, quero" is not "não quero".
    private boolean reaches(int first, int at) {
      return at < words.size()
          && (at == first
              || words.get(at).before() == Word.Gap.SPACE
              || words.get(at).before() == Word.Gap.LINE);
    }

    private void opened(Node node, int first, int here, int slips) {
      if (node.open.isEmpty()) {
        return;
      }
      String plain = words.get(here).plain();
      for (int end = LEAST_OPEN; end <= plain.length(); end++) {
        Node next = node.open.get(plain.substring(0, end));
        if (next != null) {
          from(next, first, here + 1, slips);
        }
      }
    }

    private void step(@Nullable Node next, int first, int here, int slips) {
      if (next != null) {
        from(next, first, here + 1, slips + (known.get(here).slip() ? 1 : 0));
      }
    }
  }
}
