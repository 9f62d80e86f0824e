package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The way of Odoo 16 to 18: `execute_kw` with the number of a user, over either wire. The
/// account's settings name the user's login; its number is asked for once.
final class OdooRpc implements OdooProtocol {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RpcWire wire;
  private final Map<User, Long> numbers = new ConcurrentHashMap<>();

  OdooRpc(RpcWire wire) {
    this.wire = wire;
  }

  private record User(AccountId account, Tenant.Odoo odoo) {}

  @Override
  public JsonNode call(OdooCall call, String model, String method, Map<String, ?> body)
      throws IOException, InterruptedException {
    RpcArguments arguments = RpcArguments.of(method, body);
    Tenant.Odoo odoo = call.odoo();
    RpcWire.Reply reply =
        wire.send(
            call,
            "object",
            "execute_kw",
            List.of(
                odoo.database(),
                number(call),
                odoo.apiKey().reveal(),
                model,
                arguments.method(),
                arguments.positional(),
                arguments.named()));
    return switch (reply) {
      case RpcWire.Reply.Value(JsonNode json) ->
          method.equals("formatted_read_group") ? groups(json, body) : json;
      case RpcWire.Reply.Fault fault -> throw failure(fault, model);
    };
  }

  private long number(OdooCall call) throws IOException, InterruptedException {
    var user = new User(call.account(), call.odoo());
    Long known = numbers.get(user);
    if (known != null) {
      return known;
    }
    String login = call.odoo().login();
    if (login == null) {
      throw new OdooRefusal(
          "this account's settings must name the login of the Odoo user to whom the key belongs");
    }
    RpcWire.Reply reply =
        wire.send(
            call,
            "common",
            "authenticate",
            List.of(call.odoo().database(), login, call.odoo().apiKey().reveal(), Map.of()));
    switch (reply) {
      case RpcWire.Reply.Fault fault -> throw failure(fault, "common");
      case RpcWire.Reply.Value(JsonNode json) -> {
        // A wrong password is answered with false.
        if (!json.isNumber()) {
          throw OdooRefusal.key();
        }
        numbers.put(user, json.asLong());
        return json.asLong();
      }
    }
  }

  private static IOException failure(RpcWire.Reply.Fault fault, String model) throws IOException {
    String said = fault.said();
    return switch (fault.kind()) {
      case KEY -> throw OdooRefusal.key();
      case DATABASE -> throw OdooRefusal.database();
      case NOT_ALLOWED -> throw OdooRefusal.notAllowed(said);
      case MISSING -> throw OdooRefusal.missing(said);
      case REFUSED -> throw OdooRefusal.refused(said);
      case NOT_UNDERSTOOD -> throw OdooRefusal.notUnderstood(model, said);
      case FAILED -> new IOException("Odoo could not do it");
    };
  }

  /// The measures under the names that were asked for.
  private static JsonNode groups(JsonNode groups, Map<String, ?> body) throws IOException {
    if (!groups.isArray()) {
      throw new IOException("Odoo answered something else than groups");
    }
    var told = JSON.createArrayNode();
    for (JsonNode group : groups) {
      ObjectNode copy = told.addObject();
      group
          .properties()
          .forEach(field -> {
            if (!field.getKey().startsWith("__") || field.getKey().equals("__count")) {
              copy.set(field.getKey(), field.getValue());
            }
          });
      if (body.get("aggregates") instanceof List<?> aggregates) {
        for (Object aggregate : aggregates) {
          JsonNode value = copy.remove(RpcArguments.named(aggregate.toString()));
          if (value != null) {
            copy.set(aggregate.toString(), value);
          }
        }
      }
    }
    return Objects.requireNonNull(told);
  }
}
