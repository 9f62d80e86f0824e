package io.mcpcrew.mcp.shell;

import java.util.Map;

/// What a tool answers. Never a traceback, and nothing of another account.
public sealed interface ToolAnswer {

  /// @param text a line for those who read no structure; not a copy of it
  /// @param structured as the tool's output schema says
  record Result(String text, Map<String, Object> structured) implements ToolAnswer {
    public Result {
      structured = Map.copyOf(structured);
    }
  }

  /// The call makes no sense or is not allowed; the reason says what to do instead.
  record Refused(String reason) implements ToolAnswer {}

  /// The system behind did not answer well; the same call may succeed later.
  record Unavailable(String reason) implements ToolAnswer {}
}
