package io.mcpcrew.crew.agent;

import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;

/// What becomes of a write that an agent wants to make.
public enum WriteGate {
  /// It is made.
  GO,
  /// It is asked for where it is called: the turn waits until a person has approved it.
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
