package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.guard.Guard;
import io.mcpcrew.crew.guard.Injection;
import io.mcpcrew.crew.model.JournalledModel;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.Models;
import io.mcpcrew.crew.model.ModelsSettings;
import io.mcpcrew.crew.model.Spending;
import io.mcpcrew.crew.model.TurnLimits;
import io.mcpcrew.crew.tools.TurnTools;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.crew.work.Worked;
import io.mcpcrew.crew.work.Worker;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.StepKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Works a task by the crew's agents, where a model is configured for them; else it passes.
public final class AgentsWorker implements Worker {
  private static final Crew.Job USUAL = new Crew.Job("", "Answer the customer's wish.", null);

  private final Models models;
  private final Spending spending;
  private final ToolPolicy policy;
  private final TurnUses uses = new TurnUses();

  public AgentsWorker(Models models, Spending spending, ToolPolicy policy) {
    this.models = models;
    this.spending = spending;
    this.policy = policy;
  }

  @Override
  public Worked work(Errand errand) {
    Crew crew = errand.crew();
    if (crew.agents().isEmpty()) {
      return new Worked.Pass("the crew %s has no agents".formatted(crew.name()));
    }
    if (crew.agents().stream().anyMatch(agent -> !models.has(agent.model()))) {
      return new Worked.Pass("no model is configured");
    }
    if (!(errand.tools() instanceof TurnTools tools)) {
      return new Worked.Pass("agents work in a turn's record only");
    }
    Guard.Mode injection = Guards.mode(crew, Guard.INJECTION);
    if (isAttack(errand, tools, injection)) {
      return new Worked.Person("a message reads like an attack on the agent", errand.memory());
    }
    return switch (crew.tasks().order()) {
      case SEQUENTIAL -> oneAfterTheOther(errand, tools, injection);
      case PARALLEL -> atOnce(errand, tools, injection);
    };
  }

  @Override
  public boolean isIndependent() {
    return true;
  }

  private static boolean isAttack(Errand errand, TurnTools tools, Guard.Mode mode) {
    if (mode == Guard.Mode.OFF
        || errand.turn().messages().stream()
            .noneMatch(line -> Injection.find(line.text().readable()).isPresent())) {
      return false;
    }
    var journal = tools.journal();
    journal.step(
        "guard/%d/injection".formatted(errand.number()),
        StepKind.DECISION,
        "guard " + Guard.INJECTION.label(),
        "",
        mode == Guard.Mode.REPORT,
        null,
        Content.of("a message reads like an instruction"),
        journal.now());
    return mode == Guard.Mode.ENFORCE;
  }

  /// What one finds is told to the next; the last one speaks.
  private Worked oneAfterTheOther(Errand errand, TurnTools tools, Guard.Mode injection) {
    TurnUse use = uses.of(tools.journal(), limits(errand));
    String before = "";
    for (int i = 0; i < jobs(errand.crew()).size(); i++) {
      switch (run(errand, tools, i, before, injection, use)) {
        case AgentRun.Done.Person(String reason) -> {
          return new Worked.Person(reason, errand.memory());
        }
        case AgentRun.Done.Said(String text) -> before = text;
      }
    }
    return new Worked.Say(signed(errand, before), List.of(), errand.memory());
  }

  /// All speak, in the order in which they are listed.
  private Worked atOnce(Errand errand, TurnTools tools, Guard.Mode injection) {
    TurnUse use = uses.of(tools.journal(), limits(errand));
    List<Future<AgentRun.Done>> running = new ArrayList<>();
    List<String> said = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < jobs(errand.crew()).size(); i++) {
        int job = i;
        running.add(threads.submit(() -> run(errand, tools, job, "", injection, use)));
      }
      for (Future<AgentRun.Done> job : running) {
        switch (job.get()) {
          case AgentRun.Done.Person(String reason) -> {
            threads.shutdownNow();
            return new Worked.Person(reason, errand.memory());
          }
          case AgentRun.Done.Said(String text) -> said.add(text);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while agents worked", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
    return new Worked.Say(signed(errand, String.join("\n\n", said)), List.of(), errand.memory());
  }

  private AgentRun.Done run(
      Errand errand,
      TurnTools tools,
      int number,
      String before,
      Guard.Mode injection,
      TurnUse use) {
    Crew.Job job = jobs(errand.crew()).get(number);
    Crew.Agent agent = agent(errand.crew(), job);
    WriteGate writes = WriteGate.of(errand.turn().autonomy());
    Prompts.Prompt prompt = Prompts.in(language(errand));
    var journal = tools.journal();
    var run =
        new AgentRun(
            "%d/%d-%s".formatted(errand.number(), number + 1, agent.name()),
            agent.model(),
            prompt,
            toolbox(errand, tools, agent),
            writes,
            injection,
            new JournalledModel(journal, models, spending, errand.turn().turn().conversation()),
            tools,
            use);
    Duration left = Duration.between(journal.now(), errand.turn().deadline());
    return run.run(
        conversation(errand, Prompts.text(prompt, errand, agent, job, writes, before)), left);
  }

  private Toolbox toolbox(Errand errand, TurnTools tools, Crew.Agent agent) {
    return Toolbox.of(
        errand.turn().turn().account(),
        agent,
        tools.offers(),
        policy,
        WriteGate.of(errand.turn().autonomy()));
  }

  /// What a model is told of the conversation: what was said, and what it is to answer.
  private static List<Said> conversation(Errand errand, String instructions) {
    List<Said> said = new ArrayList<>();
    said.add(new Said.Instructions(instructions));
    errand.turn().history().forEach(line -> said(line).ifPresent(said::add));
    errand.turn().messages().forEach(line -> said(line).ifPresent(said::add));
    return said;
  }

  /// A picture without words is none for a model, and some refuse it.
  private static Optional<Said> said(Line line) {
    String text = line.text().readable();
    if (text.isBlank()) {
      return Optional.empty();
    }
    return switch (line.author()) {
      case CUSTOMER -> Optional.of(new Said.Customer(text));
      case OUR_AGENT -> Optional.of(new Said.Assistant(text));
      case HUMAN_AGENT -> Optional.of(new Said.Assistant("[team] " + text));
      case OTHER_BOT, SYSTEM, UNKNOWN -> Optional.empty();
    };
  }

  private static List<Crew.Job> jobs(Crew crew) {
    return crew.tasks().list().isEmpty() ? List.of(USUAL) : crew.tasks().list();
  }

  private static Crew.Agent agent(Crew crew, Crew.Job job) {
    return crew.agents().stream()
        .filter(agent -> agent.name().equals(job.agent()))
        .findFirst()
        .orElseGet(() -> crew.agents().getFirst());
  }

  private TurnLimits limits(Errand errand) {
    Crew.Limits own = errand.crew().limits();
    return models
        .settings()
        .budgets()
        .turn()
        .within(
            new TurnLimits(
                own.steps(), own.tokens(), ModelsSettings.micros(own.cost()), own.time()));
  }

  private static String language(Errand errand) {
    return errand.crew().style().languageFor(errand.turn().language());
  }

  private static String signed(Errand errand, String text) {
    return errand
        .crew()
        .style()
        .signatureIn(language(errand))
        .map(signature -> text + "\n" + signature)
        .orElse(text);
  }

  /// What the agents of the crew are told and offered, for who looks whether a reply gives it away.
  GuardedWorker.Told told(Errand errand) {
    WriteGate writes = WriteGate.of(errand.turn().autonomy());
    StringBuilder instructions = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Crew.Job job : jobs(errand.crew())) {
      Crew.Agent agent = agent(errand.crew(), job);
      instructions
          .append(Prompts.text(Prompts.in(language(errand)), errand, agent, job, writes, ""))
          .append('\n');
      if (errand.tools() instanceof TurnTools tools) {
        names.addAll(toolbox(errand, tools, agent).names());
      }
    }
    return new GuardedWorker.Told(instructions.toString(), names);
  }

  /// With the guards before what it says.
  public Worker guarded() {
    return GuardedWorker.ofModels(this, this::told);
  }
}
