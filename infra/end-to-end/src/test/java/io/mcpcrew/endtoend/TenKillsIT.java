package io.mcpcrew.endtoend;

import io.mcpcrew.parts.Sizing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What [IntentKillsIT] does at length, in a minute.
class TenKillsIT extends IntentStreamsKilled {
  /// One of two, the other, and both at once, when nobody is left to take over.
  private static final List<Set<Integer>> TEN =
      List.of(Set.of(0), Set.of(1), Set.of(0, 1), Set.of(1), Set.of(0), Set.of(0, 1), Set.of(0, 1));

  TenKillsIT() {
    super(Sizing.TEST);
  }

  @Test
  @Timeout(600)
  void tenKillsOverTenThousandConversationsBreakNothing() throws Exception {
    killedWhileCustomersWrite(TEN);
  }
}
