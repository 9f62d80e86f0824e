package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Odoo's JSON-2, from 19 on: one call, one account's database and key. Knows which answers are the
/// caller's mistake, which will pass, and that every error carries a traceback that nobody may see.
final class OdooJson2 implements OdooProtocol {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GuardedHttp http;

  OdooJson2(GuardedHttp http) {
    this.http = http;
  }

  @Override
  public JsonNode call(OdooCall call, String model, String method, Map<String, ?> body)
      throws IOException, InterruptedException {
    Tenant.Odoo odoo = call.odoo();
    URI uri = URI.create("%s/json/2/%s/%s".formatted(odoo.url(), model, method));
    var request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "bearer " + odoo.apiKey().reveal())
            .header("X-Odoo-Database", odoo.database())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      return read(http.send(request, call.left()), model);
    } catch (GuardedHttp.AnswerTooLarge e) {
      throw OdooRefusal.tooMuch(e);
    }
  }

  private static JsonNode read(GuardedHttp.Answer answer, String model) throws IOException {
    JsonNode json = parsed(answer);
    if (answer.isSuccess()) {
      return json;
    }
    String said = json.path("message").asString("");
    switch (answer.status()) {
      case 401 -> throw OdooRefusal.key();
      case 403 -> throw OdooRefusal.notAllowed(said);
      case 404 -> throw json.isMissingNode() ? OdooRefusal.database() : OdooRefusal.missing(said);
      case 400, 422 -> throw OdooRefusal.refused(said);
      default -> {
        // Unknown fields and argument names come as 500 too; trying them again would not help.
        if (answer.status() == 500 && OdooRefusal.isMistake(json.path("name").asString(""))) {
          throw OdooRefusal.notUnderstood(model, said);
        }
        throw new IOException("Odoo answered " + answer.status());
      }
    }
  }

  private static JsonNode parsed(GuardedHttp.Answer answer) throws IOException {
    try {
      JsonNode json = JSON.readTree(answer.text());
      if (json.isMissingNode() && answer.isSuccess()) {
        throw new IOException("Odoo answered nothing");
      }
      return json;
    } catch (JacksonException notJson) {
      if (answer.isSuccess()) {
        throw new IOException("Odoo answered something that is not JSON", notJson);
      }
      return JSON.missingNode();
    }
  }
}
