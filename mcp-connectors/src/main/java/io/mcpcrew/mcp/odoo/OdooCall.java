package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/// An admitted call together with the Odoo of its account.
record OdooCall(ToolCall call, Tenant.Odoo odoo) {

  static OdooCall of(ToolCall call) {
    return new OdooCall(
        call, Objects.requireNonNull(call.tenant().document().odoo(), "admission has checked it"));
  }

  AccountId account() {
    return call.account();
  }

  Arguments arguments() {
    return call.arguments();
  }

  Duration left() {
    return call.left();
  }

  ZoneId timezone() {
    return call.tenant().document().timezone();
  }

  boolean isDryRun() {
    return arguments().flag("dry_run");
  }
}
