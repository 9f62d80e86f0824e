package io.mcpcrew.simulation;

/// A rule of the protocol, switched off. Each must be missed.
enum Mutation {
  NONE("every rule holds"),
  NO_FENCE("an attempt is given up when time says so, not when its fence is read"),
  TIMERS_BY_WALL_CLOCK("time is taken from the wall clock and not from the log"),
  TOPICS_IN_ANY_ORDER("topics are not merged by time"),
  READS_UNCOMMITTED("what is not committed is read"),
  CLAIM_WITHOUT_TRANSACTION("a claim and its position are committed one after the other"),
  WRITES_WITHOUT_LEASE("a write leaves without a look at the lease"),
  LEASE_FROM_ACKNOWLEDGEMENT("a lease counts from when a sign was acknowledged"),
  LEASE_WITHOUT_MARGIN("the log waits no longer than a worker does"),
  LEASE_BY_MONOTONIC_CLOCK("a suspended machine's clock is believed"),
  LEASE_COMES_BACK("a lease that has run out lives again with the next sign"),
  LEASE_BY_LATE_SIGNS("a sign renews a lease although it is acknowledged after the end"),
  GONE_THOUGH_FROZEN("a worker is told to be gone although it is only frozen"),
  ANNOUNCEMENT_NOT_WAITED_FOR("a call leaves before the log has its announcement"),
  NO_WAIT_FOR_OPEN_WRITES("an attempt begins while a call of the lost one may be under way"),
  KEY_OF_THE_ATTEMPT("each attempt writes under a key of its own"),
  NO_SETTLING("whether it happened is asked at once"),
  BLIND_AGAIN("a blind write that may have happened is done again"),
  JOURNAL_FORGOTTEN("an attempt does not read what those before it left"),
  WRITES_UNAPPROVED("a worker writes what a person should have approved"),
  APPROVALS_NEVER_EXPIRE("nobody looks when an approval is not given"),
  ANY_CONCLUSION("what a given-up attempt concludes is heard"),
  NO_DEDUPLICATION("a message that comes twice is two"),
  PERSON_IGNORED("a person's message does not silence the agent"),
  NUMBERS_BEGIN_ANEW("who comes back after being forgotten begins with turn 1 again"),
  OLD_NEWS_IS_HEARD("what comes again after a conversation was forgotten is news"),
  PLACE_FORGOTTEN("a place is not given back"),
  POST_WITHOUT_LOOK("a reply is posted without a look at the channel"),
  LOOK_HOLDS_FOR_EVER("a look counts however long ago it was"),
  STALE_PARTITIONS("who was held up for longer than its session posts as if nothing had been"),
  REVOKED_AT_ONCE("a partition is given away with a post under way"),
  NO_SETTLING_AFTER_A_TAKEOVER("who takes over posts at once what another may be posting"),
  NO_SETTLING_OF_POSTS("after a post that got no answer the channel is looked at at once");

  final String sentence;

  Mutation(String sentence) {
    this.sentence = sentence;
  }
}
