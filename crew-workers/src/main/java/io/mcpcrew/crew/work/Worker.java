package io.mcpcrew.crew.work;

/// Works a task, or passes it on. Workers are asked in their order: playbooks, agents, a person.
@FunctionalInterface
public interface Worker {
  Worked work(Errand errand);

  /// Reads what the task will probably need, beside the turn's other tasks and before any of them
  /// is worked. Writes nothing, and nothing that it finds is said: what was read is not read again
  /// when the task is worked.
  default void readAhead(Errand errand) {}

  /// Whether the task may be worked beside the turn's others: it wants nothing of what they leave
  /// in the conversation's memory, and leaves nothing there.
  default boolean isIndependent() {
    return false;
  }
}
