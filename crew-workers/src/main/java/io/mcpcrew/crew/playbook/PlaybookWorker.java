package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.tools.CrewTools;
import io.mcpcrew.crew.tools.ReadsOnly;
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
    return talk(errand, errand.tools()).worked();
  }

  @Override
  public void readAhead(Errand errand) {
    try {
      var _ = talk(errand, new ReadsOnly(errand.tools())).worked();
    } catch (ReadsOnly.WouldWrite enough) {
      // What comes after a write is read when it is done.
    }
  }

  private Talk talk(Errand errand, CrewTools tools) {
    return new Talk(
        playbooks.get(),
        errand.turn(),
        errand.tenant(),
        errand.task(),
        errand.number(),
        errand.memory(),
        tools);
  }

  /// What a customer reads before a person goes on.
  public static String forPerson(String language) {
    return Words.builtIn().say("person", language, Map.of());
  }

  /// What a customer reads at the place of a wish that a person sees to, beside others that are
  /// answered.
  ///
  /// @param name what the wish is about, in the customer's words; may be empty
  public static String cannot(String language, String name) {
    return Words.builtIn().say("cannot", language, Map.of("name", name));
  }

  /// A conversation's memory without what its playbooks were at.
  public static List<Slot> withoutPlaybooks(List<Slot> memory) {
    return Flows.NONE.in(memory);
  }
}
