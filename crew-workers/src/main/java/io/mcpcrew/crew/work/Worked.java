package io.mcpcrew.crew.work;

import io.mcpcrew.schemas.contract.Slot;
import java.util.List;
import java.util.Map;

/// What came of a task. What the conversation is to remember from now on comes with it.
public sealed interface Worked {

  /// What was said of what, for the knowledge of others.
  default List<Map<String, Object>> used() {
    return List.of();
  }

  /// The task is answered.
  ///
  /// @param used what was said of what
  record Say(String text, List<Map<String, Object>> used, List<Slot> memory) implements Worked {}

  /// Something is missing, and the customer is asked for it; or the task is answered, and the
  /// customer is asked what next.
  ///
  /// @param choices that answer it, in the order shown; empty where any words will do
  /// @param used what was said of what
  record Ask(String text, List<String> choices, List<Map<String, Object>> used, List<Slot> memory)
      implements Worked {
    public Ask {
      choices = List.copyOf(choices);
    }

    public Ask(String text, List<String> choices, List<Slot> memory) {
      this(text, choices, List.of(), memory);
    }

    public Ask(String text, List<Slot> memory) {
      this(text, List.of(), memory);
    }
  }

  /// A person must take over; the reason is for that person.
  ///
  /// @param text what the customer is told before that; may be empty
  record Person(String reason, String text, List<Slot> memory) implements Worked {
    public Person(String reason, List<Slot> memory) {
      this(reason, "", memory);
    }
  }

  /// Nothing is said.
  record Silence(String reason, List<Slot> memory) implements Worked {}

  /// It is not for this worker; the next one is asked. Behind the last one stands a person, who
  /// reads the reason.
  record Pass(String reason) implements Worked {}
}
