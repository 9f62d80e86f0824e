package io.mcpcrew.mcp.shell;

import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// One address of a connector. The request is marked with its grant before it comes here.
interface Endpoint extends AutoCloseable {

  /// Whether requests of this method are for it.
  boolean takes(String method);

  void serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException;

  @Override
  void close();

  /// Against pages that a browser was led to: what names an origin that is not allowed is refused.
  static DefaultServerTransportSecurityValidator origins(ConnectorSettings settings) {
    return DefaultServerTransportSecurityValidator.builder()
        .allowedOrigins(settings.origins())
        .build();
  }
}
