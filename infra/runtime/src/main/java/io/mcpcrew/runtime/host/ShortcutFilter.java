package io.mcpcrew.runtime.host;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Stands before everything else and takes the requests for which there is a [Shortcut].
final class ShortcutFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Shortcut.Handler> exact = new ConcurrentHashMap<>();

  /// By what their paths begin with.
  private final transient Map<String, Shortcut.Handler> below = new ConcurrentHashMap<>();

  void add(Shortcut shortcut) {
    String path = shortcut.path();
    if (path.endsWith("/*")) {
      below.put(path.substring(0, path.length() - 1), shortcut.handler());
    } else {
      exact.put(path, shortcut.handler());
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Shortcut.Handler shortcut = of(request.getRequestURI());
    if (shortcut == null || !shortcut.serve(request, response)) {
      chain.doFilter(request, response);
    }
  }

  private Shortcut.@Nullable Handler of(String path) {
    Shortcut.Handler known = exact.get(path);
    if (known != null) {
      return known;
    }
    for (var some : below.entrySet()) {
      if (path.startsWith(some.getKey())) {
        return some.getValue();
      }
    }
    return null;
  }
}
