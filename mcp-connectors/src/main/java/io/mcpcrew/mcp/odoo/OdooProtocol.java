package io.mcpcrew.mcp.odoo;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One of the ways to call a method of an Odoo.
@FunctionalInterface
interface OdooProtocol {
  /// @param body the method's arguments by their names; `ids` are the records, `context` the
  ///   context
  /// @throws OdooRefusal when the same call can never succeed
  /// @throws IOException when it may succeed later
  JsonNode call(OdooCall call, String model, String method, Map<String, ?> body)
      throws IOException, InterruptedException;
}
