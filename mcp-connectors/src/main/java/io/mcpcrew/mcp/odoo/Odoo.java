package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An account's Odoo, whichever protocol it speaks.
final class Odoo {
  private final OdooVersions versions;
  private final OdooProtocol json2;
  private final OdooProtocol jsonRpc;
  private final OdooProtocol xmlRpc;

  Odoo(GuardedHttp http) {
    this.versions = new OdooVersions(http);
    this.json2 = new OdooJson2(http);
    this.jsonRpc = new OdooRpc(new JsonRpcWire(http));
    this.xmlRpc = new OdooRpc(new XmlRpcWire(http));
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

  /// As [OdooProtocol#call].
  JsonNode call(OdooCall call, String model, String method, Map<String, ?> body)
      throws IOException, InterruptedException {
    OdooProtocol protocol =
        switch (versions.dialect(call)) {
          case JSON_2 -> json2;
          case JSON_RPC -> jsonRpc;
          case XML_RPC -> xmlRpc;
        };
    return protocol.call(call, model, method, body);
  }
}
