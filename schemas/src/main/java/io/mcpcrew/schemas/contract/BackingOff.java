package io.mcpcrew.schemas.contract;

import java.time.Instant;
import java.util.List;

/// An attempt failed; the next one waits.
///
/// @param open writes of the attempts so far
public record BackingOff(Turn turn, Instant until, String because, List<OpenWrite> open)
    implements Phase {
  public BackingOff {
    open = List.copyOf(open);
  }
}
