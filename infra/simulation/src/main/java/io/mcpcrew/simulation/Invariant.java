package io.mcpcrew.simulation;

/// What must hold in every history, of what is read committed. In the words of
/// `docs/turn-protocol.md`.
enum Invariant {
  ONE_WRITER("at most one attempt of a turn may write at a time"),
  KEYED_ONCE("a keyed effect happens at most once, and once if the turn ends with a reply"),
  CHECKABLE_ONCE("a checkable effect happens at most once outside the window"),
  BLIND_REACHES_A_PERSON("of a blind effect that may have happened a person is told"),
  APPROVED_FIRST("where persons are asked first nothing is written that none has approved"),
  EVERY_MESSAGE_ONCE("every accepted message is in exactly one turn or history"),
  EVERY_TURN_ENDS("every turn ends once, in its time, in a reply, silence by rule, or a handover"),
  NO_REPLY_TWICE("no reply is posted twice outside the window"),
  SILENT_AFTER_A_PERSON("no reply is released or posted over a person's message that is seen"),
  NO_TIMER_ON_THE_UNREAD("nothing is given up while what would keep it lies unread"),
  STATE_IS_BOUNDED("the state of an idle conversation is bounded"),
  FORGOTTEN_WHEN_IDLE("only idle conversations are forgotten, and all of them in the end"),
  NO_NUMBER_TWICE("no number of a turn or a transition is used twice"),
  PLACES_ARE_KEPT("an account's places are exactly those that its turns hold"),
  TIME_GOES_ON("a conversation's time never goes back"),
  REPLAYS_THE_SAME("the recorded inputs give states of the same hashes again"),
  NOTHING_FOR_NOTHING("where nothing goes wrong every turn ends as its crew said"),
  COMES_TO_AN_END("a history comes to an end");

  final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }
}
