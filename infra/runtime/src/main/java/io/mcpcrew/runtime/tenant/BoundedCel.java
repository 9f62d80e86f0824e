package io.mcpcrew.runtime.tenant;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/// A condition in CEL that somebody else writes. It has no loops and its patterns are linear, so
/// its cost is bounded by its length and that of what it sees; it is compiled, with its types, when
/// it is read.
public final class BoundedCel {
  public static final int LONGEST = 500;

  /// Whole and decimal numbers compare as people expect: 2.5 is more than 2.
  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;

  private BoundedCel(CelRuntime.Program program) {
    this.program = program;
  }

  /// A language with these variables.
  public static CelCompiler language(Map<String, CelType> variables) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .setResultType(SimpleType.BOOL);
    variables.forEach(builder::addVar);
    return builder.build();
  }

  /// @throws IllegalArgumentException with a sentence for who has written it
  public static BoundedCel of(CelCompiler language, String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a condition has 1 to %d characters: '%s'".formatted(LONGEST, shown(text)));
    }
    try {
      CelAbstractSyntaxTree checked = language.compile(text).getAst();
      return new BoundedCel(RUNTIME.createProgram(checked));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "the condition '%s' is refused: %s".formatted(shown(text), firstLine(e)), e);
    }
  }

  /// What it asks for and is not there makes it false.
  public boolean holds(Map<String, Object> variables) {
    try {
      return Boolean.TRUE.equals(program.eval(variables));
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
}
