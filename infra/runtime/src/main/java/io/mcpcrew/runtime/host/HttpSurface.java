package io.mcpcrew.runtime.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The routes of all services that run in this process, behind the one HTTP server of the parent
/// context.
public final class HttpSurface implements RouterFunction<ServerResponse> {
  private final List<RouterFunction<ServerResponse>> routes = new CopyOnWriteArrayList<>();

  void add(RouterFunction<ServerResponse> route) {
    routes.add(route);
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    for (RouterFunction<ServerResponse> route : routes) {
      Optional<HandlerFunction<ServerResponse>> handler = route.route(request);
      if (handler.isPresent()) {
        return handler;
      }
    }
    return Optional.empty();
  }
}
