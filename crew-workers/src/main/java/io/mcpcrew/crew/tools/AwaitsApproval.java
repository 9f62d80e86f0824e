package io.mcpcrew.crew.tools;

import io.mcpcrew.schemas.contract.WantedWrite;

/// A write was met that a person has to approve first. Nothing of it has left; the attempt ends
/// here, and one that is approved comes to the same place again.
public final class AwaitsApproval extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient WantedWrite wanted;

  AwaitsApproval(WantedWrite wanted) {
    super("%s at %s awaits approval".formatted(wanted.tool(), wanted.path()), null, false, false);
    this.wanted = wanted;
  }

  public WantedWrite wanted() {
    return wanted;
  }
}
