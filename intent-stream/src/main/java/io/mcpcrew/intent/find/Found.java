package io.mcpcrew.intent.find;

import io.mcpcrew.schemas.contract.Task;
import java.util.List;

/// What was found in a customer's messages: one wish at least, in the order in which they were
/// asked. Who wants a person has that one wish.
public record Found(List<Task> wishes) {
  /// The intent that skips every crew.
  public static final String PERSON = "person.wanted";

  public static final String UNKNOWN = "unknown";

  public Found {
    wishes = List.copyOf(wishes);
    if (wishes.isEmpty()) {
      throw new IllegalArgumentException("what is not understood is a wish too: " + UNKNOWN);
    }
  }

  public boolean wantsPerson() {
    return wishes.stream().anyMatch(wish -> wish.intent().name().equals(PERSON));
  }

  public String language() {
    return wishes.getFirst().intent().language();
  }
}
