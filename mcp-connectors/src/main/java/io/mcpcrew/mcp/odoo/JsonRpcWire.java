package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Odoo's `/jsonrpc`: always status 200, and errors have the names of Python's classes.
record JsonRpcWire(GuardedHttp http) implements RpcWire {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public Reply send(OdooCall call, String service, String method, List<?> arguments)
      throws IOException, InterruptedException {
    Map<String, Object> parameters =
        Map.of("service", service, "method", method, "args", arguments);
    var request =
        HttpRequest.newBuilder(URI.create(call.odoo().url() + "/jsonrpc"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(
                        Map.of("jsonrpc", "2.0", "id", 1, "method", "call", "params", parameters))))
            .build();
    try {
      GuardedHttp.Answer answer = http.send(request, call.left());
      if (!answer.isSuccess()) {
        throw new IOException("Odoo answered " + answer.status());
      }
      return read(JSON.readTree(answer.text()));
    } catch (JacksonException notJson) {
      throw new IOException("Odoo answered something that is not JSON", notJson);
    } catch (GuardedHttp.AnswerTooLarge e) {
      throw OdooRefusal.tooMuch(e);
    }
  }

  static Reply read(JsonNode answer) throws IOException {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      JsonNode data = error.path("data");
      String said = data.path("message").asString("");
      return new Reply.Fault(kind(data.path("name").asString(""), said), said);
    }
    // Nothing is a result too, and may then be left out.
    if (!answer.has("result") && !answer.has("jsonrpc")) {
      throw new IOException("Odoo answered something else than JSON-RPC");
    }
    return new Reply.Value(answer.has("result") ? answer.get("result") : JSON.nullNode());
  }

  /// @param name of the class, with or without its module
  static Kind kind(String name, String said) {
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return switch (plain) {
      case "AccessDenied" -> Kind.KEY;
      case "AccessError" -> Kind.NOT_ALLOWED;
      case "MissingError" -> Kind.MISSING;
      case "UserError", "ValidationError", "RedirectWarning" -> Kind.REFUSED;
      case "OperationalError" ->
          said.contains("database") && said.contains("does not exist")
              ? Kind.DATABASE
              : Kind.FAILED;
      default -> OdooRefusal.isMistake(plain) ? Kind.NOT_UNDERSTOOD : Kind.FAILED;
    };
  }
}
