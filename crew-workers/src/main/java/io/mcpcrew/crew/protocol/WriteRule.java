package io.mcpcrew.crew.protocol;

import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Step;

/// What may be done about a write, by what the log says of it. Pure: the promise that a write
/// happens once is kept here and by the lease.
public final class WriteRule {

  /// What to do.
  public sealed interface Next {
    /// It happened, or was declined, before; its result is used.
    record Known(Step step) implements Next {}

    /// Announce it, and call when the log has the announcement.
    record Call() implements Next {}

    /// It may have happened: ask whether it did, when the call is certainly over and has settled.
    record Ask() implements Next {}

    /// Nothing more may be done here.
    record Person(String reason) implements Next {}
  }

  private WriteRule() {}

  /// @param path the place of the write in the turn, the same in every attempt
  /// @param checkable whether a read of the tool's server tells if the write happened
  public static Next next(
      EarlierAttempts earlier,
      String path,
      String argumentsHash,
      EffectClass effect,
      boolean checkable) {
    Step known = earlier.known(path);
    if (known != null) {
      return known.argumentsHash().equals(argumentsHash)
          ? new Next.Known(known)
          : otherArguments(known.name());
    }
    return earlier
        .open(path)
        .map(announced -> mayHaveHappened(announced, argumentsHash, effect, checkable))
        .orElseGet(Next.Call::new);
  }

  private static Next mayHaveHappened(
      Announced announced, String argumentsHash, EffectClass effect, boolean checkable) {
    if (!announced.argumentsHash().equals(argumentsHash)) {
      return otherArguments(announced.tool());
    }
    return switch (effect) {
      case KEYED -> new Next.Call();
      case CHECKABLE -> checkable ? new Next.Ask() : unknown(announced.tool());
      case BLIND, UNKNOWN, READ -> unknown(announced.tool());
    };
  }

  private static Next unknown(String tool) {
    return new Next.Person("%s may have happened, and nobody can say".formatted(tool));
  }

  private static Next otherArguments(String tool) {
    return new Next.Person("%s was begun with other arguments".formatted(tool));
  }
}
