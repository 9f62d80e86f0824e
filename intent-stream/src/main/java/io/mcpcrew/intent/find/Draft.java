package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A wish while a message is read: the things that it asks about, and what is named beside them.
final class Draft {
  private static final String QUANTITY = "quantity";

  private final Guess guess;
  private final List<Thing> things = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();

  Draft(Guess guess) {
    this.guess = guess;
  }

  /// Something that is asked about.
  record Thing(List<Integer> words, List<Mention> quantities) {}

  Guess guess() {
    return guess;
  }

  List<Thing> things() {
    return things;
  }

  List<Mention> mentions() {
    return mentions;
  }

  List<Mention> mentionsOf(Thing thing) {
    return Stream.concat(thing.quantities().stream(), mentions.stream()).toList();
  }

  /// @param left the piece's words that only name
  void add(Piece piece, List<Integer> left, List<Mention> named) {
    boolean aside = piece.guess() == null && piece.before() == Word.Gap.STOP && !piece.another();
    if (left.isEmpty() || (aside && !things.isEmpty())) {
      mentions.addAll(named); // another sentence tells something: no part of the thing
      return;
    }
    if (things.isEmpty() || piece.another()) {
      things.add(new Thing(new ArrayList<>(), new ArrayList<>()));
    }
    Thing thing = things.getLast();
    thing.words().addAll(left);
    for (Mention mention : named) {
      (mention.kind().equals(QUANTITY) ? thing.quantities() : mentions).add(mention);
    }
  }

  /// What was said before the question counts as its thing only if the question names none.
  private void follow(Draft before) {
    if (things.isEmpty()) {
      things.addAll(before.things);
    } else {
      before.things.forEach(thing -> mentions.addAll(thing.quantities()));
    }
    mentions.addAll(0, before.mentions);
  }

  /// The message's wishes, each once: a question that is put twice about one thing is one.
  static List<Draft> joined(Optional<Draft> opening, List<Draft> drafts) {
    opening.ifPresent(drafts.getFirst()::follow);
    List<Draft> joined = new ArrayList<>();
    for (Draft draft : drafts) {
      joined.stream()
          .filter(earlier -> earlier.guess.intent().equals(draft.guess.intent()))
          .findFirst()
          .ifPresentOrElse(earlier -> earlier.take(draft), () -> joined.add(draft));
    }
    if (joined.stream().anyMatch(draft -> !draft.asksNothing())) {
      joined.removeIf(Draft::asksNothing);
    }
    return joined;
  }

  private void take(Draft same) {
    things.addAll(same.things);
    mentions.addAll(same.mentions);
  }

  boolean needsThing() {
    return guess.manner() == Manner.THING && things.isEmpty();
  }

  /// "Vocês têm" and no thing, beside a wish that is clear, is a way of speaking.
  private boolean asksNothing() {
    return needsThing() && guess.length() == 1;
  }
}
