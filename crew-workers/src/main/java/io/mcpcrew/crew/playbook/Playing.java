package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.channel.Choices;
import io.mcpcrew.crew.playbook.Flow.Awaited;
import io.mcpcrew.crew.playbook.Flow.What;
import io.mcpcrew.crew.playbook.Hearing.Heard;
import io.mcpcrew.crew.playbook.Hearing.Signal;
import io.mcpcrew.crew.playbook.Playbook.Slot;
import io.mcpcrew.crew.playbook.Playbook.Step;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.runtime.settings.Filling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a playbook does next, by its flow, what the customer has said, and what tools have answered
/// in this turn. Pure: it begins at the top each time, so that what it says of prices and orders is
/// never older than the turn; the shell calls what is wanted and asks again with the answer.
///
/// A write is wanted only when the customer has said yes, in the very next turn, to a text that
/// shows exactly these arguments, and nobody has said anything since.
final class Playing {
  private static final int MISSES = 3;
  private static final int MOST_OPTIONS = 9;

  /// What is remembered of an invitation.
  private static final String SLOTS = "slots";

  private static final String KEPT = "kept";
  private static final String REFUSED = "refused";

  private static final Words WORDS = Words.builtIn();

  private final Playbook playbook;
  private final Signal signal;
  private final String intent;
  private final Scene scene;
  private final Map<String, Answered> answers;
  private final Facts facts;
  private final List<String> said = new ArrayList<>();
  private final List<Map<String, Object>> used = new ArrayList<>();
  private final boolean askedBefore;
  private Flow flow;
  private boolean wrote;

  /// What is said now has not been said when the question was asked before.
  private boolean news;

  private Playing(
      Playbook playbook, Heard heard, Saying saying, Scene scene, Map<String, Answered> answers) {
    this.playbook = playbook;
    this.flow = heard.flow();
    this.signal = heard.signal();
    this.intent = saying.intent();
    this.scene = scene;
    this.answers = answers;
    this.askedBefore = flow.asked() > 0;
    this.facts = new Facts(playbook, scene.language());
    facts.put("company", scene.company());
    facts.put("language", scene.language());
    facts.put("channel", scene.channel());
    facts.put("text", saying.text());
    facts.put("intent", saying.intent());
    facts.put("thing", saying.entities().getOrDefault("thing", ""));
    facts.put("contact", Map.of());
    flow.kept().forEach(facts::putReadable);
  }

  /// @param answers what tools have said in this turn, by the paths of the calls
  static Next next(
      Playbook playbook, Heard heard, Saying saying, Scene scene, Map<String, Answered> answers) {
    return new Playing(playbook, heard, saying, scene, answers).next();
  }

  private Next next() {
    Awaited awaited = flow.awaited();
    if (awaited != null && awaited.what() == What.INVITATION) {
      Map<String, Object> invited = awaited.options().getFirst();
      if (signal == Signal.NO) {
        return new Next.Said(String.valueOf(invited.get(REFUSED)), List.of());
      }
      if (signal == Signal.YES) {
        return new Next.Goes(
            awaited.name(), Facts.map(invited.get(SLOTS)), Facts.map(invited.get(KEPT)));
      }
    }
    if (signal == Signal.STOP) {
      String name = flow.at() == 0 ? "cancelled" : "stopped";
      return new Next.Said(WORDS.say(name, scene.language(), facts.known()), List.of());
    }
    if (flow.misses() >= MISSES) {
      return new Next.Person("%s: the answers are not understood".formatted(playbook.name()));
    }
    List<Step> steps = playbook.steps();
    Next next = steps(steps.subList(Math.min(flow.at(), steps.size()), steps.size()));
    return next == null ? over() : next;
  }

  private Next over() {
    return said.isEmpty()
        ? new Next.Nothing("nobody knows an answer to " + playbook.name())
        : new Next.Said(String.join("\n\n", said), List.copyOf(used));
  }

  private @Nullable Next steps(List<Step> steps) {
    for (Step step : steps) {
      Next next = step(step);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  private @Nullable Next step(Step step) {
    return switch (step) {
      case Step.Ask ask -> ask(ask);
      case Step.Again again -> again(again);
      case Step.Identify identify -> identify(identify);
      case Step.Call call -> call(call);
      case Step.Choose choose -> choose(choose);
      case Step.Write write -> write(write);
      case Step.If branch ->
          steps(
              branch.condition().holds(facts.asked(flow.slots()))
                  ? branch.then()
                  : branch.otherwise());
      case Step.Known known -> known(known);
      case Step.Say say -> say(say.say());
      case Step.Person person ->
          new Next.Person(
              person.reason().in(scene.companyLanguage(), told()), String.join("\n\n", said));
      case Step.Play play -> play(play);
      case Step.End _ -> over();
    };
  }

  // What is said

  private @Nullable Next say(Texts texts) {
    said.add(texts.in(scene.language(), told()));
    return null;
  }

  private @Nullable Next known(Step.Known known) {
    String which = known.intent().equals(Step.Known.FOUND) ? intent : known.intent();
    String answer = scene.answers().get(which);
    return answer == null ? null : new Next.Said(answer, List.of());
  }

  /// What was said before a question is not said again when the question is asked again.
  private Next asked(String question, Awaited awaited) {
    List<String> parts = new ArrayList<>();
    if (signal == Signal.MISSED) {
      parts.add(WORDS.say("not_understood", scene.language(), facts.known()));
    }
    if (!askedBefore || news) {
      parts.addAll(said);
    }
    parts.add(question);
    String between = signal == Signal.MISSED ? " " : "\n\n";
    return new Next.Ask(
        String.join(between, parts), choices(awaited), flow.waitFor(awaited, scene.turn()));
  }

  /// What the customer may press or number; two of the same name can only be told by their place.
  private List<String> choices(Awaited awaited) {
    List<String> titles =
        awaited.what() == What.CONFIRMATION ? yesAndNo() : Hearing.titles(playbook, awaited);
    boolean distinct = titles.stream().distinct().count() == titles.size();
    return titles.size() > 1 && titles.size() <= Choices.MOST && distinct ? titles : List.of();
  }

  private List<String> yesAndNo() {
    return List.of(
        WORDS.say("yes", scene.language(), Map.of()), WORDS.say("no", scene.language(), Map.of()));
  }

  /// Where they cannot be pressed, their numbers mean yes and no.
  private List<Map<String, Object>> numberedYesAndNo() {
    List<String> both = yesAndNo();
    return Choices.canBePressed(scene.channel(), both)
        ? List.of()
        : both.stream().map(title -> Map.<String, Object>of("title", title)).toList();
  }

  /// What is offered is fixed now: a yes is a yes to this.
  private Next play(Step.Play play) {
    Map<String, Object> slots = Filling.filled(play.with(), given());
    Map<String, Object> kept = new TreeMap<>();
    for (String name : play.carry()) {
      if (flow.kept().containsKey(name)) {
        kept.put(name, Objects.requireNonNull(flow.kept().get(name)));
      }
    }
    if (play.offer() == null) {
      return new Next.Goes(play.playbook(), slots, kept);
    }
    String refused =
        play.refused() == null
            ? WORDS.say("enough", scene.language(), facts.known())
            : play.refused().in(scene.language(), told());
    var awaited =
        new Awaited(
            What.INVITATION,
            play.playbook(),
            List.of(Map.of(SLOTS, slots, KEPT, kept, REFUSED, refused)),
            "");
    List<String> choices =
        Choices.canBePressed(scene.channel(), yesAndNo()) ? yesAndNo() : List.of();
    return new Next.Said(
        String.join("\n\n", said),
        List.copyOf(used),
        new Next.Invitation(
            play.offer().in(scene.language(), told()),
            choices,
            flow.waitFor(awaited, scene.turn())));
  }

  // What the customer tells

  private @Nullable Next ask(Step.Ask ask) {
    for (String name : ask.slots()) {
      if (!flow.slots().containsKey(name)) {
        return asked(question(name), awaits(name, ask.offer()));
      }
    }
    return null;
  }

  private String question(String name) {
    Slot slot = Objects.requireNonNull(playbook.slots().get(name));
    return slot.ask().in(scene.language(), told());
  }

  private Next again(Step.Again again) {
    String question = again.say().in(scene.language(), told());
    flow = flow.without(again.slot());
    Awaited awaited = awaits(again.slot(), again.offer());
    List<String> parts = new ArrayList<>(said);
    parts.add(question);
    return new Next.Ask(
        String.join("\n\n", parts), choices(awaited), flow.waitFor(awaited, scene.turn()));
  }

  private Awaited awaits(String slot, Playbook.@Nullable Offer offer) {
    return new Awaited(What.SLOT, slot, options(slot, offer), "");
  }

  /// What a slot may be answered with, as it is shown and as it is meant.
  private List<Map<String, Object>> options(String slot, Playbook.@Nullable Offer offer) {
    List<Map<String, Object>> options = new ArrayList<>();
    switch (offer) {
      case null ->
          Objects.requireNonNull(playbook.slots().get(slot))
              .titles()
              .forEach((value, title) ->
                  options.add(option(title.in(scene.language(), Map.of()), value)));
      case Playbook.Offer.These(List<Texts> titles) ->
          titles.forEach(title -> {
            String shown = title.in(scene.language(), told());
            options.add(option(shown, shown));
          });
      case Playbook.Offer.Found(String result, String field, String label, String value) -> {
        if (facts.field(result, field) instanceof List<?> rows) {
          for (Object row : rows) {
            Map<String, Object> one = Facts.map(row);
            if (options.size() < Choices.MOST && one.containsKey(label) && one.containsKey(value)) {
              options.add(option(String.valueOf(one.get(label)), one.get(value)));
            }
          }
        }
      }
    }
    return List.copyOf(options);
  }

  private static Map<String, Object> option(String title, Object value) {
    return Map.of("title", title, "value", value);
  }

  private @Nullable Next choose(Step.Choose choose) {
    if (facts.contains(choose.as())) {
      return null;
    }
    Object found = facts.field(choose.result(), choose.field());
    List<Map<String, Object>> rows =
        found instanceof List<?> list
            ? list.stream().limit(MOST_OPTIONS).map(row -> Facts.plain(Facts.map(row))).toList()
            : List.of();
    if (rows.size() > 1) {
      List<Map<String, Object>> options = new ArrayList<>();
      for (Map<String, Object> row : rows) {
        Map<String, Object> option = Rows.row(row, scene.language());
        option.put("place", options.size() + 1);
        options.add(option);
      }
      facts.put("options", options);
      return asked(
          choose.say().in(scene.language(), told()),
          new Awaited(What.CHOICE, choose.as(), rows, ""));
    }
    if (rows.size() == 1) {
      flow = flow.keep(choose.as(), rows.getFirst());
    }
    facts.putReadable(choose.as(), rows.isEmpty() ? Map.of() : rows.getFirst());
    return null;
  }

  // What tools tell

  private @Nullable Next call(Step.Call call) {
    String path = path(call);
    Answered answer = answers.get(path);
    return switch (answer) {
      case null -> new Next.Read(path, call.capability(), Filling.filled(call.with(), given()));
      case Answered.Failed(String reason) -> without(call, reason);
      case Answered.Declined(String reason) ->
          call.declined() == null ? without(call, reason) : otherwise(call.declined(), reason);
      case Answered.Result(Map<String, Object> structured) -> {
        Map<String, Object> result = facts.result(structured);
        facts.put(call.as(), result);
        used.addAll(Facts.rows(result));
        yield null;
      }
    };
  }

  /// Nothing was found out: the playbook goes on behind what it does then, or a person.
  private @Nullable Next without(Step.Call call, String reason) {
    return call.failed() == null ? new Next.Person(reason) : steps(call.failed());
  }

  /// Where the playbook does not say what then, a person goes on.
  private Next otherwise(@Nullable List<Step> steps, String reason) {
    if (steps == null) {
      return new Next.Person(reason);
    }
    Next next = steps(steps);
    return next == null ? over() : next;
  }

  /// Who writes, as far as the channel vouches for it, and the one customer of the company who that
  /// is. Two of the same number are nobody: a wrong customer is worse than a question. Who cannot
  /// be found out is unknown, and asked for again in the next turn.
  private @Nullable Next identify(Step.Identify identify) {
    String contact = scene.contact();
    if (contact == null || !contact.matches("\\d{1,15}")) {
      facts.put(identify.as(), Map.of());
      return null;
    }
    boolean known =
        contact.equals(String.valueOf(Facts.map(flow.kept().get("contact")).get("id")))
            && flow.kept().containsKey(identify.as());
    if (known) {
      return null;
    }
    String contactPath = path(identify) + "/contact";
    Answered found = answers.get(contactPath);
    if (found == null) {
      return new Next.Read(
          contactPath, "contact.get", Map.of("contact_id", Long.parseLong(contact)));
    }
    if (!(found instanceof Answered.Result(Map<String, Object> structured))) {
      facts.put(identify.as(), Map.of());
      return null;
    }
    Map<String, Object> vouched = vouched(contact, Facts.first(structured));
    keep("contact", vouched);
    Map<String, Object> by = new TreeMap<>();
    for (String name : List.of("phone", "email")) {
      if (!String.valueOf(vouched.getOrDefault(name, "")).isEmpty()) {
        by.put(name, vouched.get(name));
      }
    }
    if (by.isEmpty()) {
      keep(identify.as(), Map.of());
      return null;
    }
    return customer(identify, by);
  }

  private Map<String, Object> vouched(String id, Map<String, Object> contact) {
    Map<String, Object> vouched = new LinkedHashMap<>();
    vouched.put("id", id);
    vouched.put("name", contact.getOrDefault("name", ""));
    if (scene.vouchesForPhone()) {
      vouched.put("phone", contact.getOrDefault("phone", ""));
    }
    if (scene.vouchesForEmail()) {
      vouched.put("email", contact.getOrDefault("email", ""));
    }
    return vouched;
  }

  private @Nullable Next customer(Step.Identify identify, Map<String, Object> by) {
    String path = path(identify) + "/customer";
    Answered answer = answers.get(path);
    return switch (answer) {
      case null -> new Next.Read(path, "customer.find", by);
      case Answered.Result(Map<String, Object> structured) -> {
        List<Map<String, Object>> rows = Facts.rows(structured);
        keep(identify.as(), rows.size() == 1 ? Facts.plain(rows.getFirst()) : Map.of());
        yield null;
      }
      case Answered.Failed _, Answered.Declined _ -> {
        facts.put(identify.as(), Map.of());
        yield null;
      }
    };
  }

  private void keep(String name, Map<String, Object> value) {
    flow = flow.keep(name, value);
    facts.putReadable(name, value);
  }

  // What is done

  private @Nullable Next write(Step.Write write) {
    Map<String, Object> arguments = Filling.filled(write.with(), given());
    String shown = write.confirm().in(scene.language(), told());
    String hash = hash(shown + arguments);
    Awaited awaited = flow.awaited();
    boolean waited =
        awaited != null && awaited.what() == What.CONFIRMATION && awaited.name().equals(write.as());
    if (waited && signal == Signal.NO) {
      said.add(
          write.refused() == null
              ? WORDS.say("cancelled", scene.language(), facts.known())
              : write.refused().in(scene.language(), told()));
      return over();
    }
    boolean confirmed =
        awaited != null
            && waited
            && !wrote
            && signal == Signal.YES
            && awaited.hash().equals(hash)
            && flow.asked() == scene.turn() - 1
            && scene.hasSaid(shown);
    if (!confirmed) {
      if (waited && signal == Signal.YES) {
        said.clear();
        said.add(WORDS.say("changed", scene.language(), facts.known()));
        news = true;
      }
      return asked(shown, new Awaited(What.CONFIRMATION, write.as(), numberedYesAndNo(), hash));
    }
    return scene.mayWrite()
        ? done(write, arguments)
        : new Next.Person(
            "the customer says yes to %s, which the agent may only suggest here"
                .formatted(write.capability()));
  }

  private @Nullable Next done(Step.Write write, Map<String, Object> arguments) {
    String path = path(write);
    Answered answer = answers.get(path);
    return switch (answer) {
      case null -> new Next.Write(path, write.capability(), arguments);
      case Answered.Failed(String reason) -> new Next.Person(reason);
      case Answered.Declined(String reason) -> {
        wrote = true;
        news = true;
        yield otherwise(write.declined(), reason);
      }
      case Answered.Result(Map<String, Object> structured) -> {
        wrote = true;
        news = true;
        said.clear();
        Map<String, Object> first = Facts.first(structured);
        keep(write.as(), Map.of("first", Facts.plain(first)));
        flow = flow.from(playbook.steps().indexOf(write) + 1);
        yield null;
      }
    };
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  // What is known

  /// The same in every attempt, and another one for each turn, task and step.
  private String path(Step step) {
    return scene.place() + "/" + playbook.name() + step.path();
  }

  /// As arguments are filled with it.
  private Map<String, Object> given() {
    return facts.with(flow.slots());
  }

  private Map<String, Object> told() {
    return facts.told(flow.slots());
  }
}
