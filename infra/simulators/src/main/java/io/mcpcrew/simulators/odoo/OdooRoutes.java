package io.mcpcrew.simulators.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.JacksonException;

/// JSON-2 over HTTP: chooses the database, then looks at the key, then at the body, in this order.
final class OdooRoutes {
  private static final Logger LOGGER = LoggerFactory.getLogger(OdooRoutes.class);
  private static final MediaType HTML = MediaType.parseMediaType("text/html; charset=utf-8");
  private static final String NOT_FOUND =
      "The requested URL was not found on the server. If you entered the URL manually please check"
          + " your spelling and try again.";

  private final Map<String, Database> databases = new LinkedHashMap<>();
  private final long delayMs;

  OdooRoutes(List<Database> databases, long delayMs) {
    databases.forEach(database -> this.databases.put(database.name(), database));
    this.delayMs = delayMs;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/web/version", _ -> version())
        .GET("/json/version", _ -> version())
        .POST("/json/2/{model}/{method}", this::inTime)
        .GET("/json/2/**", this::wrongVerb)
        .build();
  }

  private static ServerResponse version() {
    return OdooJson.answer(
        200, OdooJson.object("version", "19.0", "version_info", List.of(19, 0, 0, "final", 0, "")));
  }

  private ServerResponse wrongVerb(ServerRequest request) {
    return database(request).isEmpty()
        ? page(NOT_FOUND)
        : page("Did you mean POST /json/2/<model>/<method>?");
  }

  /// As slow as the settings want it, without keeping anybody else waiting.
  private ServerResponse inTime(ServerRequest request) throws InterruptedException {
    long begun = System.nanoTime();
    ServerResponse answer = answered(request);
    long left = delayMs - (System.nanoTime() - begun) / 1_000_000;
    if (left > 0) {
      Thread.sleep(left);
    }
    return answer;
  }

  private ServerResponse answered(ServerRequest request) {
    Optional<Database> database = database(request);
    if (database.isEmpty()) {
      return page(NOT_FOUND);
    }
    if (!isJson(request)) {
      return page(415, "Unsupported Media Type", "Please verify the Content-Type request header.");
    }
    try {
      requireKey(database.get(), request);
      return OdooJson.answer(
          200,
          database
              .get()
              .call(request.pathVariable("model"), request.pathVariable("method"), body(request)));
    } catch (OdooError e) {
      return OdooJson.answer(e.status(), e.body());
    } catch (Exception e) {
      LOGGER.atError().addKeyValue("path", request.path()).setCause(e).log("simulator failed");
      return OdooJson.answer(500, OdooError.value("Internal Server Error").body());
    }
  }

  private static boolean isJson(ServerRequest request) {
    return request
        .headers()
        .contentType()
        .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON))
        .isPresent();
  }

  /// By header; without one only where there is no choice.
  private Optional<Database> database(ServerRequest request) {
    String name = request.headers().firstHeader("X-Odoo-Database");
    if (name == null) {
      return databases.size() == 1 ? databases.values().stream().findFirst() : Optional.empty();
    }
    return Optional.ofNullable(databases.get(name));
  }

  private static void requireKey(Database database, ServerRequest request) {
    String header = request.headers().firstHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, "bearer ", 0, 7)) {
      throw OdooError.unauthorized(
          "User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    if (!database.isOpenedBy(header.substring(7).strip())) {
      throw OdooError.unauthorized("Invalid apikey");
    }
  }

  private static Map<String, @Nullable Object> body(ServerRequest request) throws Exception {
    try {
      Object body = OdooJson.MAPPER.readValue(request.body(byte[].class), Object.class);
      if (body instanceof Map<?, ?>) {
        return Call.object("body", body);
      }
    } catch (JacksonException e) {
      throw OdooError.badRequest("could not parse the body as json: " + e.getOriginalMessage());
    }
    throw OdooError.badRequest("could not parse the body, expecting a json object");
  }

  private static ServerResponse page(String text) {
    return page(404, "Not Found", text);
  }

  /// What is answered before JSON-2 has its say is HTML.
  private static ServerResponse page(int status, String title, String text) {
    return ServerResponse.status(status)
        .contentType(HTML)
        .body(
            "<!doctype html>\n<html lang=en>\n<title>%d %s</title>\n<h1>%s</h1>\n<p>%s</p>\n"
                .formatted(status, title, title, HtmlUtils.htmlEscape(text, "UTF-8")));
  }
}
