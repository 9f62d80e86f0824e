package io.mcpcrew.mcp.odoo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which protocol an account's Odoo is spoken to with. JSON-2 needs only a key; the older ones a
/// login too, so that without one there is nothing to find out. With one, the Odoo is asked for its
/// version: 19 and newer speak JSON-2, 16 to 18 JSON-RPC, or XML-RPC where something before them
/// lets only that through.
final class OdooVersions {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FIRST_WITH_JSON_2 = 19;
  private static final int OLDEST = 16;

  private final GuardedHttp http;
  private final RpcWire jsonRpc;
  private final RpcWire xmlRpc;
  private final Cache<Of, Dialect> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  private record Of(AccountId account, URI url) {}

  /// A protocol as the settings name it: `json-2`, `json-rpc`, `xml-rpc`.
  enum Dialect {
    JSON_2,
    JSON_RPC,
    XML_RPC
  }

  OdooVersions(GuardedHttp http) {
    this.http = http;
    this.jsonRpc = new JsonRpcWire(http);
    this.xmlRpc = new XmlRpcWire(http);
  }

  Dialect dialect(OdooCall call) throws IOException, InterruptedException {
    Tenant.Odoo odoo = call.odoo();
    String named = odoo.protocol();
    if (named != null) {
      return named(named);
    }
    if (odoo.login() == null) {
      return Dialect.JSON_2;
    }
    var key = new Of(call.account(), odoo.url());
    Dialect dialect = known.getIfPresent(key);
    if (dialect == null) {
      dialect = ask(call);
      known.put(key, dialect);
    }
    return dialect;
  }

  static Dialect named(String protocol) {
    return switch (protocol) {
      case "json-2" -> Dialect.JSON_2;
      case "json-rpc" -> Dialect.JSON_RPC;
      case "xml-rpc" -> Dialect.XML_RPC;
      default ->
          throw new OdooRefusal(
              "this account's settings name a protocol that Odoo does not speak: json-2, json-rpc or xml-rpc");
    };
  }

  private Dialect ask(OdooCall call) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(call.odoo().url() + "/web/version")).build();
    GuardedHttp.Answer answer = http.send(request, call.left());
    if (answer.isSuccess()) {
      try {
        return of(JSON.readTree(answer.text()).path("version_info"), Dialect.JSON_RPC);
      } catch (JacksonException notJson) {
        throw new IOException("something else than Odoo answers at its address", notJson);
      }
    }
    if (answer.status() != 404) {
      throw new IOException("Odoo answered " + answer.status());
    }
    try {
      return of(version(jsonRpc, call), Dialect.JSON_RPC);
    } catch (IOException notThatWay) {
      return of(version(xmlRpc, call), Dialect.XML_RPC);
    }
  }

  private static JsonNode version(RpcWire wire, OdooCall call)
      throws IOException, InterruptedException {
    return switch (wire.send(call, "common", "version", List.of())) {
      case RpcWire.Reply.Value(JsonNode json) -> json.path("server_version_info");
      case RpcWire.Reply.Fault _ -> throw new IOException("Odoo does not tell its version");
    };
  }

  /// @param info as Odoo tells it: `[17, 0, 0, "final", 0, ""]`, of its own service `["saas~17",
  ///   4]`
  /// @param older how versions without JSON-2 are spoken to
  static Dialect of(JsonNode info, Dialect older) throws IOException {
    String major = info.path(0).asString("").replaceAll("\\D", "");
    if (major.isEmpty() || major.length() > 4) {
      throw new IOException("Odoo does not tell its version");
    }
    int version = Integer.parseInt(major);
    if (version < OLDEST) {
      throw new OdooRefusal(
          "Odoo %d is too old; %d is the oldest that is spoken to".formatted(version, OLDEST));
    }
    return version >= FIRST_WITH_JSON_2 ? Dialect.JSON_2 : older;
  }
}
