package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.runtime.tokens.Tokens;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// [FixtureConnector] on the production shell, and beside it what the suite asks for and no
/// connector of ours can declare: other content than text, sampling, elicitation, completion,
/// subscriptions. That part is given to the SDK as it is; transport, tokens, origins and sessions
/// are the production ones for all of it.
public final class FixtureServer {
  /// No sound at all.
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQAAAAA=";

  private FixtureServer() {}

  public static ConnectorServer of(
      Tokens tokens, Admission admission, Telemetry telemetry, ConnectorSettings settings) {
    return new ConnectorServer(
        new FixtureConnector(), tokens, admission, telemetry, settings, FixtureServer::extend);
  }

  private static void extend(McpServer.SyncSpecification<?> server) {
    server.capabilities(
        McpSchema.ServerCapabilities.builder()
            .tools(false)
            .resources(true, false)
            .prompts(false)
            .completions()
            .logging()
            .build());
    contents(server);
    questions(server);
    prompts(server);
  }

  private static void contents(McpServer.SyncSpecification<?> server) {
    Content text = McpSchema.TextContent.builder("Multiple content types test:").build();
    Content image = McpSchema.ImageContent.builder(FixtureConnector.PNG, "image/png").build();
    Content audio = McpSchema.AudioContent.builder(WAV, "audio/wav").build();
    Content embedded = embedded("test://embedded-resource");
    tool(server, "test_image_content", (_, _) -> result(image));
    tool(server, "test_audio_content", (_, _) -> result(audio));
    tool(server, "test_embedded_resource", (_, _) -> result(embedded));
    tool(server, "test_multiple_content_types", (_, _) -> result(text, image, embedded));
  }

  private static void questions(McpServer.SyncSpecification<?> server) {
    tool(server, "test_sampling", FixtureServer::sample);
    tool(
        server,
        "test_elicitation",
        (exchange, request) ->
            ask(
                exchange,
                given(request.arguments(), "message"),
                Map.of("username", Map.of("type", "string"), "email", Map.of("type", "string"))));
    tool(
        server,
        "test_elicitation_sep1034_defaults",
        (exchange, _) -> ask(exchange, "Is this right?", defaults()));
    tool(
        server,
        "test_elicitation_sep1330_enums",
        (exchange, _) -> ask(exchange, "Which one?", choices()));
  }

  private static CallToolResult sample(McpSyncServerExchange exchange, CallToolRequest request) {
    Content prompt = McpSchema.TextContent.builder(given(request.arguments(), "prompt")).build();
    var answer =
        exchange.createMessage(
            McpSchema.CreateMessageRequest.builder(
                    List.of(McpSchema.SamplingMessage.builder(McpSchema.Role.USER, prompt).build()),
                    100)
                .build());
    return result(McpSchema.TextContent.builder("LLM response: " + answer.content()).build());
  }

  private static CallToolResult ask(
      McpSyncServerExchange exchange, String message, Map<String, Object> properties) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            properties.keySet().stream().sorted().toList());
    var answer =
        exchange.createElicitation(McpSchema.ElicitFormRequest.builder(message, schema).build());
    return result(
        McpSchema.TextContent.builder(
                "User response: %s %s".formatted(answer.action(), answer.content()))
            .build());
  }

  /// One of each primitive type, with what is proposed.
  private static Map<String, Object> defaults() {
    return Map.of(
        "name", Map.of("type", "string", "default", "John Doe"),
        "age", Map.of("type", "integer", "default", 30),
        "score", Map.of("type", "number", "default", 95.5),
        "status",
            Map.of(
                "type",
                "string",
                "enum",
                List.of("active", "inactive", "pending"),
                "default",
                "active"),
        "verified", Map.of("type", "boolean", "default", true));
  }

  /// Each way to write a choice: one or several, with titles or without, and the old way.
  private static Map<String, Object> choices() {
    List<String> names = List.of("option1", "option2", "option3");
    List<Map<String, String>> titled =
        List.of(
            Map.of("const", "value1", "title", "First Option"),
            Map.of("const", "value2", "title", "Second Option"),
            Map.of("const", "value3", "title", "Third Option"));
    return Map.of(
        "untitledSingle", Map.of("type", "string", "enum", names),
        "titledSingle", Map.of("type", "string", "oneOf", titled),
        "legacyEnum",
            Map.of(
                "type",
                "string",
                "enum",
                List.of("opt1", "opt2", "opt3"),
                "enumNames",
                List.of("Option One", "Option Two", "Option Three")),
        "untitledMulti", Map.of("type", "array", "items", Map.of("type", "string", "enum", names)),
        "titledMulti", Map.of("type", "array", "items", Map.of("anyOf", titled)));
  }

  private static void prompts(McpServer.SyncSpecification<?> server) {
    server.prompts(
        new SyncPromptSpecification(
            McpSchema.Prompt.builder("test_prompt_with_embedded_resource")
                .description("For tests.")
                .arguments(
                    List.of(McpSchema.PromptArgument.builder("resourceUri").required(true).build()))
                .build(),
            (_, request) -> message(embedded(given(request.arguments(), "resourceUri")))),
        new SyncPromptSpecification(
            McpSchema.Prompt.builder("test_prompt_with_image").description("For tests.").build(),
            (_, _) ->
                message(
                    McpSchema.ImageContent.builder(FixtureConnector.PNG, "image/png").build())));
    server.completions(
        new SyncCompletionSpecification(
            new McpSchema.PromptReference("test_prompt_with_arguments"),
            (_, _) ->
                new McpSchema.CompleteResult(
                    new McpSchema.CompleteResult.CompleteCompletion(List.of("paris"), 1, false))));
  }

  private static String given(Map<String, Object> arguments, String name) {
    return new Arguments(arguments).text(name);
  }

  private static McpSchema.GetPromptResult message(Content content) {
    return McpSchema.GetPromptResult.builder(
            List.of(McpSchema.PromptMessage.builder(McpSchema.Role.USER, content).build()))
        .build();
  }

  private static Content embedded(String uri) {
    return McpSchema.EmbeddedResource.builder(
            McpSchema.TextResourceContents.builder(uri, "This is an embedded resource content.")
                .mimeType("text/plain")
                .build())
        .build();
  }

  private static CallToolResult result(Content... contents) {
    return CallToolResult.builder().content(List.of(contents)).isError(false).build();
  }

  private static void tool(
      McpServer.SyncSpecification<?> server,
      String name,
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> body) {
    server.toolCall(
        McpSchema.Tool.builder(name, Map.of("type", "object")).description("For tests.").build(),
        body);
  }
}
