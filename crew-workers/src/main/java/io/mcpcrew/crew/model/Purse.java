package io.mcpcrew.crew.model;

/// What is known about the spending of a day or a conversation by one worker, in millionths.
///
/// @param known by all workers, when it was last heard
/// @param unseen spent by this worker since, which the others have not been told
record Purse(long known, long unseen) {
  static final Purse EMPTY = new Purse(0, 0);

  /// All that was spent, as the place where workers count together says.
  Purse heard(long total) {
    return new Purse(total, 0);
  }

  Purse spent(long micros) {
    return new Purse(known, Math.addExact(unseen, micros));
  }

  /// A worker that does not see what others spend may go on, but only for a part of the whole: a
  /// lost counter neither stops answers nor lets each worker spend everything.
  ///
  /// @param together what others spend is seen
  boolean allows(long limit, boolean together, double alone) {
    boolean within = known + unseen < limit;
    return within && (together || unseen < limit * alone);
  }
}
