package io.mcpcrew.runtime.host;

import java.util.List;

/// The shortcuts of one service.
public record Shortcuts(List<Shortcut> all) {
  public Shortcuts {
    all = List.copyOf(all);
  }
}
