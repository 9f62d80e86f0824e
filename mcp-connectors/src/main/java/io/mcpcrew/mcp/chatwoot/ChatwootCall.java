package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/// An admitted call together with the Chatwoot of its account.
record ChatwootCall(ToolCall call, Tenant.Chatwoot chatwoot) {

  /// A tool's function on such a call.
  @FunctionalInterface
  interface Act {
    ToolAnswer answer(ChatwootCall call) throws IOException, InterruptedException;
  }

  /// That Chatwoot takes no more calls for now is told as it is: the caller can wait.
  static ConnectorTool.Body answering(Act act) {
    return given -> {
      try {
        return act.answer(of(given));
      } catch (ChatwootApi.Busy busy) {
        return new ToolAnswer.Unavailable(
            "Chatwoot takes no more calls of this account for now; try again in %d seconds"
                .formatted(busy.seconds()));
      }
    };
  }

  /// The same, done once for the call's key; what is busy was not done.
  static ConnectorTool.Body once(Keys keys, String tool, Act act, Act again) {
    return given -> keys.once(given, tool, answering(act), answering(again));
  }

  static ChatwootCall of(ToolCall call) {
    return new ChatwootCall(
        call,
        Objects.requireNonNull(call.tenant().document().chatwoot(), "admission has checked it"));
  }

  AccountId account() {
    return call.account();
  }

  Arguments arguments() {
    return call.arguments();
  }

  String key() {
    return arguments().text("idempotency_key");
  }

  Duration left() {
    return call.left();
  }

  /// The conversation that the call is about, in the API's paths.
  String conversation() {
    return "/conversations/" + arguments().id("conversation_id");
  }
}
