package io.mcpcrew.intent.find;

import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Intent;
import java.util.List;

/// What was found in a customer's messages.
///
/// @param crew who works it
public record Found(Intent intent, List<Entity> entities, String crew) {
  /// The intent that skips every crew.
  public static final String PERSON = "person.wanted";

  public static final String UNKNOWN = "unknown";

  public Found {
    entities = List.copyOf(entities);
  }

  public boolean wantsPerson() {
    return intent.name().equals(PERSON);
  }
}
