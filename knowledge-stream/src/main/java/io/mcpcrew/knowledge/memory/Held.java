package io.mcpcrew.knowledge.memory;

import io.mcpcrew.schemas.contract.KnowledgeItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is remembered about one thing: the newest version of it, closed or not, and as much of its
/// history as keeps an observation from counting twice.
///
/// @param observedAt of the newest observation that this version rests on
/// @param announcedAt when the log last heard of this version
/// @param seen the ids of the last observations that changed anything here
/// @param disputed marks of the claims that lie with a person already
public record Held(
    KnowledgeItem item,
    Instant observedAt,
    Instant announcedAt,
    List<String> seen,
    List<String> disputed) {
  /// An observation that comes again after so many others is recognised by its age.
  static final int MOST_SEEN = 64;

  static final int MOST_DISPUTED = 16;

  public Held {
    seen = List.copyOf(seen);
    disputed = List.copyOf(disputed);
  }

  public boolean isOpen() {
    return item.recordedTo() == null;
  }

  Held with(KnowledgeItem changed) {
    return new Held(changed, observedAt, announcedAt, seen, disputed);
  }

  Held observed(Instant at) {
    return new Held(item, at, announcedAt, seen, disputed);
  }

  Held announced(Instant at) {
    return new Held(item, observedAt, at, seen, disputed);
  }

  Held sawObservation(String id) {
    return new Held(item, observedAt, announcedAt, lastOf(seen, id, MOST_SEEN), disputed);
  }

  Held handedToAPerson(String claim) {
    return new Held(item, observedAt, announcedAt, seen, lastOf(disputed, claim, MOST_DISPUTED));
  }

  private static List<String> lastOf(List<String> known, String added, int most) {
    List<String> all = new ArrayList<>(known);
    all.add(added);
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
