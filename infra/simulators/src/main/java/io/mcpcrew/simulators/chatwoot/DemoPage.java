package io.mcpcrew.simulators.chatwoot;

import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// The page itself: three files, nothing from outside.
final class DemoPage {
  private static final Map<String, MediaType> FILES =
      Map.of(
          "demo.css", MediaType.parseMediaType("text/css;charset=utf-8"),
          "demo.js", MediaType.parseMediaType("text/javascript;charset=utf-8"),
          "words.js", MediaType.parseMediaType("text/javascript;charset=utf-8"),
          "icon.svg", MediaType.parseMediaType("image/svg+xml"));
  private static final String OWN_ONLY =
      "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'";

  private DemoPage() {}

  static RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/", _ -> file("index.html", MediaType.parseMediaType("text/html;charset=utf-8")))
        .GET("/demo", _ -> file("index.html", MediaType.parseMediaType("text/html;charset=utf-8")))
        .GET("/demo/assets/{name}", request -> asset(request.pathVariable("name")))
        .build();
  }

  private static ServerResponse asset(String name) {
    MediaType type = FILES.get(name);
    return type == null ? ServerResponse.notFound().build() : file(name, type);
  }

  private static ServerResponse file(String name, MediaType type) {
    return ServerResponse.ok()
        .contentType(type)
        .header("Cache-Control", "no-cache")
        .header("Content-Security-Policy", OWN_ONLY)
        .body(new ClassPathResource("/io/mcpcrew/simulators/chatwoot/page/" + name));
  }
}
