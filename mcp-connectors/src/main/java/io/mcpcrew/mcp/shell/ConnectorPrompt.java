package io.mcpcrew.mcp.shell;

import java.util.List;

/// A message that a person can pick instead of writing it: how clients see it, and the function
/// that fills it in. It names no account: it is written for the account of the caller's token.
///
/// @param body answers with what the person would have written as the result's text
public record ConnectorPrompt(
    String name,
    String title,
    String description,
    List<Argument> arguments,
    ConnectorTool.Body body) {

  public ConnectorPrompt {
    arguments = List.copyOf(arguments);
  }

  /// What the person is asked for.
  public record Argument(String name, String description, boolean required) {}
}
