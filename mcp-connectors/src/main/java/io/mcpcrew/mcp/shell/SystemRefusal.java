package io.mcpcrew.mcp.shell;

import org.jspecify.annotations.Nullable;

/// The system behind has understood a call and does not do it: it works, and the same call cannot
/// succeed. The sentence may be shown to a model.
public class SystemRefusal extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public SystemRefusal(@Nullable String reason) {
    super(reason);
  }
}
