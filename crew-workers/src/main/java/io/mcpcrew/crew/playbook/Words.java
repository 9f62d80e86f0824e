package io.mcpcrew.crew.playbook;

import io.mcpcrew.runtime.settings.YamlDocuments;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What customers say to any playbook: yes, no, stop, once more, a number, an hour. Careful with a
/// yes: what holds anything else is none, and the customer is asked again.
final class Words {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{So}]+");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\d])\\d{1,7}([.,]\\d{1,3})?(?![\\d:])");
  private static final Pattern CLOCK =
      Pattern.compile(
          "\\b([01]?\\d|2[0-3])\\s*(?:h|hs|hrs|:)\\s*([0-5]\\d)?\\b|\\b([01]?\\d|2[0-3])\\s*horas?\\b");
  private static final Pattern HALF_OF_DAY =
      Pattern.compile(
          "\\b(\\d{1,2})(?::([0-5]\\d))?\\s*(?:h|horas?)?\\s*(?:(da manha|de la manana|am)|(da tarde|da noite|de la tarde|de la noche|pm))\\b");
  private static final Pattern NOON = Pattern.compile("\\b(?:meio dia|mediodia|noon)\\b");
  private static final Pattern HOUR = Pattern.compile("\\d{1,2}(?:h|hs|hrs)(?:\\d{2})?");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");
  private static final int MOST_OF_A_NAME = 4;
  private static final Words BUILT_IN = read();

  private final Set<String> yes;
  private final Set<String> besideYes;
  private final Set<String> yesToCancelling;
  private final Set<String> no;
  private final Set<String> besideNo;
  private final Set<String> enough;
  private final Set<String> acknowledging;
  private final Set<String> take;
  private final Set<String> besideTake;
  private final Set<String> joining;
  private final Set<String> cancel;
  private final Set<String> repeat;
  private final List<String> correction;
  private final Set<String> fillers;
  private final Set<String> times;
  private final List<String> cheapest;
  private final List<String> dearest;
  private final Map<String, Integer> numbers;
  private final Map<String, Integer> ordinals;
  private final Map<String, Texts> texts;

  private record Document(Lists words, Map<String, Texts> texts) {}

  private record Lists(
      List<String> yes,
      List<String> besideYes,
      List<String> no,
      List<String> besideNo,
      List<String> enough,
      List<String> acknowledging,
      List<String> take,
      List<String> besideTake,
      List<String> joining,
      List<String> cancel,
      List<String> repeat,
      List<String> yesToCancelling,
      List<String> correction,
      List<String> fillers,
      List<String> times,
      List<String> cheapest,
      List<String> dearest,
      Map<String, Integer> numbers,
      Map<String, Integer> ordinals) {}

  private Words(Document document) {
    Lists words = document.words();
    this.yes = Set.copyOf(words.yes());
    this.besideYes = joined(words.besideYes(), singles(words.yes()));
    this.yesToCancelling = Set.copyOf(words.yesToCancelling());
    this.no = Set.copyOf(words.no());
    this.besideNo = joined(words.besideNo(), singles(words.no()));
    this.enough = Set.copyOf(words.enough());
    this.acknowledging = Set.copyOf(words.acknowledging());
    this.take = Set.copyOf(words.take());
    this.besideTake = joined(words.besideTake(), words.besideYes());
    this.joining = Set.copyOf(words.joining());
    this.cancel = Set.copyOf(words.cancel());
    this.repeat = Set.copyOf(words.repeat());
    this.correction = words.correction().stream().sorted(Words::longestFirst).toList();
    this.fillers = Set.copyOf(words.fillers());
    this.times = Set.copyOf(words.times());
    this.cheapest = words.cheapest();
    this.dearest = words.dearest();
    this.numbers = words.numbers();
    this.ordinals = words.ordinals();
    this.texts = document.texts();
  }

  static Words builtIn() {
    return BUILT_IN;
  }

  private static Words read() {
    return new Words(
        YamlDocuments.resource(Words.class, "/io/mcpcrew/crew/talk.yaml", Document.class));
  }

  private static Set<String> joined(List<String> one, List<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return Set.copyOf(all);
  }

  private static List<String> singles(List<String> phrases) {
    return phrases.stream().filter(phrase -> !phrase.contains(" ")).toList();
  }

  private static int longestFirst(String one, String other) {
    return Integer.compare(other.length(), one.length());
  }

  /// Lower case, without accents and punctuation.
  static String folded(String text) {
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
            .replaceAll("");
    return NO_WORD.matcher(plain).replaceAll(" ").strip();
  }

  private static List<String> tokens(String folded) {
    return folded.isEmpty() ? List.of() : List.of(folded.split(" "));
  }

  String say(String name, String language, Map<String, Object> facts) {
    return Objects.requireNonNull(texts.get(name), name).in(language, facts);
  }

  boolean isYes(String folded) {
    List<String> tokens = tokens(folded);
    return yes.contains(folded)
        || (besideYes.containsAll(tokens) && tokens.stream().anyMatch(yes::contains));
  }

  boolean isYesToCancelling(String folded) {
    return yesToCancelling.contains(folded);
  }

  boolean isNo(String folded) {
    List<String> tokens = tokens(folded);
    return no.contains(folded)
        || (!tokens.isEmpty() && no.contains(tokens.getFirst()) && besideNo.containsAll(tokens));
  }

  /// Nothing more is wanted: "só isso".
  boolean isEnough(String folded) {
    return enough.contains(withoutThanks(folded));
  }

  /// It was read, and nothing is asked: "ok", "👍".
  boolean isAcknowledging(String folded) {
    return acknowledging.contains(withoutThanks(folded));
  }

  /// What is offered is taken: "vou levar", "quero 2", and nothing else is said.
  boolean takes(String folded) {
    List<String> tokens = tokens(folded);
    return !denies(folded)
        && tokens.stream().anyMatch(this::isTake)
        && tokens.stream().allMatch(t -> isTake(t) || besideTake.contains(t));
  }

  /// A no is among its words.
  boolean denies(String folded) {
    return tokens(folded).stream().anyMatch(no::contains);
  }

  private boolean isTake(String token) {
    return take.contains(token) || numbers.containsKey(token) || DIGITS.matcher(token).matches();
  }

  /// What is named behind a word that joins it to what was said before: "e a 850?".
  Optional<String> joined(String text) {
    String[] words = text.strip().split("\\s+", 2);
    return Optional.of(words)
        .filter(w -> w.length == 2 && joining.contains(folded(w[0])))
        .map(w -> named(w[1]))
        .filter(thing -> !thing.isEmpty() && tokens(folded(thing)).size() <= MOST_OF_A_NAME);
  }

  private static String withoutThanks(String folded) {
    return folded.replaceFirst(" (?:por favor|obrigad[oa]|obg|valeu|please|thanks|gracias)$", "");
  }

  boolean isCancel(String folded) {
    return cancel.contains(folded)
        || cancel.contains(folded.replaceFirst("^(?:nao|ah|ah nao|entao|ok|no|oh|bom) ", ""))
        || cancel.contains(withoutThanks(folded));
  }

  boolean isRepeat(String folded) {
    return repeat.contains(folded);
  }

  /// What is named after "na verdade é …" and its like.
  Optional<String> corrected(String folded) {
    return correction.stream()
        .filter(marker -> folded.startsWith(marker + " "))
        .findFirst()
        .map(marker -> named(folded.substring(marker.length())))
        .filter(rest -> !rest.isEmpty() && tokens(rest).size() <= 5);
  }

  /// Whether it tells a day or an hour and nothing else: "sexta de manhã", "dia 15 às 10h".
  boolean isOnlyTime(String folded) {
    List<String> told = tokens(folded).stream().filter(word -> !fillers.contains(word)).toList();
    return told.stream().allMatch(word -> isTime(word) || DIGITS.matcher(word).matches())
        && told.stream().anyMatch(this::isTime);
  }

  private boolean isTime(String word) {
    return times.contains(word) || HOUR.matcher(word).matches();
  }

  /// Without the words around it that name nothing.
  String named(String text) {
    List<String> left =
        new ArrayList<>(
            Arrays.stream(text.strip().split("\\s+"))
                .map(word -> word.replaceAll("^[\\p{P}]+|[\\p{P}]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList());
    while (!left.isEmpty() && fillers.contains(folded(left.getFirst()))) {
      left.removeFirst();
    }
    while (!left.isEmpty() && fillers.contains(folded(left.getLast()))) {
      left.removeLast();
    }
    return String.join(" ", left);
  }

  /// The one number of a text; of several nobody knows which is meant.
  Optional<BigDecimal> number(String text, boolean alsoArticles) {
    List<BigDecimal> found = new ArrayList<>();
    Matcher digits = NUMBER.matcher(text);
    while (digits.find()) {
      found.add(new BigDecimal(digits.group().replace(',', '.')));
    }
    String folded = folded(text);
    if (numbers.containsKey(folded)) {
      return Optional.of(BigDecimal.valueOf(numbers.getOrDefault(folded, 0)));
    }
    for (String token : tokens(folded)) {
      Integer value = numbers.get(token);
      if (value != null && (value > 1 || alsoArticles)) {
        found.add(BigDecimal.valueOf(value));
      }
    }
    return found.size() == 1 && found.getFirst().signum() > 0
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }

  /// An hour of the day as `14:30`.
  Optional<String> time(String text) {
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
            .replaceAll("");
    Matcher half = HALF_OF_DAY.matcher(plain);
    if (half.find()) {
      int hour = Integer.parseInt(half.group(1));
      boolean afternoon = half.group(4) != null;
      int of24 = afternoon && hour < 12 ? hour + 12 : hour;
      return of24 > 23 ? Optional.empty() : Optional.of(clock(of24, half.group(2)));
    }
    if (NOON.matcher(folded(text)).find()) {
      return Optional.of("12:00");
    }
    Matcher clock = CLOCK.matcher(plain);
    if (!clock.find()) {
      return Optional.empty();
    }
    String hour = clock.group(1) == null ? clock.group(3) : clock.group(1);
    return Optional.of(clock(Integer.parseInt(hour), clock.group(2)));
  }

  private static String clock(int hour, @org.jspecify.annotations.Nullable String minutes) {
    return "%02d:%s".formatted(hour, minutes == null ? "00" : minutes);
  }

  /// Which of several is meant, by its place or by words of its name; -1 if that is not clear.
  int chosen(String text, List<String> labels) {
    String folded = folded(named(text));
    Integer place = ordinals.get(folded);
    if (place == null) {
      // "quero um orçamento" is no first one.
      boolean article = numbers.containsKey(folded);
      place = number(text, article).map(BigDecimal::intValue).orElse(null);
    }
    List<String> wanted = tokens(folded);
    List<Integer> byName = new ArrayList<>();
    for (int i = 0; i < labels.size() && !wanted.isEmpty(); i++) {
      List<String> label = tokens(folded(labels.get(i)));
      if (wanted.stream().allMatch(w -> label.stream().anyMatch(l -> isSame(w, l)))) {
        byName.add(i);
      }
    }
    if (byName.size() == 1) {
      return byName.getFirst();
    }
    if (place == null || place > labels.size() || wanted.size() > 2) {
      return -1;
    }
    return place == -1 ? labels.size() - 1 : place - 1;
  }

  boolean isCheapest(String folded) {
    return holdsAny(folded, cheapest);
  }

  boolean isDearest(String folded) {
    return holdsAny(folded, dearest);
  }

  private static boolean holdsAny(String folded, List<String> phrases) {
    String whole = " " + folded + " ";
    return phrases.stream().anyMatch(phrase -> whole.contains(" " + phrase + " "));
  }

  /// The place that a text names and nothing else: `2`, `a segunda`, `opção 2`; from 0.
  Optional<Integer> place(String text, int most) {
    String only = folded(named(text));
    Integer ordinal = ordinals.get(only);
    int place =
        ordinal != null
            ? (ordinal == -1 ? most : ordinal)
            : only.matches("\\d{1,2}") ? Integer.parseInt(only) : 0;
    return place >= 1 && place <= most ? Optional.of(place - 1) : Optional.empty();
  }

  /// Singular and plural are the same.
  private static boolean isSame(String one, String other) {
    return one.equals(other)
        || (one.length() > 3 && other.startsWith(one.replaceFirst("e?s$", "")));
  }

  /// The choice whose words the text holds, if it is one only.
  static Optional<String> choice(String folded, Map<String, List<String>> choices) {
    List<String> found =
        choices.entrySet().stream()
            .filter(choice ->
                choice.getValue().stream()
                    .anyMatch(w -> (" " + folded + " ").contains(" " + w + " ")))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  static int count(String text) {
    return (int) Arrays.stream(folded(text).split(" ")).filter(w -> !w.isEmpty()).count();
  }
}
