package io.mcpcrew.crew.playbook;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.crew.playbook.Playbook.Kind;
import io.mcpcrew.crew.playbook.Playbook.Step;
import io.mcpcrew.runtime.settings.Filling;
import io.mcpcrew.runtime.tenant.BoundedCel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a playbook of its file, or says what is wrong with it and where: nothing that can be known
/// before a conversation is left to one.
final class PlaybookReader {
  private static final CheckedYaml<Written> YAML =
      new CheckedYaml<>(Written.class, "/io/mcpcrew/crew/playbook.schema.json");

  /// Of others a number is the answer itself, or the words are known already.
  private static final Set<Kind> OFFERED =
      EnumSet.of(Kind.PRODUCT, Kind.DATE, Kind.TIME, Kind.TEXT);

  /// What steps may name beside slots and results.
  private static final List<String> GIVEN =
      List.of("company", "language", "channel", "contact", "text", "intent", "thing");

  private final String file;
  private final Map<String, Playbook.Slot> slots = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>(GIVEN);
  private CelCompiler cel = BoundedCel.language(Map.of());

  private PlaybookReader(String file) {
    this.file = file;
  }

  /// @throws IllegalArgumentException naming the file, the path in it and what is wrong there
  static Playbook read(String file, String yaml) {
    return new PlaybookReader(file).read(YAML.read(file, yaml), yaml);
  }

  private Playbook read(Written written, String yaml) {
    Map<String, Written.Slot> asked = Objects.requireNonNullElse(written.slots(), Map.of());
    asked.forEach((name, slot) -> slots.put(name, slot(name, slot)));
    names.addAll(slots.keySet());
    collect(written.steps());
    Map<String, CelType> variables = new HashMap<>();
    names.forEach(name -> variables.put(name, SimpleType.DYN));
    cel = BoundedCel.language(variables);
    return new Playbook(
        written.name(),
        List.copyOf(written.intents()),
        version(yaml),
        written.title(),
        slots,
        steps(written.steps(), "/steps", true));
  }

  private Playbook.Slot slot(String name, Written.Slot slot) {
    if (GIVEN.contains(name)) {
      throw wrong("/slots/" + name, "this name stands for something else");
    }
    Map<String, List<String>> choices = new LinkedHashMap<>();
    if (slot.choice() != null) {
      slot.choice()
          .forEach((value, words) -> choices.put(value, words(value, words.values().stream())));
    }
    Kind kind =
        slot.kind() == null ? Kind.CHOICE : Kind.valueOf(slot.kind().toUpperCase(Locale.ROOT));
    return new Playbook.Slot(name, kind, choices, titles(slot), slot.ask());
  }

  /// A choice is shown by the first of its words.
  private static Map<String, Texts> titles(Written.Slot slot) {
    Map<String, Texts> titles = new LinkedHashMap<>();
    if (slot.choice() != null) {
      slot.choice()
          .forEach((value, words) -> {
            Map<String, String> first = new LinkedHashMap<>();
            words.forEach((language, all) -> first.put(language, title(all.split(",", 2)[0])));
            titles.put(value, Texts.of(first));
          });
    }
    return titles;
  }

  private static String title(String words) {
    String word = words.strip();
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static List<String> words(String value, Stream<String> texts) {
    return Stream.concat(Stream.of(value), texts.flatMap(t -> Arrays.stream(t.split(","))))
        .map(Words::folded)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private void collect(@Nullable List<Written.Step> steps) {
    for (Written.Step step : Objects.requireNonNullElse(steps, List.<Written.Step>of())) {
      Stream.of(step.as(), step.identify()).filter(Objects::nonNull).forEach(names::add);
      collect(step.then());
      collect(step.otherwise());
      collect(step.declined());
      collect(step.failed());
    }
  }

  private List<Step> steps(@Nullable List<Written.Step> written, String path, boolean mayWrite) {
    List<Step> steps = new ArrayList<>();
    if (written != null) {
      for (Written.Step each : written) {
        steps.add(step(each, path + "/" + steps.size(), mayWrite));
      }
    }
    return List.copyOf(steps);
  }

  private Step step(Written.Step step, String path, boolean mayWrite) {
    List<String> kinds = kinds(step);
    String kind = kinds.isEmpty() ? "" : kinds.getFirst();
    if (kinds.size() > 1 && !List.of("again", "choose").contains(kind)) {
      throw wrong(path, "a step does one thing, and this has " + kinds);
    }
    if (step.choices() != null && !List.of("ask", "again").contains(kind)) {
      throw wrong(path + "/choices", "choices go with ask or again");
    }
    return switch (kind) {
      case "ask" -> {
        List<String> asked = known(path, wanted(path, "ask", step.ask()));
        yield new Step.Ask(path, asked, offer(path, step, asked));
      }
      case "again" -> {
        List<String> asked = known(path, List.of(wanted(path, "again", step.again())));
        yield new Step.Again(
            path, asked.getFirst(), wanted(path, "say", step.say()), offer(path, step, asked));
      }
      case "identify" -> new Step.Identify(path, wanted(path, "identify", step.identify()));
      case "call" ->
          new Step.Call(
              path,
              wanted(path, "call", step.call()),
              with(path, step),
              wanted(path, "as", step.as()),
              declined(path, step),
              step.failed() == null ? null : steps(step.failed(), path + "/failed", false));
      case "choose" -> choose(path, step);
      case "write" -> write(path, step, mayWrite);
      case "if" ->
          new Step.If(
              path,
              condition(path, wanted(path, "if", step.condition())),
              steps(step.then(), path + "/then", false),
              steps(step.otherwise(), path + "/else", false));
      case "known" -> new Step.Known(path, wanted(path, "known", step.known()));
      case "say" -> new Step.Say(path, wanted(path, "say", step.say()));
      case "person" -> new Step.Person(path, wanted(path, "person", step.person()));
      case "play" -> play(path, step);
      case "end" -> new Step.End(path);
      default -> throw wrong(path, "a step needs one of ask, call, write, if, say, …");
    };
  }

  /// `again` and `choose` come before the `say` that belongs to them.
  private static List<String> kinds(Written.Step step) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("ask", step.ask());
    all.put("again", step.again());
    all.put("identify", step.identify());
    all.put("call", step.call());
    all.put("choose", step.choose());
    all.put("write", step.write());
    all.put("if", step.condition());
    all.put("known", step.known());
    all.put("say", step.say());
    all.put("person", step.person());
    all.put("play", step.play());
    all.put("end", step.end());
    return all.entrySet().stream()
        .filter(e -> e.getValue() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// What the one slot that is asked for may be answered with.
  private Playbook.@Nullable Offer offer(String path, Written.Step step, List<String> asked) {
    JsonNode choices = step.choices();
    if (choices == null) {
      return null;
    }
    Playbook.Slot slot = Objects.requireNonNull(slots.get(asked.getFirst()));
    if (asked.size() > 1 || !OFFERED.contains(slot.kind())) {
      throw wrong(path + "/choices", "choices go with one slot, of the kind " + OFFERED);
    }
    if (choices.isString()) {
      String[] from = choices.asString().split("\\.", 2);
      if (!names.contains(from[0])) {
        throw wrong(path + "/choices", "nothing is called " + from[0]);
      }
      String label = wanted(path, "label", step.label());
      return new Playbook.Offer.Found(
          from[0], from[1], label, Objects.requireNonNullElse(step.value(), label));
    }
    List<Texts> titles = new ArrayList<>();
    for (JsonNode each : choices) {
      Map<String, String> written = new LinkedHashMap<>();
      each.properties().forEach(e -> written.put(e.getKey(), e.getValue().asString()));
      titles.add(Texts.of(written));
    }
    return new Playbook.Offer.These(List.copyOf(titles));
  }

  private Step choose(String path, Written.Step step) {
    String[] from = wanted(path, "choose", step.choose()).split("\\.", 2);
    if (!names.contains(from[0])) {
      throw wrong(path + "/choose", "nothing is called " + from[0]);
    }
    return new Step.Choose(
        path,
        from[0],
        from[1],
        wanted(path, "as", step.as()),
        wanted(path, "label", step.label()),
        wanted(path, "say", step.say()));
  }

  private Step play(String path, Written.Step step) {
    List<String> carry = Objects.requireNonNullElse(step.carry(), List.of());
    for (String name : carry) {
      if (!names.contains(name)) {
        throw wrong(path + "/carry", "nothing is called " + name);
      }
    }
    if (step.offer() == null && step.refused() != null) {
      throw wrong(path + "/refused", "only an offer can be refused");
    }
    return new Step.Play(
        path,
        wanted(path, "play", step.play()),
        with(path, step),
        List.copyOf(carry),
        step.offer(),
        step.refused());
  }

  /// A conversation goes on behind a write that is done; so it must be plain where that is.
  private Step write(String path, Written.Step step, boolean mayWrite) {
    if (!mayWrite) {
      throw wrong(path, "a write stands at the top level, not within if or declined");
    }
    return new Step.Write(
        path,
        wanted(path, "write", step.write()),
        with(path, step),
        wanted(path, "as", step.as()),
        wanted(path, "confirm", step.confirm()),
        step.refused(),
        declined(path, step));
  }

  private @Nullable List<Step> declined(String path, Written.Step step) {
    return step.declined() == null ? null : steps(step.declined(), path + "/declined", false);
  }

  private Map<String, Object> with(String path, Written.Step step) {
    Map<String, Object> with = Objects.requireNonNullElse(step.with(), Map.of());
    for (String name : Filling.names(with)) {
      if (!names.contains(name)) {
        throw wrong(path + "/with", "nothing is called " + name);
      }
    }
    return new TreeMap<>(with);
  }

  private List<String> known(String path, List<String> wanted) {
    for (String slot : wanted) {
      if (!slots.containsKey(slot)) {
        throw wrong(path, "there is no slot " + slot);
      }
    }
    return List.copyOf(wanted);
  }

  private BoundedCel condition(String path, String text) {
    try {
      return BoundedCel.of(cel, text);
    } catch (IllegalArgumentException e) {
      throw wrong(path + "/if", String.valueOf(e.getMessage()));
    }
  }

  private <T> T wanted(String path, String name, @Nullable T value) {
    if (value == null) {
      throw wrong(path, "it lacks " + name);
    }
    return value;
  }

  private IllegalArgumentException wrong(String path, String what) {
    return new IllegalArgumentException("%s is wrong at %s: %s".formatted(file, path, what));
  }

  private static String version(String yaml) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
