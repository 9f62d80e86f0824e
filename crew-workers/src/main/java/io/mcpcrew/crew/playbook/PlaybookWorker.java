package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import java.util.function.Supplier;

/// Works what a playbook is there for; the rest is for the next worker.
public final class PlaybookWorker implements Worker {
  private final Supplier<Playbooks> playbooks;

  public PlaybookWorker(Supplier<Playbooks> playbooks) {
    this.playbooks = playbooks;
  }

  @Override
  public Worked work(Errand errand) {
    Playbook playbook = playbooks.get().of(errand.task().intent().name());
    var run = new PlaybookRun(errand.turn(), errand.tenant(), errand.tools()::call);
    return switch (run.run(playbook, errand.task())) {
      case PlaybookRun.Result.Say say -> new Worked.Say(say.text(), say.used(), errand.memory());
      case PlaybookRun.Result.Person(String reason) -> new Worked.Pass(reason);
      case PlaybookRun.Result.Silence(String reason) -> new Worked.Silence(reason, errand.memory());
    };
  }
}
