package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Odoo's JSON-2: one call, one account's database and key. Knows which of Odoo's answers are the
/// caller's mistake, which will pass, and that every error carries a traceback that nobody may see.
final class OdooJson2 {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GuardedHttp http;

  OdooJson2(GuardedHttp http) {
    this.http = http;
  }

  /// Odoo understood and said no; its sentence may be shown to a model.
  static final class Refusal extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /// @throws Refusal when the same call can never succeed
  /// @throws IOException when it may succeed later
  JsonNode call(
      Tenant.Odoo odoo, String model, String method, Map<String, Object> body, Duration deadline)
      throws IOException, InterruptedException {
    URI uri = URI.create("%s/json/2/%s/%s".formatted(odoo.url(), model, method));
    var request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "bearer " + odoo.apiKey().reveal())
            .header("X-Odoo-Database", odoo.database())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return read(http.send(request, deadline), model);
  }

  private static JsonNode read(GuardedHttp.Answer answer, String model) throws IOException {
    JsonNode json = parsed(answer);
    if (answer.isSuccess()) {
      return json;
    }
    String said = json.path("message").asString("");
    switch (answer.status()) {
      case 401 -> throw new Refusal("Odoo does not accept this account's key");
      case 403 -> throw new Refusal("this account's Odoo user may not do that: " + firstLine(said));
      case 404 ->
          throw json.isMissingNode()
              ? new Refusal("Odoo does not know this account's database")
              : new Refusal("Odoo does not have that: " + firstLine(said));
      case 400, 422 -> throw new Refusal("Odoo refused: " + firstLine(said));
      default -> {
        // Unknown fields and argument names come as 500 too; trying them again would not help.
        if (answer.status() == 500 && isMistake(json)) {
          throw new Refusal(
              "Odoo does not understand the request to %s: %s".formatted(model, firstLine(said)));
        }
        throw new IOException("Odoo answered " + answer.status());
      }
    }
  }

  private static JsonNode parsed(GuardedHttp.Answer answer) throws IOException {
    try {
      return answer.body().size() == 0 ? JSON.missingNode() : JSON.readTree(answer.text());
    } catch (JacksonException notJson) {
      if (answer.isSuccess()) {
        throw new IOException("Odoo answered something that is not JSON", notJson);
      }
      return JSON.missingNode();
    }
  }

  private static boolean isMistake(JsonNode json) {
    String name = json.path("name").asString("");
    return name.endsWith("ValueError") || name.endsWith("TypeError") || name.endsWith("KeyError");
  }

  private static String firstLine(String said) {
    String line = said.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300);
  }
}
