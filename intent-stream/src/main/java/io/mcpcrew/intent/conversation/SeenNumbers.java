package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Seen;
import java.util.ArrayList;
import java.util.List;

/// Which message numbers were seen, in bounded room: the last 64 exactly; what is below the oldest
/// of them counts as seen, because a number that old which was never seen is history and would not
/// be answered either.
final class SeenNumbers {
  private static final int KEPT = 64;

  private SeenNumbers() {}

  static boolean contains(Seen seen, long number) {
    return number <= seen.floor() || seen.recent().contains(number);
  }

  static Seen with(Seen seen, long number) {
    if (contains(seen, number)) {
      return seen;
    }
    List<Long> recent = new ArrayList<>(seen.recent());
    recent.add(number);
    recent.sort(null);
    long floor = seen.floor();
    while (recent.size() > KEPT) {
      floor = recent.removeFirst();
    }
    return new Seen(Math.max(seen.highest(), number), recent, floor);
  }
}
