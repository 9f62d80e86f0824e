package io.mcpcrew.intent.find;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what is named in a text. The surest form is looked for first, and what it takes nobody
/// else takes: the digits of a CPF are no telephone number. Every pattern begins at a place of its
/// own and has a longest match, so the time is linear in the text.
final class Mentions {
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\w.%+-])[\\w.%+-]{1,64}+@[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){1,4}+");

  private static final String NUMBER =
      "(\\d{1,3}(?:[.,]\\d{3}){1,4}(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,2})?)";
  private static final Pattern MONEY_BEFORE =
      Pattern.compile(
          "(?<![\\p{L}\\d])(r\\$|us\\$|u\\$|brl|usd|eur|€|\\$)\\s{0,2}"
              + NUMBER
              + "(?![\\d])(\\s(?:mil|k)\\b)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MONEY_AFTER =
      Pattern.compile(
          "(?<![\\p{L}\\d.,])"
              + NUMBER
              + "(\\s(?:mil|k))?\\s{0,2}(reais|real|dolares|dólares|dollars?|bucks|euros?|€|brl|usd|eur)(?!\\p{L})",
          Pattern.CASE_INSENSITIVE);
  private static final Map<String, String> CURRENCIES =
      Map.ofEntries(
          Map.entry("r$", "BRL"),
          Map.entry("brl", "BRL"),
          Map.entry("reais", "BRL"),
          Map.entry("real", "BRL"),
          Map.entry("us$", "USD"),
          Map.entry("u$", "USD"),
          Map.entry("usd", "USD"),
          Map.entry("dolares", "USD"),
          Map.entry("dólares", "USD"),
          Map.entry("dollar", "USD"),
          Map.entry("dollars", "USD"),
          Map.entry("bucks", "USD"),
          Map.entry("eur", "EUR"),
          Map.entry("€", "EUR"),
          Map.entry("euro", "EUR"),
          Map.entry("euros", "EUR"));

  private static final Pattern CNPJ =
      Pattern.compile(
          "(?<![\\p{L}\\d])[0-9A-Za-z]{2}[. ]?[0-9A-Za-z]{3}[. ]?[0-9A-Za-z]{3}[/ ]?[0-9A-Za-z]{4}[- ]?\\d{2}(?![\\p{L}\\d])");
  private static final Pattern CPF =
      Pattern.compile(
          "(?<![\\p{L}\\d+])\\d{3}[. ]?\\d{3}[. ]?\\d{3}[-. /]{0,3}\\d{2}(?![\\p{L}\\d])");
  private static final Pattern PHONE =
      Pattern.compile("(?<![\\p{L}\\d])(?:\\+|\\(|\\d)(?:[ ().-]{0,2}\\d){7,15}(?![\\p{L}\\d])");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![\\p{L}\\d/.-])(\\d{1,4})([/.-])(\\d{1,2})(?:\\2(\\d{2,4}))?(?![\\p{L}\\d/-])");
  private static final Pattern HASH = Pattern.compile("(?<![\\p{L}\\d])#\\s?(\\d{1,10})\\b");
  private static final Pattern SALE =
      Pattern.compile("(?<![\\p{L}\\d])s\\d{3,8}\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern POSTCODE = Pattern.compile("(?<![\\p{L}\\d])\\d{5}-\\d{3}\\b");
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<![\\p{L}\\d.,/-])\\d{5,8}(?![\\p{L}\\d/-])(?![.,]\\d)");

  /// Who names more than these names nothing to answer to.
  private static final int MOST = 50;

  /// Takes its digits and is no kind of its own.
  private static final String TAKEN = "";

  private final String text;
  private final List<Word> words;
  private final String language;
  private final String tenants;
  private final LocalDate today;
  private final Set<String> fillers;
  private final List<Mention> found = new ArrayList<>();

  /// @param tenants language: whose way of writing numbers and dates is the usual one
  Mentions(
      String text,
      List<Word> words,
      String language,
      String tenants,
      LocalDate today,
      Set<String> fillers) {
    this.text = text;
    this.words = words;
    this.language = language;
    this.tenants = tenants;
    this.today = today;
    this.fillers = fillers;
  }

  /// In their order, without overlaps.
  List<Mention> all() {
    boolean digits = hasDigit();
    if (text.indexOf('@') >= 0) {
      each(EMAIL, "email", m -> Optional.of(m.group().toLowerCase(Locale.ROOT)));
    }
    if (digits) {
      numbers();
    }
    new Dates(words, language, today).all().forEach(this::add);
    var counts = new Counts(words, language, fillers);
    if (digits) {
      each(HASH, "order", m -> Optional.of(m.group(1)));
      each(SALE, "order", m -> Optional.of(m.group().toUpperCase(Locale.ROOT)));
      counts.orders().forEach(this::add);
    }
    counts.quantities().forEach(this::add);
    if (digits && found.stream().noneMatch(m -> m.kind().equals("order"))) {
      each(LONG_NUMBER, "order", m -> Optional.of(m.group()));
    }
    return found.stream()
        .filter(m -> !m.kind().equals(TAKEN))
        .sorted(Comparator.comparingInt(Mention::start))
        .toList();
  }

  private void numbers() {
    // One with letters may hold a currency's sign: 43.QVK.9O4/EUR3-97. With spaces it is less sure.
    each(CNPJ, "cnpj", m -> m.group().contains(" ") ? Optional.empty() : cnpj(m));
    each(MONEY_BEFORE, "money", m -> money(m.group(2), m.group(1), m.group(3)));
    each(MONEY_AFTER, "money", m -> money(m.group(1), m.group(3), m.group(2)));
    each(CNPJ, "cnpj", Mentions::cnpj);
    each(CPF, "cpf", m -> TaxNumbers.cpf(m.group()));
    each(DATE, "date", this::date);
    each(POSTCODE, TAKEN, m -> Optional.of(m.group()));
    each(PHONE, "phone", this::phone);
  }

  private static Optional<String> cnpj(MatchResult match) {
    return hasDigits(match.group(), 5) ? TaxNumbers.cnpj(match.group()) : Optional.empty();
  }

  private Optional<String> phone(MatchResult match) {
    boolean withCountry = match.group().startsWith("+");
    return withCountry || tenants.equals("pt") ? Phones.e164(match.group()) : Optional.empty();
  }

  private Optional<String> money(String number, String sign, String thousands) {
    String currency =
        CURRENCIES.getOrDefault(
            sign.toLowerCase(Locale.ROOT), language.equals("pt") ? "BRL" : "USD");
    return Amounts.of(number, currency, thousands != null);
  }

  private Optional<String> date(MatchResult m) {
    boolean monthFirst = tenants.equals("en");
    return Dates.written(m, monthFirst, today).map(LocalDate::toString);
  }

  private boolean hasDigit() {
    return hasDigits(text, 1);
  }

  private static boolean hasDigits(String text, int least) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < least; i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits >= least;
  }

  private void each(Pattern pattern, String kind, Function<MatchResult, Optional<String>> value) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      MatchResult match = matcher.toMatchResult();
      value
          .apply(match)
          .ifPresent(known -> add(new Mention(kind, known, match.start(), match.end())));
    }
  }

  private void add(Mention mention) {
    if (found.size() < MOST && found.stream().noneMatch(mention::meets)) {
      found.add(mention);
    }
  }
}
