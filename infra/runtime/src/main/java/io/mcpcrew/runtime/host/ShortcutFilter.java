package io.mcpcrew.runtime.host;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Stands before everything else and takes the requests for which there is a [Shortcut].
final class ShortcutFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Shortcut.Handler> shortcuts = new ConcurrentHashMap<>();

  void add(Shortcut shortcut) {
    shortcuts.put(shortcut.path(), shortcut.handler());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Shortcut.Handler shortcut = shortcuts.get(request.getRequestURI());
    if (shortcut == null || !shortcut.serve(request, response)) {
      chain.doFilter(request, response);
    }
  }
}
