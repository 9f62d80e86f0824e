package io.mcpcrew.crew.guard;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Words that are meant for the model and not for us, in Portuguese, English and Spanish. Patterns
/// are linear-time, since anybody may write what they are matched with. They catch the common and
/// the careless; what a tool can do is what really bounds an attack.
public final class Injection {
  private static final List<Pattern> PATTERNS =
      List.of(
          // Forget what you were told.
          pattern(
              "(ignor\\w*|esquec\\w*|desconsider\\w*|desobedec\\w*|disregard|forget|override|olvid\\w*|omit\\w*)"
                  + " (\\w+ ){0,4}"
                  + "(instruc\\w*|instruction\\w*|regras?|rules?|reglas?|prompts?|orden\\w*|ordem|orders|diretriz\\w*|guidelines|directrices|restric\\w*)"),
          // You are somebody else now.
          pattern(
              "(a partir de agora|de agora em diante|from now on|desde ahora|a partir de ahora),? (voce|tu|you|vos|usted)\\b"),
          pattern(
              "\\b(voce|you|tu|usted) (agora|now|ahora)? ?(e|es|are|eres) (um|uma|an|a|un|una|agora|now|ahora) (\\w+ ){0,3}(sem (restric|limit|filtr|regras)\\w*|without (restrict|limit|filter|rule)\\w*|sin (restric|limit|filtr|reglas)\\w*)"),
          pattern(
              "\\b(modo|mode) (desenvolvedor|developer|desarrollador|dan|debug|deus|god|jailbreak)\\b|\\b(desenvolvedor|developer|dan|god|debug) mode\\b|\\bjailbreak\\b"),
          // Show what you were told.
          pattern(
              "(mostr\\w*|revel\\w*|repit\\w*|repet\\w*|imprim\\w*|exib\\w*|show|reveal|repeat|print|display|ensen\\w*|muestr\\w*)"
                  + " (\\w+ ){0,4}"
                  + "(prompt\\w*|system message|mensagem do sistema|mensaje del sistema|(instruc\\w*|instructions) (do|del|of|iniciais|internas|secretas|above|anteriores|iniciales)|your instructions|suas instruc\\w*|tus instruc\\w*)"),
          pattern("\\b(system|developer) prompt\\b|\\bprompt (do|del) sistema\\b"),
          // Signs of the wire.
          pattern(
              "<\\|(im_start|im_end|system|endoftext)\\|>|\\[/?inst\\]|<</?sys>>|</?(system|instructions?|tool_call)>|^\\s*(system|assistant|developer) ?:"),
          // Orders to use tools that come from where only data comes from.
          pattern(
              "\\b(call|invoke|execute|chame|invoque|execut\\w*|llam\\w*|ejecut\\w*) (the |a |o |la |el )?(tool|function|ferramenta|funcao|herramienta|funcion)\\b"));

  private Injection() {}

  private static Pattern pattern(String text) {
    return Pattern.compile(text, Pattern.MULTILINE);
  }

  /// The words that look like orders to the model, if there are.
  public static Optional<String> find(String text) {
    // As one line, since orders may be broken over several; and line by line, for signs at their
    // beginning.
    List<String> lines = text.lines().map(Folded::of).toList();
    Optional<String> whole = find(PATTERNS, Folded.of(text));
    return lines.size() < 2 ? whole : whole.or(() -> find(PATTERNS, String.join("\n", lines)));
  }

  private static Optional<String> find(List<Pattern> patterns, String folded) {
    return patterns.stream()
        .map(pattern -> pattern.matcher(folded))
        .filter(com.google.re2j.Matcher::find)
        .map(com.google.re2j.Matcher::group)
        .findFirst();
  }

  /// The same result with the texts taken out that look like orders.
  public static Object without(Object value, String instead) {
    return switch (value) {
      case String text -> find(text).isPresent() ? instead : text;
      case Map<?, ?> map -> {
        var clean = new TreeMap<String, Object>();
        map.forEach((key, inner) -> clean.put(String.valueOf(key), without(inner, instead)));
        yield clean;
      }
      case List<?> list -> list.stream().map(inner -> without(inner, instead)).toList();
      default -> value;
    };
  }
}
