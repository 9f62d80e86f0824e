package io.mcpcrew.mcp;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract on a real Odoo 19 by its oldest protocol.
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
class RealOdooXmlRpcContractIT extends RealOdooContractIT {
  @Override
  String protocol() {
    return "xml-rpc";
  }
}
