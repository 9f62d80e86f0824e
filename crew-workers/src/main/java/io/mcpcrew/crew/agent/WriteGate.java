package io.mcpcrew.crew.agent;

import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;

/// What becomes of a write that an agent wants to make.
///
/// The one place to change when approvals are persisted: then `ASK` waits for one instead of ending
/// the turn with a person.
public enum WriteGate {
  /// It is made.
  GO,
  /// A person decides; the turn ends with the write's name.
  ASK,
  /// The tool is not even offered.
  NEVER;

  public static WriteGate of(Autonomy autonomy) {
    return switch (autonomy) {
      case ANSWER -> GO;
      case CONFIRM -> ASK;
      case SUGGEST, WATCH, OFF, UNKNOWN -> NEVER;
    };
  }

  static boolean isWrite(Tool tool) {
    return tool.effect() != EffectClass.READ;
  }
}
