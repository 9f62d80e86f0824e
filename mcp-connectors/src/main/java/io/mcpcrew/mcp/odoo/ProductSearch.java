package io.mcpcrew.mcp.odoo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds products by what a customer calls them. Odoo compares letters with their accents, and a
/// customer who writes "nivel" or "furadeiras" means "Nível" and "Furadeira": so the domain asks
/// loosely, with a wildcard where an accent may stand, and what comes back is judged here.
final class ProductSearch {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  /// "5m" and "5 m" are the same.
  private static final Pattern NO_WORD =
      Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{N})(?=\\p{L})|(?<=\\p{L})(?=\\p{N})");

  /// As customers write them, and as catalogues do.
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("metro", "m"),
          Map.entry("centimetro", "cm"),
          Map.entry("milimetro", "mm"),
          Map.entry("litro", "l"),
          Map.entry("quilo", "kg"),
          Map.entry("kilo", "kg"),
          Map.entry("grama", "g"),
          Map.entry("watt", "w"),
          Map.entry("volt", "v"),
          Map.entry("meter", "m"),
          Map.entry("liter", "l"));

  private static final Pattern MAY_HAVE_ACCENT = Pattern.compile("[aeioucn]");
  private static final List<String> SAY_NOTHING =
      List.of(
          "de", "da", "do", "das", "dos", "a", "o", "as", "os", "e", "para", "com", "um", "uma",
          "the", "an", "of", "for", "el", "la", "los", "las", "del", "con", "y");

  private static final int SHORTEST_BEGINNING = 3;
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
        .map(word -> UNITS.getOrDefault(word, word))
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
    String[] tokens = NO_WORD.split(folded(name) + " " + folded(code));
    return (int)
        words.stream()
            .filter(word -> Arrays.stream(tokens).anyMatch(token -> begins(token, word)))
            .count();
  }

  /// "pedia" begins "pediatria" and stands within "ortopedia"; 5 is no part of 500, nor m of mm.
  private static boolean begins(String token, String word) {
    return isWhole(word) ? token.equals(word) : token.startsWith(word);
  }

  private static boolean isWhole(String word) {
    return word.length() < SHORTEST_BEGINNING || isNumber(word);
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
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
