package io.mcpcrew.runtime.tenant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import java.util.Map;

/// A condition over what is known of a turn before it is worked, compiled when settings are read.
public final class Condition {
  private static final CelCompiler LANGUAGE =
      BoundedCel.language(
          Map.ofEntries(
              Map.entry("intent", SimpleType.STRING),
              Map.entry("confidence", SimpleType.DOUBLE),
              Map.entry("channel", SimpleType.STRING),
              Map.entry("inbox", SimpleType.STRING),
              Map.entry("language", SimpleType.STRING),
              Map.entry("open", SimpleType.BOOL),
              Map.entry("hour", SimpleType.INT),
              Map.entry("weekday", SimpleType.INT),
              Map.entry("turns", SimpleType.INT),
              Map.entry("messages", SimpleType.INT),
              Map.entry("attachments", SimpleType.INT),
              Map.entry("entities", MapType.create(SimpleType.STRING, SimpleType.STRING))));

  private final String text;
  private final BoundedCel cel;

  private Condition(String text, BoundedCel cel) {
    this.text = text;
    this.cel = cel;
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
    return new Condition(text, BoundedCel.of(LANGUAGE, text));
  }

  /// What it asks for and is not there (an entity, say) makes it false.
  public boolean holds(Sight sight) {
    return cel.holds(sight.variables());
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
