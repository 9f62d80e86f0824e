package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.playbook.Flow.Awaited;
import io.mcpcrew.crew.playbook.Flow.What;
import io.mcpcrew.crew.playbook.Playbook.Kind;
import io.mcpcrew.crew.playbook.Playbook.Slot;
import io.mcpcrew.crew.playbook.Playbook.Step;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a message means to a flow: an answer, a correction, a yes, a no, stop, once more. Pure.
final class Hearing {
  private static final Pattern ORDER = Pattern.compile("\\b[A-Za-z]{0,3}\\d{1,8}\\b");
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_NAME = 80;

  /// With fewer words nobody has told what it is about.
  private static final int WORDS_OF_A_STORY = 8;

  private static final Words WORDS = Words.builtIn();

  /// What the flow is after a message, and what the message asks of it.
  record Heard(Flow flow, Signal signal) {}

  enum Signal {
    /// The customer has told something.
    TOLD,
    YES,
    NO,
    /// Whatever was asked is to be asked again.
    REPEAT,
    STOP,
    /// Nobody knows what it means here.
    MISSED
  }

  private final Playbook playbook;
  private final Saying saying;

  private Hearing(Playbook playbook, Saying saying) {
    this.playbook = playbook;
    this.saying = saying;
  }

  /// The message that begins a flow.
  ///
  /// @param turn of the message, and the wish's place in it
  static Flow begins(Playbook playbook, Saying saying, long turn, String place) {
    return new Hearing(playbook, saying).begins(Flow.begin(playbook, turn, place));
  }

  /// A message while a flow waits.
  static Heard hears(Playbook playbook, Flow flow, Saying saying) {
    return new Hearing(playbook, saying).hears(flow);
  }

  private Flow begins(Flow nothing) {
    Flow flow = named(nothing);
    for (Slot slot : playbook.slots().values()) {
      if (slot.kind() == Kind.TEXT && Words.count(saying.text()) >= WORDS_OF_A_STORY) {
        return flow.with(slot.name(), story());
      }
    }
    return flow;
  }

  private Heard hears(Flow flow) {
    Awaited awaited = flow.awaited();
    if (awaited == null) {
      return new Heard(named(flow), Signal.TOLD);
    }
    if (WORDS.isRepeat(saying.folded())) {
      return new Heard(flow, Signal.REPEAT);
    }
    if (awaited.what() == What.INVITATION) {
      return invited(flow);
    }
    if (cancels(awaited) && WORDS.isYesToCancelling(saying.folded())) {
      return new Heard(flow.missed(0), Signal.YES);
    }
    if (WORDS.isCancel(saying.folded())) {
      return new Heard(flow, Signal.STOP);
    }
    Optional<Integer> place = picked(playbook, awaited, saying);
    if (awaited.what() == What.CONFIRMATION && place.isPresent()) {
      return new Heard(flow.missed(0), place.get() == 0 ? Signal.YES : Signal.NO);
    }
    Flow told =
        place
            .map(which -> picked(flow, awaited, which))
            .orElseGet(() ->
                switch (awaited.what()) {
                  case SLOT -> slot(named(flow), awaited.name());
                  case CHOICE -> chosen(named(flow), awaited);
                  case CONFIRMATION, INVITATION -> corrected(named(flow));
                });
    if (!told.slots().equals(flow.slots()) || !told.kept().equals(flow.kept())) {
      return new Heard(told.missed(0), Signal.TOLD);
    }
    if (awaited.what() == What.CONFIRMATION && WORDS.isYes(saying.folded())) {
      return new Heard(flow.missed(0), Signal.YES);
    }
    if (awaited.what() == What.CONFIRMATION && WORDS.isNo(saying.folded())) {
      return new Heard(flow.missed(0), Signal.NO);
    }
    if (awaited.what() == What.CHOICE && WORDS.isNo(saying.folded())) {
      return new Heard(flow, Signal.STOP); // none of them
    }
    return new Heard(flow.missed(flow.misses() + 1), Signal.MISSED);
  }

  /// What is said to an invitation: it is taken up, put aside, or the answer before it was to
  /// something else; anything else is not for this flow.
  private Heard invited(Flow flow) {
    String folded = saying.folded();
    if (WORDS.isNo(folded) || WORDS.isEnough(folded) || WORDS.isCancel(folded)) {
      return new Heard(flow, Signal.NO);
    }
    if (WORDS.isYes(folded) || WORDS.takes(folded)) {
      return new Heard(flow, Signal.YES);
    }
    Flow told = corrected(named(flow));
    return told.slots().equals(flow.slots())
        ? new Heard(flow, Signal.MISSED)
        : new Heard(told, Signal.TOLD);
  }

  /// A flow that another one goes on with: what that hands over, and how many where that was said.
  static Flow goesOn(Playbook playbook, Saying saying, Flow begun, Next.Goes with) {
    return new Hearing(playbook, saying).goesOn(begun, with);
  }

  private Flow goesOn(Flow begun, Next.Goes with) {
    Flow flow = named(begun);
    for (Slot slot : playbook.slots().values()) {
      Object given = with.slots().get(slot.name());
      if (given != null) {
        flow = flow.with(slot.name(), given);
      } else if (slot.kind() == Kind.QUANTITY
          && saying.isUnknown()
          && WORDS.takes(saying.folded())) {
        flow = slot(flow, slot.name());
      }
    }
    for (Map.Entry<String, Object> chosen : with.kept().entrySet()) {
      flow = flow.keep(chosen.getKey(), chosen.getValue());
    }
    return flow;
  }

  /// "e a 850?": the one thing that the playbook is about, named behind a word that joins.
  static Optional<Flow> joined(Playbook playbook, Flow begun, Saying saying) {
    return playbook.slots().values().stream()
        .filter(slot -> slot.kind() == Kind.PRODUCT)
        .findFirst()
        .flatMap(slot -> WORDS.joined(saying.text()).map(thing -> begun.with(slot.name(), thing)));
  }

  /// How the options that a flow waits for were shown.
  static List<String> titles(Playbook playbook, Awaited awaited) {
    String label = awaited.what() == What.CHOICE ? label(playbook, awaited) : "title";
    return awaited.options().stream().map(row -> String.valueOf(row.get(label))).toList();
  }

  /// Which of the options it is, when the message says nothing else: pressed, written out, or by
  /// its number.
  private static Optional<Integer> picked(Playbook playbook, Awaited awaited, Saying saying) {
    if (awaited.what() == What.INVITATION) {
      return Optional.empty();
    }
    List<String> folded = titles(playbook, awaited).stream().map(Words::folded).toList();
    int first = folded.indexOf(saying.folded());
    return first >= 0 && first == folded.lastIndexOf(saying.folded())
        ? Optional.of(first)
        : WORDS.place(saying.text(), folded.size());
  }

  private Flow picked(Flow flow, Awaited awaited, int which) {
    Map<String, Object> option = awaited.options().get(which);
    return awaited.what() == What.CHOICE
        ? flow.keep(awaited.name(), option)
        : tell(
            flow,
            Objects.requireNonNull(playbook.slots().get(awaited.name())),
            Objects.requireNonNull(option.get("value")));
  }

  private boolean cancels(Awaited awaited) {
    return awaited.what() == What.CONFIRMATION
        && playbook.steps().stream()
            .anyMatch(step ->
                step instanceof Step.Write write
                    && write.as().equals(awaited.name())
                    && write.capability().endsWith(".cancel"));
  }

  /// What the message names takes the place of what was named before.
  private Flow named(Flow before) {
    Flow flow = before;
    for (Slot slot : playbook.slots().values()) {
      Object value = entity(slot);
      if (value != null) {
        flow = tell(flow, slot, value);
      }
    }
    return flow;
  }

  private @Nullable Object entity(Slot slot) {
    return switch (slot.kind()) {
      case TEXT -> null;
      case TIME -> WORDS.time(saying.text()).orElse(null);
      case CHOICE -> Words.choice(saying.folded(), slot.choices()).orElse(null);
      case QUANTITY -> {
        String quantity = saying.entities().get("quantity");
        yield quantity == null ? null : number(quantity);
      }
      case PRODUCT, ORDER, DATE, EMAIL, PHONE ->
          saying.entities().get(slot.kind().name().toLowerCase(Locale.ROOT));
    };
  }

  /// What was chosen by what is another thing now is not chosen any more.
  private Flow tell(Flow flow, Slot slot, Object value) {
    if (Objects.equals(String.valueOf(flow.slots().get(slot.name())), String.valueOf(value))) {
      return flow;
    }
    Flow told = flow.with(slot.name(), value);
    return slot.kind() == Kind.PRODUCT ? told.forget(chosenNames()) : told;
  }

  private List<String> chosenNames() {
    return playbook.steps().stream()
        .filter(Step.Choose.class::isInstance)
        .map(step -> ((Step.Choose) step).as())
        .toList();
  }

  private Flow slot(Flow flow, String name) {
    Slot slot = Objects.requireNonNull(playbook.slots().get(name));
    if (flow.slots().containsKey(name)) {
      return flow;
    }
    return answer(slot).map(value -> tell(flow, slot, value)).orElse(flow);
  }

  private Optional<Object> answer(Slot slot) {
    return switch (slot.kind()) {
      case TEXT -> saying.text().isBlank() ? Optional.empty() : Optional.of(story());
      case PRODUCT ->
          Optional.of(WORDS.named(saying.text()))
              .filter(n -> !n.isEmpty() && n.length() <= LONGEST_NAME)
              .filter(_ -> !WORDS.isNo(saying.folded()) && !WORDS.isYes(saying.folded()))
              .filter(_ -> !WORDS.isOnlyTime(saying.folded()))
              .map(n -> (Object) n);
      case QUANTITY -> WORDS.number(saying.text(), true).map(Hearing::plain);
      case ORDER -> {
        Matcher order = ORDER.matcher(saying.text());
        yield order.find() ? Optional.of(order.group().toUpperCase(Locale.ROOT)) : Optional.empty();
      }
      case DATE, TIME, EMAIL, PHONE, CHOICE -> Optional.empty();
    };
  }

  private Flow chosen(Flow flow, Awaited awaited) {
    int which = chosen(awaited);
    return which < 0 ? corrected(flow) : flow.keep(awaited.name(), awaited.options().get(which));
  }

  /// Which one by its place, its name or its price; -1 if that is not clear.
  private int chosen(Awaited awaited) {
    int named = WORDS.chosen(saying.text(), titles(playbook, awaited));
    return named < 0 ? byPrice(awaited.options()) : named;
  }

  /// "a mais barata"; -1 if two cost as much, or one has no price.
  private int byPrice(List<Map<String, Object>> options) {
    boolean cheapest = WORDS.isCheapest(saying.folded());
    if (cheapest == WORDS.isDearest(saying.folded())) {
      return -1;
    }
    List<BigDecimal> prices =
        options.stream()
            .map(row -> row.get("price"))
            .filter(Number.class::isInstance)
            .map(price -> new BigDecimal(price.toString()))
            .toList();
    if (prices.size() < options.size()) {
      return -1;
    }
    BigDecimal wanted = cheapest ? Collections.min(prices) : Collections.max(prices);
    boolean one = prices.stream().filter(price -> price.compareTo(wanted) == 0).count() == 1;
    return one ? prices.indexOf(wanted) : -1;
  }

  private static String label(Playbook playbook, Awaited awaited) {
    return playbook.steps().stream()
        .filter(step -> step instanceof Step.Choose choose && choose.as().equals(awaited.name()))
        .map(step -> ((Step.Choose) step).label())
        .findFirst()
        .orElse("name");
  }

  /// "não, são 3", "na verdade é a parafusadeira".
  private Flow corrected(Flow before) {
    Flow flow = before;
    Optional<String> other = WORDS.corrected(saying.folded());
    for (Slot slot : playbook.slots().values()) {
      boolean told = before.slots().containsKey(slot.name());
      if (told && slot.kind() == Kind.QUANTITY && entity(slot) == null) {
        Optional<BigDecimal> number = WORDS.number(saying.text(), false);
        flow = number.isPresent() ? tell(flow, slot, plain(number.get())) : flow;
      } else if (told && slot.kind() == Kind.PRODUCT && other.isPresent()) {
        boolean isOther = WORDS.number(other.get(), true).isEmpty();
        flow = isOther && flow.equals(before) ? tell(flow, slot, other.get()) : flow;
      } else if (told && slot.kind() == Kind.ORDER && other.isPresent()) {
        Matcher order = ORDER.matcher(saying.text());
        flow = order.find() ? tell(flow, slot, order.group().toUpperCase(Locale.ROOT)) : flow;
      }
    }
    return flow;
  }

  private String story() {
    return saying.text().substring(0, Math.min(LONGEST_TEXT, saying.text().length())).strip();
  }

  private static @Nullable Object number(String text) {
    try {
      return plain(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Object plain(BigDecimal number) {
    BigDecimal exact = number.stripTrailingZeros();
    return exact.scale() <= 0 ? (Object) exact.intValue() : (Object) exact.doubleValue();
  }

  /// Whether the message answers what the flow waits for although it was taken for another wish: it
  /// names what is waited for, and asks nothing.
  static boolean answers(Playbook playbook, Flow flow, Saying saying) {
    Awaited awaited = flow.awaited();
    if (awaited == null || awaited.what() == What.INVITATION) {
      return false;
    }
    if (picked(playbook, awaited, saying).isPresent()) {
      return true;
    }
    if (saying.asks()) {
      return false;
    }
    if (awaited.what() == What.CHOICE) {
      return new Hearing(playbook, saying).chosen(awaited) >= 0;
    }
    Map<String, Slot> slots = playbook.slots();
    Slot slot = slots.get(awaited.name());
    return slot == null
        ? slots.values().stream().anyMatch(s -> saying.entities().containsKey(kind(s)))
        : saying.entities().containsKey(kind(slot));
  }

  /// Whether any words may be the answer.
  static boolean waitsForWords(Playbook playbook, Flow flow) {
    Awaited awaited = flow.awaited();
    Slot slot = awaited == null ? null : playbook.slots().get(awaited.name());
    return slot != null && (slot.kind() == Kind.TEXT || slot.kind() == Kind.PRODUCT);
  }

  /// Whether the message names something that the playbook is about.
  static boolean isNamed(Playbook playbook, Saying saying) {
    return playbook.slots().values().stream()
        .filter(slot -> slot.kind() == Kind.ORDER || slot.kind() == Kind.PRODUCT)
        .anyMatch(slot -> saying.entities().containsKey(kind(slot)));
  }

  /// Whether it tells a day or an hour that the playbook would ask for, and does not say no.
  static boolean tellsWhen(Playbook playbook, Saying saying) {
    var hearing = new Hearing(playbook, saying);
    return !WORDS.denies(saying.folded())
        && playbook.slots().values().stream()
            .filter(slot -> slot.kind() == Kind.DATE || slot.kind() == Kind.TIME)
            .anyMatch(slot -> hearing.entity(slot) != null);
  }

  static boolean waitsForStory(Playbook playbook, Flow flow) {
    Awaited awaited = flow.awaited();
    Slot slot = awaited == null ? null : playbook.slots().get(awaited.name());
    return slot != null && slot.kind() == Kind.TEXT;
  }

  private static String kind(Slot slot) {
    return slot.kind().name().toLowerCase(Locale.ROOT);
  }
}
