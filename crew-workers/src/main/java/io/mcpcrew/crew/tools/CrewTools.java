package io.mcpcrew.crew.tools;

import java.util.List;
import java.util.Map;

/// What a worker calls, by capability, at a place of the turn that is the same in every attempt.
public interface CrewTools {
  /// Only a tool that reads is called; another one is not, whatever a playbook says.
  Answered read(String path, String capability, Map<String, Object> arguments);

  /// A tool of any kind; one that writes does so once for its place.
  Answered call(String path, String capability, Map<String, Object> arguments);

  /// What was asked so far and what came of it, for the person who goes on.
  default List<String> tried() {
    return List.of();
  }

  /// Whether what was read is not read again at the same place with the same arguments.
  default boolean remembers() {
    return false;
  }
}
