package io.mcpcrew.mcp;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract on a real Odoo 19, which still speaks as 16 to 18 do.
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
class RealOdooJsonRpcContractIT extends RealOdooContractIT {
  @Override
  String protocol() {
    return "json-rpc";
  }
}
