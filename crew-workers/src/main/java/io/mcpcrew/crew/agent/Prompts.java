package io.mcpcrew.crew.agent;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.work.Errand;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an agent's model is told first: files by language and version. A change is a new version,
/// so that the name in the journal always means the same words.
final class Prompts {
  private static final String VERSION = "agent.v1";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final Map<String, Prompt> BY_LANGUAGE =
      List.of("pt", "en", "es").stream().collect(Collectors.toMap(l -> l, Prompts::read));

  private Prompts() {}

  /// @param name with the beginning of its text's hash, as steps name it
  record Prompt(String name, Template template) {}

  static Prompt in(String language) {
    Prompt prompt = BY_LANGUAGE.get(language);
    return prompt == null ? BY_LANGUAGE.getOrDefault("pt", read("pt")) : prompt;
  }

  /// @param before what other agents of the crew have found
  static String text(
      Prompt prompt,
      Errand errand,
      Crew.Agent agent,
      Crew.Job job,
      WriteGate writes,
      String before) {
    var turn = errand.turn();
    Map<String, Object> facts = new HashMap<>();
    facts.put("company", errand.tenant().document().name());
    facts.put("role", agent.role());
    facts.put("goal", agent.goal());
    facts.put("background", agent.background());
    facts.put("task", job.task());
    facts.put("result", job.result());
    facts.put("tone", errand.crew().style().tone());
    facts.put("emoji", errand.crew().style().emoji());
    facts.put("writes", writes != WriteGate.NEVER);
    // The day of the turn, not of the attempt: a later attempt asks the same.
    facts.put("today", DAY.format(turn.openedAt().atZone(errand.tenant().document().timezone())));
    facts.put("intent", errand.task().intent().name());
    facts.put("known", known(errand));
    facts.put("before", before);
    return prompt.template().execute(facts).strip();
  }

  private static String known(Errand errand) {
    Map<String, String> known = new TreeMap<>();
    errand.memory().forEach((Slot slot) -> known.put(slot.name(), slot.value().readable()));
    errand.task().entities().forEach((Entity e) -> known.put(e.kind(), e.value().readable()));
    return known.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining("; "));
  }

  private static Prompt read(String language) {
    String path = "/io/mcpcrew/crew/prompts/%s.%s.md".formatted(VERSION, language);
    try (InputStream in = Prompts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + path);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String name = "%s.%s@%s".formatted(VERSION, language, hash(text));
      return new Prompt(
          name, Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).compile(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
