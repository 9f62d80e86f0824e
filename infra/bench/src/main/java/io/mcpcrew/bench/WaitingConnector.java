package io.mcpcrew.bench;

import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.runtime.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A system that takes a fixed time for everything, and tells each caller what it was given.
final class WaitingConnector implements Connector {
  static final String NAME = "bench";
  static final List<Integer> WAITS = List.of(0, 50, 200);

  static String tool(int millis) {
    return "wait_" + millis;
  }

  static ConnectorTool declared(int millis) {
    return ConnectorTool.read(
        tool(millis),
        "Wait",
        "Waits %d ms and gives back the marker that it was called with.".formatted(millis),
        null,
        JsonSchema.arguments().required("marker", "string", "Anything."),
        JsonSchema.result().required("marker", "string", "As it was given."),
        call -> {
          String marker = call.arguments().text("marker");
          work(millis);
          return new ToolAnswer.Result("ok", Map.of("marker", marker));
        });
  }

  static void work(int millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(Duration.ofMillis(millis));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String instructions() {
    return "Only for measuring.";
  }

  @Override
  public List<ConnectorTool> tools() {
    return WAITS.stream().map(WaitingConnector::declared).toList();
  }

  @Override
  public boolean serves(Tenant tenant) {
    return true;
  }
}
