package io.mcpcrew.crew.work;

/// Works a task, or passes it on. Workers are asked in their order: playbooks, agents, a person.
@FunctionalInterface
public interface Worker {
  Worked work(Errand errand);
}
