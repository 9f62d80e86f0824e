package io.mcpcrew.runtime.tenant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/// A condition in CEL over what is known of a turn before it is worked. It has no loops and its
/// patterns are linear, so its cost is bounded by its length and that of what it sees; it is
/// compiled, with its types, when settings are read.
public final class Condition {
  static final int LONGEST = 500;

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.HAS)
          .addVar("intent", SimpleType.STRING)
          .addVar("confidence", SimpleType.DOUBLE)
          .addVar("channel", SimpleType.STRING)
          .addVar("inbox", SimpleType.STRING)
          .addVar("language", SimpleType.STRING)
          .addVar("open", SimpleType.BOOL)
          .addVar("hour", SimpleType.INT)
          .addVar("weekday", SimpleType.INT)
          .addVar("turns", SimpleType.INT)
          .addVar("messages", SimpleType.INT)
          .addVar("attachments", SimpleType.INT)
          .addVar("entities", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder().build();

  private final String text;
  private final CelRuntime.Program program;

  private Condition(String text, CelRuntime.Program program) {
    this.text = text;
    this.program = program;
  }

  /// What a condition sees of a turn.
  ///
  /// @param open whether people of the company are there
  /// @param hour of the company's clock
  /// @param weekday 1 for Monday to 7 for Sunday
  /// @param turns that the conversation had before
  /// @param entities by kind, the first of each
  public record Sight(
      String intent,
      double confidence,
      String channel,
      String inbox,
      String language,
      boolean open,
      int hour,
      int weekday,
      long turns,
      int messages,
      int attachments,
      Map<String, String> entities) {

    private Map<String, Object> variables() {
      return Map.ofEntries(
          Map.entry("intent", intent),
          Map.entry("confidence", confidence),
          Map.entry("channel", channel),
          Map.entry("inbox", inbox),
          Map.entry("language", language),
          Map.entry("open", open),
          Map.entry("hour", (long) hour),
          Map.entry("weekday", (long) weekday),
          Map.entry("turns", turns),
          Map.entry("messages", (long) messages),
          Map.entry("attachments", (long) attachments),
          Map.entry("entities", entities));
    }
  }

  /// @throws IllegalArgumentException with a sentence for the administrator
  @JsonCreator
  public static Condition of(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a condition has 1 to %d characters: '%s'".formatted(LONGEST, shown(text)));
    }
    try {
      CelAbstractSyntaxTree checked = COMPILER.compile(text).getAst();
      return new Condition(text, RUNTIME.createProgram(checked));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "the condition '%s' is refused: %s".formatted(shown(text), firstLine(e)), e);
    }
  }

  /// What it asks for and is not there (an entity, say) makes it false.
  public boolean holds(Sight sight) {
    try {
      return Boolean.TRUE.equals(program.eval(sight.variables()));
    } catch (CelEvaluationException asksForWhatIsNotThere) {
      return false;
    }
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
