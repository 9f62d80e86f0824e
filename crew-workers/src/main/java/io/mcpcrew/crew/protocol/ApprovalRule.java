package io.mcpcrew.crew.protocol;

import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Turn;

/// Which writes of a turn a person has to approve before they are announced. Pure.
public final class ApprovalRule {
  private ApprovalRule() {}

  /// Under `CONFIRM` every write, whoever wants it, but the one with exactly these arguments at
  /// this place that a person has approved.
  public static boolean isNeeded(Turn turn, String path, String argumentsHash) {
    return turn.autonomy() == Autonomy.CONFIRM && !turn.isApproved(path, argumentsHash);
  }
}
