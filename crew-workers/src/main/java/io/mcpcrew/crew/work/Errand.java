package io.mcpcrew.crew.work;

import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.util.List;

/// One task of a turn, with the crew that is to work it and all that may be used for it.
///
/// @param number which of the turn's tasks it is, from 1; leads the paths of calls of those who
///   have no better name for them
/// @param memory what the conversation remembers, also of the turn's tasks before this one
public record Errand(
    Turn turn,
    Task task,
    int number,
    Crew crew,
    Tenant tenant,
    List<Slot> memory,
    CrewTools tools) {

  /// The same, when more is remembered.
  public Errand knowing(List<Slot> more) {
    return new Errand(turn, task, number, crew, tenant, more, tools);
  }
}
