package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import java.time.Duration;

/// An admitted call of a tool, a resource or a prompt: the account is the caller's own, and a
/// tool's arguments fit its schema.
///
/// @param reporter tells the client how far the call is
/// @param endsNanos on the monotonic clock; what is not over by then is given up
public record ToolCall(Tenant tenant, Arguments arguments, Reporter reporter, long endsNanos) {

  public AccountId account() {
    return tenant.account();
  }

  /// What is left of the call's time; never negative.
  public Duration left() {
    return Duration.ofNanos(Math.max(1, endsNanos - System.nanoTime()));
  }
}
