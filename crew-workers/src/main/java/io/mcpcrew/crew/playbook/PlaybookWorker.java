package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.schemas.contract.Slot;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Works what a playbook is there for; the rest is for the next worker.
public final class PlaybookWorker implements Worker {
  private final Supplier<Playbooks> playbooks;

  public PlaybookWorker(Supplier<Playbooks> playbooks) {
    this.playbooks = playbooks;
  }

  @Override
  public Worked work(Errand errand) {
    return new Talk(
            playbooks.get(),
            errand.turn(),
            errand.tenant(),
            errand.task(),
            errand.number(),
            errand.memory(),
            errand.tools())
        .worked();
  }

  /// What a customer reads before a person goes on.
  public static String forPerson(String language) {
    return Words.builtIn().say("person", language, Map.of());
  }

  /// A conversation's memory without what its playbooks were at.
  public static List<Slot> withoutPlaybooks(List<Slot> memory) {
    return Flows.NONE.in(memory);
  }
}
