package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.EffectClass;
import java.util.List;
import java.util.Map;

/// What the official conformance suite asks a server for, as far as a connector can declare it. The
/// names and texts are the suite's.
final class FixtureConnector implements Connector {
  /// One red pixel.
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  @Override
  public String name() {
    return "fixture";
  }

  @Override
  public String instructions() {
    return "For tests of the protocol.";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().odoo() != null;
  }

  @Override
  public List<ConnectorTool> tools() {
    return List.of(
        tool("test_simple_text", _ -> text("This is a simple text response for testing.")),
        tool(
            "test_error_handling",
            _ -> new ToolAnswer.Refused("This tool intentionally returns an error for testing")),
        tool("test_tool_with_logging", FixtureConnector::logging),
        tool("test_tool_with_progress", FixtureConnector::progress),
        tool("test_reconnection", _ -> text("The call is over.")),
        dialect());
  }

  private static ConnectorTool tool(String name, ConnectorTool.Body body) {
    return ConnectorTool.read(
        name, name, "For tests.", null, JsonSchema.arguments(), JsonSchema.result(), body);
  }

  private static ToolAnswer logging(ToolCall call) {
    call.reporter().log("Tool execution started");
    call.reporter().log("Tool processing data");
    call.reporter().log("Tool execution completed");
    return text("It was told in the log.");
  }

  private static ToolAnswer progress(ToolCall call) {
    for (int done = 0; done <= 100; done += 50) {
      call.reporter().progress(done, 100);
    }
    return text("It was told as progress.");
  }

  /// Keywords of JSON Schema's 2020-12 dialect, which must arrive as they were written.
  private static ConnectorTool dialect() {
    Map<String, Object> address =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("street", Map.of("type", "string"), "city", Map.of("type", "string")));
    Map<String, Object> schema =
        Map.of(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "type",
            "object",
            "$defs",
            Map.of("address", address),
            "properties",
            Map.of(
                "account_id",
                Map.of("type", "string"),
                "name",
                Map.of("type", "string"),
                "address",
                Map.of("$ref", "#/$defs/address")),
            "additionalProperties",
            false);
    return new ConnectorTool(
        "json_schema_2020_12_tool",
        "A dialect",
        "For tests.",
        null,
        EffectClass.READ,
        null,
        false,
        schema,
        JsonSchema.result().build(),
        _ -> text("It fits."));
  }

  @Override
  public List<ConnectorResource> resources() {
    return List.of(
        resource("test://static-text", "text/plain", _ -> text("A text that does not change.")),
        new ConnectorResource(
            "test://static-binary", "static", "For tests.", "image/png", true, _ -> text(PNG)),
        resource("test://watched-resource", "text/plain", _ -> text("A text that is watched.")),
        resource(
            "test://template/{id}/data",
            "application/json",
            call -> text("{\"id\":\"%s\"}".formatted(call.arguments().text("id")))));
  }

  private static ConnectorResource resource(String uri, String mimeType, ConnectorTool.Body body) {
    return new ConnectorResource(uri, uri, "For tests.", mimeType, false, body);
  }

  @Override
  public List<ConnectorPrompt> prompts() {
    return List.of(
        new ConnectorPrompt(
            "test_simple_prompt",
            "Simple",
            "For tests.",
            List.of(),
            _ -> text("This is a simple prompt for testing.")),
        new ConnectorPrompt(
            "test_prompt_with_arguments",
            "With arguments",
            "For tests.",
            List.of(
                new ConnectorPrompt.Argument("arg1", "The first.", true),
                new ConnectorPrompt.Argument("arg2", "The second.", true)),
            call ->
                text(
                    "Prompt with arguments: arg1='%s', arg2='%s'"
                        .formatted(call.arguments().text("arg1"), call.arguments().text("arg2")))));
  }

  private static ToolAnswer text(String text) {
    return new ToolAnswer.Result(text, Map.of());
  }
}
