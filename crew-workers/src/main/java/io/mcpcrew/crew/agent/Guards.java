package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.guard.Guard;
import java.util.EnumMap;
import java.util.Map;

/// What a crew says of the guards.
final class Guards {
  private Guards() {}

  static Guard.Mode mode(Crew crew, Guard guard) {
    Crew.Guard own = crew.guardrails().get(guard.label());
    return own == null
        ? guard.usual()
        : switch (own) {
          case ENFORCE -> Guard.Mode.ENFORCE;
          case REPORT -> Guard.Mode.REPORT;
          case OFF -> Guard.Mode.OFF;
        };
  }

  /// @param enforcedOnly what the crew does not name is reported only
  static Map<Guard, Guard.Mode> modes(Crew crew, boolean enforcedOnly) {
    Map<Guard, Guard.Mode> modes = new EnumMap<>(Guard.class);
    for (Guard guard : Guard.values()) {
      boolean named = crew.guardrails().containsKey(guard.label());
      modes.put(guard, named || !enforcedOnly ? mode(crew, guard) : Guard.Mode.REPORT);
    }
    return modes;
  }
}
