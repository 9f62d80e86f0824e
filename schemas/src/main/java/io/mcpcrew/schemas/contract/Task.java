package io.mcpcrew.schemas.contract;

import java.util.List;

/// One wish of a turn.
public record Task(Intent intent, List<Entity> entities, String crew) {

  public Task {
    entities = List.copyOf(entities);
  }
}
