package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.guard.Evidence;
import io.mcpcrew.crew.guard.Finding;
import io.mcpcrew.crew.guard.GuardedReply;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.StepKind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A worker whose words are looked at before they become a reply. What is found is recorded; what
/// must not be sent ends with a person.
public final class GuardedWorker implements Worker {
  /// What a worker was told that a customer must not read.
  ///
  /// @param tools their names as a model knows them
  public record Told(String instructions, List<String> tools) {
    public static final Told NOTHING = new Told("", List.of());
  }

  private final Worker worker;
  private final Function<Errand, Told> told;
  private final boolean enforcedOnly;

  private GuardedWorker(Worker worker, Function<Errand, Told> told, boolean enforcedOnly) {
    this.worker = worker;
    this.told = told;
    this.enforcedOnly = enforcedOnly;
  }

  /// What a model says is held back by each guard that the crew does not weaken.
  static GuardedWorker ofModels(Worker worker, Function<Errand, Told> told) {
    return new GuardedWorker(worker, told, false);
  }

  /// What the operator has written down is looked at too, but only held back by guards that the
  /// crew enforces by name: a number in it may be the operator's own.
  public static GuardedWorker ofPlaybooks(Worker worker) {
    return new GuardedWorker(worker, _ -> Told.NOTHING, true);
  }

  @Override
  public Worked work(Errand errand) {
    Worked worked = worker.work(errand);
    // Without a turn's record there is nobody to send anything to: a playbook is being tried.
    if (!(errand.tools() instanceof TurnTools tools)) {
      return worked;
    }
    return switch (worked) {
      case Worked.Say say -> checked(errand, tools, say.text()).orElse(worked);
      case Worked.Ask ask -> checked(errand, tools, whole(ask)).orElse(worked);
      case Worked.Person person when !person.text().isBlank() ->
          checked(errand, tools, person.text()).orElse(worked);
      case Worked.Person _, Worked.Silence _, Worked.Pass _ -> worked;
    };
  }

  private static String whole(Worked.Ask ask) {
    return ask.choices().isEmpty()
        ? ask.text()
        : ask.text() + "\n" + String.join("\n", ask.choices());
  }

  @Override
  public void readAhead(Errand errand) {
    worker.readAhead(errand);
  }

  @Override
  public boolean isIndependent() {
    return worker.isIndependent();
  }

  private Optional<Worked> checked(Errand errand, TurnTools tools, String text) {
    Told secret = told.apply(errand);
    var reply =
        new GuardedReply(
            text,
            errand.turn().channel(),
            evidence(errand, tools),
            own(errand),
            promised(errand),
            secret.instructions(),
            secret.tools());
    List<Finding> findings = reply.findings(Guards.modes(errand.crew(), enforcedOnly));
    findings.forEach(finding -> record(errand, tools.journal(), finding));
    return findings.stream()
        .filter(Finding::stops)
        .findFirst()
        .map(finding ->
            new Worked.Person(
                "a reply was held back by the guard '%s': %s"
                    .formatted(finding.guard().label(), finding.what()),
                errand.memory()));
  }

  private static void record(Errand errand, TurnJournal journal, Finding finding) {
    journal.step(
        "guard/%d/%s".formatted(errand.number(), finding.guard().label()),
        StepKind.DECISION,
        "guard " + finding.guard().label(),
        "",
        !finding.stops(),
        null,
        Content.of(finding.what()),
        journal.now());
  }

  /// What tools answered in this turn, and what is the customer's or the account's own.
  private static Evidence evidence(Errand errand, TurnTools tools) {
    ZoneId zone = errand.tenant().document().timezone();
    Evidence evidence = Evidence.NONE.and(own(errand), zone);
    for (Map<String, Object> result : tools.found()) {
      evidence = evidence.and(result, zone);
    }
    return evidence;
  }

  private static String own(Errand errand) {
    List<String> own = new ArrayList<>();
    errand.turn().messages().forEach(line -> own.add(line.text().readable()));
    errand.turn().history().stream()
        .filter(line -> line.author() == Author.CUSTOMER)
        .forEach(line -> own.add(line.text().readable()));
    errand.memory().forEach((Slot slot) -> own.add(slot.value().readable()));
    errand.task().entities().forEach(entity -> own.add(entity.value().readable()));
    Tenant.Document account = errand.tenant().document();
    own.add(account.name());
    account.answers().forEach(answer -> own.add(answer.text()));
    own.addAll(errand.crew().style().signature().values());
    return own.stream().collect(Collectors.joining("\n"));
  }

  private static List<String> promised(Errand errand) {
    return errand.turn().history().stream()
        .filter(l -> l.author() == Author.OUR_AGENT || l.author() == Author.HUMAN_AGENT)
        .map(Line::text)
        .map(Content::readable)
        .toList();
  }
}
