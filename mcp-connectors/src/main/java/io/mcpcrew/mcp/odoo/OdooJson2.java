package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.SystemRefusal;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Odoo's JSON-2: one call, one account's database and key. Knows which of Odoo's answers are the
/// caller's mistake, which will pass, and that every error carries a traceback that nobody may see.
final class OdooJson2 {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A database's complaint about a value is a mistake too, and how it is doing is not.
  private static final List<String> MISTAKES =
      List.of(
          "ValueError",
          "TypeError",
          "KeyError",
          "AttributeError",
          "InvalidTextRepresentation",
          "NumericValueOutOfRange",
          "InvalidDatetimeFormat");

  private final GuardedHttp http;

  OdooJson2(GuardedHttp http) {
    this.http = http;
  }

  /// Odoo understood and said no; its sentence may be shown to a model.
  static final class Refusal extends SystemRefusal {
    private static final long serialVersionUID = 1L;

    Refusal(@Nullable String message) {
      super(message);
    }

    boolean says(String part) {
      return String.valueOf(getMessage()).contains(part);
    }
  }

  /// What is there of what was searched for and may be seen; Odoo keeps quiet about the rest.
  List<Row> search(OdooCall call, String model, Query query)
      throws IOException, InterruptedException {
    return rows(call(call, model, "search_read", query.body()));
  }

  /// A record by its id; empty when there is none. One that may not be seen is a refusal.
  Optional<Row> read(OdooCall call, String model, long id, List<String> fields)
      throws IOException, InterruptedException {
    return rows(call(call, model, "read", Map.of("ids", List.of(id), "fields", fields))).stream()
        .findFirst();
  }

  private static List<Row> rows(JsonNode answer) throws IOException {
    if (!answer.isArray()) {
      throw new IOException("Odoo answered something else than records");
    }
    var rows = new ArrayList<Row>();
    answer.forEach(row -> rows.add(new Row(row)));
    return rows;
  }

  /// @throws Refusal when the same call can never succeed
  /// @throws IOException when it may succeed later
  JsonNode call(OdooCall call, String model, String method, Map<String, ?> body)
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
      throw new Refusal(e.getMessage() + "; ask for fewer records or fields");
    }
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

  private static boolean isMistake(JsonNode json) {
    String name = json.path("name").asString("");
    return MISTAKES.stream().anyMatch(name::endsWith);
  }

  static String firstLine(String said) {
    String line = said.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300);
  }
}
