package io.mcpcrew.crew.model;

/// What is known about the spending of a day or a conversation by one worker, in millionths.
///
/// @param id of what this purse has paid among all that was, where workers count together
/// @param known by all workers, when it was last heard
/// @param unseen spent by this worker since, which the others have not been told
/// @param paid from this purse in all, told or not
record Purse(String id, long known, long unseen, long paid) {
  static final Purse EMPTY = begun("");

  static Purse begun(String id) {
    return new Purse(id, 0, 0, 0);
  }

  /// All that was spent, as the place where workers count together says.
  Purse heard(long total) {
    return heard(total, unseen);
  }

  /// @param told of what was unseen; what was spent meanwhile still is
  Purse heard(long total, long told) {
    return new Purse(id, total, Math.max(0, unseen - told), paid);
  }

  Purse spent(long micros) {
    return new Purse(id, known, Math.addExact(unseen, micros), Math.addExact(paid, micros));
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
