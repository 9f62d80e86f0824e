package io.mcpcrew.mcp.odoo;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How a call of one of Odoo's services is put on the wire and how its answer is read.
interface RpcWire {
  /// What came back: a value, or a fault.
  sealed interface Reply {
    record Value(JsonNode json) implements Reply {}

    record Fault(Kind kind, String said) implements Reply {}
  }

  /// What a fault means, whichever way it was told.
  enum Kind {
    /// The key is not accepted.
    KEY,
    DATABASE,
    NOT_ALLOWED,
    MISSING,
    REFUSED,
    /// The caller's mistake that comes as an error of Odoo's.
    NOT_UNDERSTOOD,
    /// May pass.
    FAILED
  }

  /// @param service `common` or `object`
  Reply send(OdooCall call, String service, String method, List<?> arguments)
      throws IOException, InterruptedException;
}
