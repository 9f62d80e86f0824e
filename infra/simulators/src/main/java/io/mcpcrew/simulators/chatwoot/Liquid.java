package io.mcpcrew.simulators.chatwoot;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of Liquid that outgoing messages meet: `{{contact.name}}`, string literals, `raw`
/// blocks, the filters `default`, `upcase`, `downcase` and `capitalize`. Text in backticks is left
/// alone, as Chatwoot does. What cannot be read leaves the whole text as it was.
final class Liquid {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\{%-?\\s*raw\\s*-?%\\}(.*?)\\{%-?\\s*endraw\\s*-?%\\}|`[^`]*`|\\{\\{(.*?)\\}\\}",
          Pattern.DOTALL);
  private static final Pattern PIPE = Pattern.compile("\\|");
  private static final Pattern LEFT_OVER = Pattern.compile("\\{\\{|\\{%");
  private static final Pattern VARIABLE = Pattern.compile("[a-z_]+(\\.[a-z_]+)*");

  private Liquid() {}

  static @Nullable String render(@Nullable String text, Map<String, @Nullable Object> variables) {
    if (text == null || !LEFT_OVER.matcher(text).find() || hasUnknownTags(text)) {
      return text;
    }
    return TOKEN.matcher(text).replaceAll(match -> literal(replacement(match, variables)));
  }

  private static boolean hasUnknownTags(String text) {
    return LEFT_OVER.matcher(TOKEN.matcher(text).replaceAll("")).find();
  }

  private static String literal(String text) {
    return Matcher.quoteReplacement(text);
  }

  private static String replacement(
      java.util.regex.MatchResult match, Map<String, @Nullable Object> variables) {
    if (match.group(1) != null) {
      return match.group(1);
    }
    return match.group(2) == null ? match.group() : evaluated(match.group(2), variables);
  }

  private static String evaluated(String expression, Map<String, @Nullable Object> variables) {
    List<String> parts = PIPE.splitAsStream(expression).map(String::strip).toList();
    String value = value(parts.getFirst(), variables);
    for (String filter : parts.subList(1, parts.size())) {
      value = filter(filter).apply(value);
    }
    return value;
  }

  private static String value(String term, Map<String, @Nullable Object> variables) {
    if (isQuoted(term)) {
      return term.substring(1, term.length() - 1);
    }
    Object found = VARIABLE.matcher(term).matches() ? variables.get(term) : null;
    return found == null ? "" : found.toString();
  }

  private static boolean isQuoted(String term) {
    return term.length() > 1 && (term.matches("'[^']*'") || term.matches("\"[^\"]*\""));
  }

  private static Function<String, String> filter(String filter) {
    String[] parts = filter.split(":", 2);
    return switch (parts[0].strip()) {
      case "default" ->
          value -> value.isEmpty() && parts.length > 1 ? value(parts[1].strip(), Map.of()) : value;
      case "upcase" -> value -> value.toUpperCase(Locale.ROOT);
      case "downcase" -> value -> value.toLowerCase(Locale.ROOT);
      case "capitalize" ->
          value ->
              value.isEmpty()
                  ? value
                  : value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
      default -> Function.identity();
    };
  }
}
