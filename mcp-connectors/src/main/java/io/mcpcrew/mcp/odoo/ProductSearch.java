package io.mcpcrew.mcp.odoo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds products by what a customer calls them. Odoo compares letters with their accents, and a
/// customer who writes "nivel" or "furadeiras" means "Nível" and "Furadeira": so the domain asks
/// loosely, with a wildcard where an accent may stand, and what comes back is judged here.
final class ProductSearch {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MAY_HAVE_ACCENT = Pattern.compile("[aeioucn]");
  private static final List<String> SAY_NOTHING =
      List.of(
          "de", "da", "do", "das", "dos", "a", "o", "as", "os", "e", "para", "com", "um", "uma",
          "the", "an", "of", "for", "el", "la", "los", "las", "del", "con", "y");

  private static final int LONG = 8;
  private static final int ENDING = 3;

  private final List<String> words;

  ProductSearch(String query) {
    this(words(query));
  }

  private ProductSearch(List<String> words) {
    this.words = words;
  }

  private static List<String> words(String query) {
    return Arrays.stream(NO_WORD.split(folded(query)))
        .filter(word -> !word.isEmpty() && !SAY_NOTHING.contains(word))
        .map(ProductSearch::stem)
        .toList();
  }

  /// The same with the endings of long words left open: "cardiologista" means "Cardiologia" too.
  ProductSearch loosely() {
    return new ProductSearch(
        words.stream()
            .map(word -> word.length() < LONG ? word : word.substring(0, word.length() - ENDING))
            .toList());
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /// Products that hold all words, each in the name or as the code.
  List<Object> all() {
    var domain = base();
    words.forEach(word -> domain.addAll(holds(word)));
    return domain;
  }

  /// Products that hold any of the words; for when no product holds all.
  List<Object> any() {
    var domain = base();
    for (int i = 1; i < words.size(); i++) {
      domain.add("|");
    }
    words.forEach(word -> domain.addAll(holds(word)));
    return domain;
  }

  private static List<Object> base() {
    var domain = new ArrayList<Object>();
    domain.add(List.of("sale_ok", "=", true));
    return domain;
  }

  private static List<Object> holds(String word) {
    return List.of(
        "|",
        List.of("name", "ilike", MAY_HAVE_ACCENT.matcher(word).replaceAll("_")),
        List.of("default_code", "ilike", word));
  }

  /// How many of the words a product really holds; the wildcards let strangers in.
  int matches(String name, String code) {
    String text = folded(name) + " " + folded(code);
    return (int) words.stream().filter(text::contains).count();
  }

  int size() {
    return words.size();
  }

  /// Plurals of Portuguese and Spanish lose their ending, so that the singular is found too.
  private static String stem(String word) {
    if (word.length() > 4 && (word.endsWith("oes") || word.endsWith("aes"))) {
      return word.substring(0, word.length() - 3);
    }
    if (word.length() > 4 && word.endsWith("is")) {
      return word.substring(0, word.length() - 2);
    }
    return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  private static String folded(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD);
    return ACCENTS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
