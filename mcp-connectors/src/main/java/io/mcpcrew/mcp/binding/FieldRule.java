package io.mcpcrew.mcp.binding;

import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import io.mcpcrew.runtime.settings.Filling;
import io.mcpcrew.runtime.tenant.BoundedCel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How a field of a record is made from an `item` of a foreign answer, and the `arguments` of the
/// call.
sealed interface FieldRule {
  String ITEM = "item";
  String ARGUMENTS = "arguments";
  CelCompiler LANGUAGE =
      BoundedCel.language(
          Map.of(
              ITEM, MapType.create(SimpleType.STRING, SimpleType.DYN),
              ARGUMENTS, MapType.create(SimpleType.STRING, SimpleType.DYN)));

  /// @param facts with `item` and `arguments`
  /// @return empty when what it is made of is not there
  Optional<Object> value(Map<String, Object> facts);

  /// `"{item.sku}"`, or a value that is always the same.
  record Filled(Object template) implements FieldRule {
    @Override
    public Optional<Object> value(Map<String, Object> facts) {
      return Filling.value(template, facts);
    }
  }

  /// `{holds: "item.quantity > 0"}`
  record Holds(BoundedCel condition) implements FieldRule {
    @Override
    public Optional<Object> value(Map<String, Object> facts) {
      return Optional.of(condition.holds(facts));
    }
  }

  /// `{of: "{item.status}", words: {open: sale}, else: draft}`
  record Words(String template, Map<String, Object> words, Optional<Object> otherwise)
      implements FieldRule {
    @Override
    public Optional<Object> value(Map<String, Object> facts) {
      return Optional.ofNullable(words.get(Filling.written(template, facts))).or(() -> otherwise);
    }
  }

  /// @throws IllegalArgumentException with a sentence for who has written the file
  static FieldRule of(Object written) {
    if (!(written instanceof Map<?, ?> map)) {
      check(written);
      return new Filled(written);
    }
    if (map.keySet().equals(Set.of("holds"))) {
      return new Holds(BoundedCel.of(LANGUAGE, String.valueOf(map.get("holds"))));
    }
    boolean known = Set.of("of", "words", "else").containsAll(map.keySet());
    if (known
        && map.get("of") instanceof String of
        && map.get("words") instanceof Map<?, ?> words) {
      check(of);
      Map<String, Object> translated = new TreeMap<>();
      words.forEach((from, to) -> translated.put(String.valueOf(from), to));
      return new Words(of, translated, Optional.ofNullable(map.get("else")));
    }
    throw new IllegalArgumentException(
        "a field is a text such as \"{item.name}\", {holds: condition}, or {of: text, words: {theirs: ours}, else: ours}");
  }

  private static void check(Object template) {
    for (String name : Filling.names(template)) {
      if (!Set.of(ITEM, ARGUMENTS).contains(name)) {
        throw new IllegalArgumentException(
            "{%s} is not known here: there are {item.…} and {arguments.…}".formatted(name));
      }
    }
  }
}
