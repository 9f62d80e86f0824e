package io.mcpcrew.intent.find;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes wishes of guesses: cuts the message where another wish begins, gives each piece what is
/// named in it, and joins what is asked twice.
final class Wishes {
  /// Of one turn; who asks for more gets these first.
  private static final int MOST = 5;

  /// A greeting with more words than these beside it is no greeting: somebody tells something.
  private static final int BESIDE_A_COURTESY = 2;

  private static final int LEAST_OF_A_QUESTION = 2;

  /// Who uses more words tells more.
  private static final int MOST_OF_A_THING = 3;

  private static final double COURTESY_WITH_MORE = 0.7;

  private final Lexicon lexicon;
  private final Reading reading;
  private final List<Word> words;

  Wishes(Lexicon lexicon, Reading reading) {
    this.lexicon = lexicon;
    this.reading = reading;
    this.words = reading.words();
  }

  /// What no tier made out: each thing that is named a wish of its own, else all of it one.
  List<Task> unknown(List<Guess> guesses) {
    List<Guess> courtesies = only(guesses, Manner.COURTESY);
    var intent = new Intent(Found.UNKNOWN, 0.0, "none", "no rule that fits", reading.language());
    List<Entity> things = things(courtesies);
    Stream<List<Entity>> wishes =
        things.isEmpty() ? Stream.of(List.of()) : things.stream().map(List::of);
    return wishes
        .map(thing -> new Task(intent, with(thing, courtesies), lexicon.concierge()))
        .distinct()
        .limit(MOST)
        .toList();
  }

  private List<Entity> with(List<Entity> things, List<Guess> guesses) {
    return Stream.concat(things.stream(), all(guesses).stream()).toList();
  }

  /// "furadeira", "quero uma furadeira e uma trena": perhaps things, of which nothing is said. Who
  /// knows what there is can tell. None, if more is said than that. "Obrigado pela ajuda e a
  /// atenção" names no two things that anybody wants.
  private List<Entity> things(List<Guess> guesses) {
    BitSet used = used(guesses);
    boolean wanted = guesses.isEmpty() || words.stream().anyMatch(Counts::isWish);
    List<List<Integer>> things = new ArrayList<>();
    for (Piece piece : Piece.cut(words, List.of(), lexicon.joiners())) {
      List<Integer> left = left(piece, used);
      if (left.isEmpty()) {
        continue;
      }
      if (things.isEmpty() || (wanted && isJoined(piece))) {
        things.add(new ArrayList<>());
      }
      things.getLast().addAll(left);
    }
    boolean more =
        words.stream().anyMatch(CountedWishes::isNot)
            || things.stream().anyMatch(thing -> thing.size() > MOST_OF_A_THING);
    return more
        ? List.of()
        : things.stream().map(thing -> new Entity("thing", Content.of(written(thing)))).toList();
  }

  /// "É o nível" says what it is: no other thing.
  private boolean isJoined(Piece piece) {
    char first = reading.text().charAt(words.get(piece.first()).start());
    return piece.another() && Character.toLowerCase(first) != 'é';
  }

  /// Nothing, if the guesses do not make out what is wanted.
  List<Task> of(String tier, List<Guess> guesses) {
    List<Guess> person = only(guesses, Manner.PERSON);
    if (!person.isEmpty()) {
      return List.of(task(tier, best(person), all(guesses)));
    }
    List<Guess> asked = guesses.stream().filter(g -> isAsked(g.manner())).toList();
    return asked.isEmpty() ? courtesy(tier, guesses) : asked(tier, guesses, asked);
  }

  private static boolean isAsked(Manner manner) {
    return switch (manner) {
      case THING, PLAIN -> true;
      case COURTESY, PERSON, NOTHING -> false;
    };
  }

  private static List<Guess> only(List<Guess> guesses, Manner manner) {
    return guesses.stream().filter(g -> g.manner() == manner).toList();
  }

  private static Guess best(List<Guess> guesses) {
    return guesses.stream()
        .max(Comparator.comparingDouble(Guess::confidence).thenComparingInt(g -> -g.first()))
        .orElseThrow();
  }

  // What is asked

  private List<Task> asked(String tier, List<Guess> guesses, List<Guess> asked) {
    BitSet used = used(guesses);
    List<Draft> drafts = new ArrayList<>();
    @Nullable Draft opening = null;
    for (Piece piece : Piece.cut(words, asked, lexicon.joiners())) {
      List<Integer> left = left(piece, used);
      if (piece.guess() != null) {
        drafts.add(new Draft(piece.guess()));
      } else if (drafts.isEmpty() && opening == null) {
        opening = new Draft(asked.getFirst());
      } else if (!drafts.isEmpty() && isAnotherQuestion(piece, left, drafts.getLast())) {
        drafts.add(new Draft(notUnderstood(piece)));
      }
      Draft into = drafts.isEmpty() ? Objects.requireNonNull(opening) : drafts.getLast();
      into.add(piece, left, mentions(piece, guesses));
    }
    return Draft.joined(Optional.ofNullable(opening), drafts).stream()
        .flatMap(draft -> tasks(tier, draft))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /// A question of its own that no rule knows is not passed over because another is understood.
  private boolean isAnotherQuestion(Piece piece, List<Integer> left, Draft before) {
    boolean itsOwn = piece.before() == Word.Gap.STOP && !piece.another() && !before.needsThing();
    int after = words.get(piece.last()).end();
    int next =
        piece.last() + 1 < words.size()
            ? words.get(piece.last() + 1).start()
            : reading.text().length();
    boolean asks = reading.text().substring(after, next).indexOf('?') >= 0;
    return itsOwn && asks && left.size() >= LEAST_OF_A_QUESTION;
  }

  private Guess notUnderstood(Piece piece) {
    return new Guess(
        Found.UNKNOWN,
        lexicon.concierge(),
        Manner.PLAIN,
        0.0,
        "no rule that fits",
        piece.first(),
        piece.last(),
        true,
        List.of());
  }

  private Stream<Task> tasks(String tier, Draft draft) {
    Guess guess = draft.guess();
    if (guess.manner() != Manner.THING) {
      return perOrder(draft.mentions()).map(named -> task(tier, guess, entities(named)));
    }
    return draft.things().isEmpty()
        ? Stream.of(task(tier, guess, entities(draft.mentions())))
        : draft.things().stream()
            .map(thing ->
                task(tier, guess, entities(written(thing.words()), draft.mentionsOf(thing))));
  }

  /// Who asks about two orders has two wishes.
  private static Stream<List<Mention>> perOrder(List<Mention> named) {
    List<Mention> orders = named.stream().filter(m -> m.kind().equals("order")).toList();
    return orders.size() < 2
        ? Stream.of(named)
        : orders.stream()
            .map(order ->
                named.stream().filter(m -> m.equals(order) || !orders.contains(m)).toList());
  }

  /// The words that are part of no question.
  private BitSet used(List<Guess> guesses) {
    var used = new BitSet(words.size());
    for (Guess guess : guesses) {
      if (guess.asksOnly()) {
        used.set(guess.first(), guess.last() + 1);
      }
    }
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean named = reading.mentions().stream().anyMatch(m -> m.covers(word));
      if (named || lexicon.isFiller(word)) {
        used.set(i);
      }
    }
    return used;
  }

  private List<Integer> left(Piece piece, BitSet used) {
    List<Integer> left = new ArrayList<>();
    for (int i = piece.first(); i <= piece.last(); i++) {
      if (!used.get(i)) {
        left.add(i);
      }
    }
    return left;
  }

  private List<Mention> mentions(Piece piece, List<Guess> guesses) {
    int start = words.get(piece.first()).start();
    int end = words.get(piece.last()).end();
    return Stream.concat(
            guesses.stream().flatMap(g -> g.mentions().stream()), reading.mentions().stream())
        .filter(m -> start < m.end() && m.start() < end) // "#1001" begins before its word
        .toList();
  }

  /// As it was written, so that a catalogue finds it.
  private String written(List<Integer> which) {
    var written = new StringBuilder();
    int end = -1;
    for (int i : which) {
      Word word = words.get(i);
      if (word.start() >= end) { // several words of one abbreviation stand once
        written
            .append(written.isEmpty() ? "" : " ")
            .append(reading.text(), word.start(), word.end());
        end = word.end();
      }
    }
    return written.toString();
  }

  // Greetings and thanks

  private List<Task> courtesy(String tier, List<Guess> guesses) {
    List<Guess> courtesies = only(guesses, Manner.COURTESY);
    int beside = beside(guesses);
    boolean asks = reading.text().indexOf('?') >= 0 && beside >= BESIDE_A_COURTESY;
    List<Entity> things = things(guesses);
    if (courtesies.isEmpty() || beside > BESIDE_A_COURTESY || asks || things.size() > 1) {
      return List.of();
    }
    Guess guess =
        courtesies.stream().min(Comparator.comparingInt(g -> rank(g.intent()))).orElseThrow();
    double confidence = Math.min(guess.confidence(), beside == 0 ? 1 : COURTESY_WITH_MORE);
    var intent = new Intent(guess.intent(), confidence, tier, guess.because(), reading.language());
    return List.of(new Task(intent, with(things, guesses), guess.crew()));
  }

  private int rank(String intent) {
    List<String> names = lexicon.rules().stream().map(Rule::intent).toList();
    int rank = names.indexOf(intent);
    return rank < 0 ? names.size() : rank;
  }

  private int beside(List<Guess> guesses) {
    BitSet used = used(guesses);
    return words.size() - used.cardinality();
  }

  // A wish

  private Task task(String tier, Guess guess, List<Entity> entities) {
    var intent =
        new Intent(guess.intent(), guess.confidence(), tier, guess.because(), reading.language());
    return new Task(intent, entities, guess.crew());
  }

  private List<Entity> all(List<Guess> guesses) {
    return entities(
        Stream.concat(
                guesses.stream().flatMap(g -> g.mentions().stream()), reading.mentions().stream())
            .toList());
  }

  private static List<Entity> entities(List<Mention> mentions) {
    return mentions.stream().map(Mention::entity).distinct().toList();
  }

  /// The product that a tenant's pattern names is surer than what is left of the words.
  private static List<Entity> entities(String product, List<Mention> mentions) {
    Stream<Entity> named = mentions.stream().map(Mention::entity);
    boolean known = mentions.stream().anyMatch(m -> m.kind().equals("product"));
    return known
        ? named.distinct().toList()
        : Stream.concat(Stream.of(new Entity("product", Content.of(product))), named)
            .distinct()
            .toList();
  }
}
