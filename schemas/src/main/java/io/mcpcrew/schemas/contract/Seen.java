package io.mcpcrew.schemas.contract;

import java.util.List;

/// Which of the channel's message numbers were seen: the highest, the last 64, and below which all
/// count as seen.
public record Seen(long highest, List<Long> recent, long floor) {
  public Seen {
    recent = List.copyOf(recent);
  }
}
