package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.contract.EffectClass;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool: how models and workers see it, and the function behind it.
///
/// @param capability what crews and playbooks name instead of the tool, such as `catalog.find`, so
///   that another system can stand in
/// @param effect what repeating a call does to the world
/// @param checkedBy for a checkable effect, the tool that tells whether it happened
/// @param destroys whether something may be lost that nobody can bring back
public record ConnectorTool(
    String name,
    String title,
    String description,
    @Nullable String capability,
    EffectClass effect,
    @Nullable String checkedBy,
    boolean destroys,
    Map<String, Object> inputSchema,
    Map<String, Object> outputSchema,
    Body body) {

  /// The same, told to clients as one that may destroy.
  public ConnectorTool destructive() {
    return new ConnectorTool(
        name,
        title,
        description,
        capability,
        effect,
        checkedBy,
        true,
        inputSchema,
        outputSchema,
        body);
  }

  /// The function. Pure of admission: it is only called for an account's own caller.
  @FunctionalInterface
  public interface Body {
    /// @throws IllegalArgumentException for arguments that make no sense, with a reason for the
    ///   caller
    /// @throws IOException when the system behind does not answer; may be tried again
    ToolAnswer answer(ToolCall call) throws IOException, InterruptedException;
  }

  /// A tool that changes nothing.
  public static ConnectorTool read(
      String name,
      String title,
      String description,
      @Nullable String capability,
      JsonSchema arguments,
      JsonSchema result,
      Body body) {
    return new ConnectorTool(
        name,
        title,
        description,
        capability,
        EffectClass.READ,
        null,
        false,
        arguments.strict(),
        result.build(),
        body);
  }

  /// A tool that writes, and of whose effect another tool can be asked.
  public static ConnectorTool checkable(
      String name,
      String title,
      String description,
      @Nullable String capability,
      String checkedBy,
      JsonSchema arguments,
      JsonSchema result,
      Body body) {
    return writing(
        EffectClass.CHECKABLE,
        name,
        title,
        description,
        capability,
        checkedBy,
        arguments,
        result,
        body);
  }

  /// A tool that writes into a system which itself refuses a second effect of the same key.
  public static ConnectorTool keyed(
      String name,
      String title,
      String description,
      @Nullable String capability,
      String checkedBy,
      JsonSchema arguments,
      JsonSchema result,
      Body body) {
    return writing(
        EffectClass.KEYED,
        name,
        title,
        description,
        capability,
        checkedBy,
        arguments,
        result,
        body);
  }

  /// A tool of whose effect nobody can be asked.
  public static ConnectorTool blind(
      String name,
      String title,
      String description,
      JsonSchema arguments,
      JsonSchema result,
      Body body) {
    return writing(
        EffectClass.BLIND, name, title, description, null, null, arguments, result, body);
  }

  private static ConnectorTool writing(
      EffectClass effect,
      String name,
      String title,
      String description,
      @Nullable String capability,
      @Nullable String checkedBy,
      JsonSchema arguments,
      JsonSchema result,
      Body body) {
    return new ConnectorTool(
        name,
        title,
        description,
        capability,
        effect,
        checkedBy,
        false,
        arguments.strict(),
        result.build(),
        body);
  }
}
