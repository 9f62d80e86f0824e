package io.mcpcrew.runtime.host;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// A way past Spring's filters and routing, for an address that is called so often that their cost
/// counts. Such requests are not in `http.server.requests`; who takes them measures them.
///
/// @param path exactly as it is called; with `/*` at its end all that is below it
public record Shortcut(String path, Handler handler) {

  /// Answers a request, or leaves it to the ordinary routes.
  @FunctionalInterface
  public interface Handler {
    /// @return false when nothing was read or written, and the ordinary route shall answer
    boolean serve(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }
}
