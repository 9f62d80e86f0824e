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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private static final int MOST_FIELDS = 14;
  private static final int LONGEST_FIELD = 200;
  private static final int MOST_OPTIONS = 9;
  private static final Words WORDS = Words.builtIn();

  private final Playbook playbook;
  private final Signal signal;
  private final Scene scene;
  private final Map<String, Answered> answers;
  private final Map<String, Object> facts = new HashMap<>();
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
    this.scene = scene;
    this.answers = answers;
    this.askedBefore = flow.asked() > 0;
    facts.put("company", scene.company());
    facts.put("language", scene.language());
    facts.put("channel", scene.channel());
    facts.put("text", saying.text());
    facts.put("intent", saying.intent());
    facts.put("contact", Map.of());
    flow.kept().forEach((name, value) -> facts.put(name, readable(value)));
  }

  /// @param answers what tools have said in this turn, by the paths of the calls
  static Next next(
      Playbook playbook, Heard heard, Saying saying, Scene scene, Map<String, Answered> answers) {
    return new Playing(playbook, heard, saying, scene, answers).next();
  }

  private Next next() {
    if (signal == Signal.STOP) {
      String name = flow.at() == 0 ? "cancelled" : "stopped";
      return new Next.Said(WORDS.say(name, scene.language(), facts), List.of());
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
          steps(branch.condition().holds(celFacts()) ? branch.then() : branch.otherwise());
      case Step.Known known -> known(known);
      case Step.Say say -> say(say.say());
      case Step.Person person ->
          new Next.Person(
              person.reason().in(scene.companyLanguage(), told()), String.join("\n\n", said));
      case Step.End _ -> over();
    };
  }

  // What is said

  private @Nullable Next say(Texts texts) {
    said.add(texts.in(scene.language(), told()));
    return null;
  }

  private @Nullable Next known(Step.Known known) {
    String answer = scene.answers().get(known.intent());
    return answer == null ? null : new Next.Said(answer, List.of());
  }

  /// What was said before a question is not said again when the question is asked again.
  private Next asked(String question, Awaited awaited) {
    List<String> parts = new ArrayList<>();
    if (signal == Signal.MISSED) {
      parts.add(WORDS.say("not_understood", scene.language(), facts));
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
        if (map(facts.get(result)).get(field) instanceof List<?> rows) {
          for (Object row : rows) {
            Map<String, Object> one = map(row);
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
    if (facts.containsKey(choose.as())) {
      return null;
    }
    Object found = map(facts.get(choose.result())).get(choose.field());
    List<Map<String, Object>> rows =
        found instanceof List<?> list
            ? list.stream().limit(MOST_OPTIONS).map(row -> plain(map(row))).toList()
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
    facts.put(choose.as(), rows.isEmpty() ? Map.of() : readable(rows.getFirst()));
    return null;
  }

  // What tools tell

  private @Nullable Next call(Step.Call call) {
    String path = path(call);
    Answered answer = answers.get(path);
    return switch (answer) {
      case null -> new Next.Read(path, call.capability(), Filling.filled(call.with(), facts()));
      case Answered.Failed(String reason) -> new Next.Person(reason);
      case Answered.Declined(String reason) -> declined(call.declined(), reason);
      case Answered.Result(Map<String, Object> structured) -> {
        Map<String, Object> result = result(structured);
        facts.put(call.as(), result);
        rows(result).forEach(row -> used.add(map(row)));
        yield null;
      }
    };
  }

  private Next declined(@Nullable List<Step> steps, String reason) {
    if (steps == null) {
      return new Next.Person(reason);
    }
    Next next = steps(steps);
    return next == null ? over() : next;
  }

  /// A result of records is told by them; whatever else it is, by its fields.
  private Map<String, Object> result(Map<String, Object> structured) {
    if (!(structured.get("records") instanceof List<?> records)) {
      return Rows.row(structured, scene.language());
    }
    List<Map<String, Object>> rows = Rows.of(records, scene.language());
    Map<String, Object> result = new HashMap<>();
    result.put("records", rows);
    result.put("count", rows.size());
    result.put("first", rows.isEmpty() ? Map.of() : rows.getFirst());
    return result;
  }

  private static List<?> rows(Map<String, Object> result) {
    return result.get("records") instanceof List<?> rows ? rows : List.of();
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
        contact.equals(String.valueOf(map(flow.kept().get("contact")).get("id")))
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
    Map<String, Object> vouched = vouched(contact, first(structured));
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
        List<?> rows = rows(structured);
        keep(identify.as(), rows.size() == 1 ? plain(map(rows.getFirst())) : Map.of());
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
    facts.put(name, readable(value));
  }

  // What is done

  private @Nullable Next write(Step.Write write) {
    Map<String, Object> arguments = Filling.filled(write.with(), facts());
    String shown = write.confirm().in(scene.language(), told());
    String hash = hash(shown + arguments);
    Awaited awaited = flow.awaited();
    boolean waited =
        awaited != null && awaited.what() == What.CONFIRMATION && awaited.name().equals(write.as());
    if (waited && signal == Signal.NO) {
      said.add(
          write.refused() == null
              ? WORDS.say("cancelled", scene.language(), facts)
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
        said.add(WORDS.say("changed", scene.language(), facts));
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
        yield declined(write.declined(), reason);
      }
      case Answered.Result(Map<String, Object> structured) -> {
        wrote = true;
        news = true;
        said.clear();
        Map<String, Object> first = first(structured);
        keep(write.as(), Map.of("first", plain(first)));
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

  private Map<String, Object> facts() {
    Map<String, Object> all = new HashMap<>(facts);
    all.putAll(flow.slots());
    return all;
  }

  /// As templates tell it: slots with their readable forms, too.
  private Map<String, Object> told() {
    Map<String, Object> all = new HashMap<>(facts);
    all.putAll(Rows.row(flow.slots(), scene.language()));
    return all;
  }

  /// Names of which nothing is known are empty, so that conditions can ask for them.
  private Map<String, Object> celFacts() {
    Map<String, Object> all = new HashMap<>();
    playbook.slots().keySet().forEach(name -> all.put(name, ""));
    names(playbook.steps(), all);
    facts().forEach((name, value) -> all.put(name, cel(value)));
    return all;
  }

  private static void names(List<Step> steps, Map<String, Object> all) {
    for (Step step : steps) {
      switch (step) {
        case Step.Identify identify -> all.put(identify.as(), Map.of());
        case Step.Call call -> {
          all.put(call.as(), Map.of());
          names(Objects.requireNonNullElse(call.declined(), List.of()), all);
        }
        case Step.Choose choose -> all.put(choose.as(), Map.of());
        case Step.Write write -> all.put(write.as(), Map.of());
        case Step.If branch -> {
          names(branch.then(), all);
          names(branch.otherwise(), all);
        }
        case Step.Ask _, Step.Again _, Step.Known _, Step.Say _, Step.Person _, Step.End _ -> {}
      }
    }
  }

  /// CEL knows whole numbers and others.
  private static Object cel(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Integer whole -> whole.longValue();
      case BigDecimal exact -> exact.doubleValue();
      case Float small -> small.doubleValue();
      case Map<?, ?> map -> {
        Map<String, Object> all = new HashMap<>();
        map.forEach((name, each) -> all.put(String.valueOf(name), cel(each)));
        yield all;
      }
      case List<?> list -> list.stream().map(Playing::cel).toList();
      default -> value;
    };
  }

  /// What a conversation may remember of a row: short fields, and not many.
  private static Map<String, Object> plain(Map<String, Object> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    new TreeMap<>(row)
        .forEach((name, value) -> {
          boolean small =
              value instanceof Number
                  || value instanceof Boolean
                  || (value instanceof String text && text.length() <= LONGEST_FIELD);
          boolean written = name.endsWith("_money") || name.endsWith("_number");
          if (small && !written && plain.size() < MOST_FIELDS) {
            plain.put(name, value);
          }
        });
    return plain;
  }

  private Object readable(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> readable = Rows.row(map, scene.language());
    readable.replaceAll((_, each) -> each instanceof Map<?, ?> inner ? readable(inner) : each);
    return readable;
  }

  private static Map<String, Object> first(Map<String, Object> structured) {
    return rows(structured).stream().findFirst().map(Playing::map).orElse(structured);
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((name, each) ->
          Optional.ofNullable(each).ifPresent(e -> map.put(String.valueOf(name), e)));
    }
    return map;
  }
}
