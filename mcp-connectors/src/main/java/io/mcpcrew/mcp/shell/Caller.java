package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tokens.Grant;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/// Who calls, by the token of this very request, and how the caller hears of a call that runs.
record Caller(Grant grant, Reporter reporter) {
  private static final String GRANT = "grant";

  /// From here on the request carries its grant.
  static void mark(HttpServletRequest request, Grant grant) {
    request.setAttribute(GRANT, grant);
  }

  static Grant grant(HttpServletRequest request) {
    return granted(request.getAttribute(GRANT));
  }

  static Grant grant(McpTransportContext context) {
    return granted(context.get(GRANT));
  }

  static McpTransportContext context(HttpServletRequest request) {
    return McpTransportContext.create(Map.of(GRANT, grant(request)));
  }

  private static Grant granted(Object found) {
    if (found instanceof Grant grant) {
      return grant;
    }
    throw new IllegalStateException("a call without a grant came through");
  }
}
