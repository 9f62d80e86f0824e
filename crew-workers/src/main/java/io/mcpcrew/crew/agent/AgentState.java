package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.model.ModelRequest.Said;
import java.util.ArrayList;
import java.util.List;

/// How far an agent has come. Immutable.
///
/// @param said all that the model has been told and has said
/// @param round questions to the model, the next one included
/// @param mistakes calls that could not be made, so far
/// @param added places of the steps whose results are new since the question before
record AgentState(List<Said> said, int round, int mistakes, List<String> added) {
  AgentState {
    said = List.copyOf(said);
    added = List.copyOf(added);
  }

  static AgentState beginning(List<Said> said) {
    return new AgentState(said, 1, 0, List.of());
  }

  /// With what the model asked for and what it is answered.
  AgentState after(
      Said.Assistant asked, List<Said.Result> results, List<String> places, int wrong) {
    List<Said> all = new ArrayList<>(said);
    all.add(asked);
    all.addAll(results);
    return new AgentState(all, round + 1, mistakes + wrong, places);
  }
}
