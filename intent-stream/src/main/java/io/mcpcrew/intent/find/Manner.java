package io.mcpcrew.intent.find;

/// How an intent is meant, which is how its words are read.
public enum Manner {
  /// Asks about a thing: what is left without the words of asking is the product.
  THING,
  /// Asks for what needs no thing, like opening hours.
  PLAIN,
  /// Greets or thanks, and is not answered where something is asked too.
  COURTESY,
  /// Wants a person, and nothing else counts.
  PERSON,
  /// Looks like a wish and is none: "não quero falar com ninguém".
  NOTHING
}
