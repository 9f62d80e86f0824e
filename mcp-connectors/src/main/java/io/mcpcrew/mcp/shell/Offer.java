package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.contract.EffectClass;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.util.DefaultMcpUriTemplateManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A connector in the protocol's words: what it declares, and what it answers to a [Caller]. Both
/// endpoints are made of it, so that they cannot differ in anything but their way back.
final class Offer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Connector connector;
  private final List<ConnectorTool> tools;
  private final Admission admission;
  private final ConnectorSettings settings;

  Offer(
      Connector connector,
      List<ConnectorTool> tools,
      Admission admission,
      ConnectorSettings settings) {
    this.connector = connector;
    this.tools = List.copyOf(tools);
    this.admission = admission;
    this.settings = settings;
  }

  Connector connector() {
    return connector;
  }

  List<ConnectorTool> tools() {
    return tools;
  }

  McpSchema.Implementation serverInfo() {
    return McpSchema.Implementation.builder("mcp-crew-" + connector.name(), "0.1.0").build();
  }

  /// What both endpoints can do; whichever can do more adds it.
  McpSchema.ServerCapabilities.Builder capabilities() {
    var capabilities = McpSchema.ServerCapabilities.builder().tools(false);
    if (!connector.resources().isEmpty()) {
      capabilities.resources(false, false);
    }
    if (!connector.prompts().isEmpty()) {
      capabilities.prompts(false);
    }
    return capabilities;
  }

  List<ConnectorResource> resources(boolean templates) {
    return connector.resources().stream()
        .filter(resource -> resource.isTemplate() == templates)
        .toList();
  }

  static McpSchema.Tool declared(ConnectorTool tool) {
    boolean reads = tool.effect() == EffectClass.READ;
    Map<String, Object> meta = new TreeMap<>();
    meta.put("crew/effect", tool.effect().name().toLowerCase(Locale.ROOT));
    if (tool.capability() != null) {
      meta.put("crew/capability", tool.capability());
    }
    if (tool.checkedBy() != null) {
      meta.put("crew/checked-by", tool.checkedBy());
    }
    return McpSchema.Tool.builder(tool.name(), tool.inputSchema())
        .title(tool.title())
        .description(tool.description())
        .outputSchema(tool.outputSchema())
        .annotations(
            McpSchema.ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(reads)
                .destructiveHint(tool.destroys())
                .idempotentHint(reads || tool.effect() == EffectClass.KEYED)
                .openWorldHint(false)
                .build())
        .meta(meta)
        .build();
  }

  static McpSchema.Resource declared(ConnectorResource resource) {
    return McpSchema.Resource.builder(resource.uri(), resource.name())
        .description(resource.description())
        .mimeType(resource.mimeType())
        .build();
  }

  static McpSchema.ResourceTemplate declaredTemplate(ConnectorResource resource) {
    return McpSchema.ResourceTemplate.builder(resource.uri(), resource.name())
        .description(resource.description())
        .mimeType(resource.mimeType())
        .build();
  }

  static McpSchema.Prompt declared(ConnectorPrompt prompt) {
    return McpSchema.Prompt.builder(prompt.name())
        .title(prompt.title())
        .description(prompt.description())
        .arguments(
            prompt.arguments().stream()
                .map(argument ->
                    McpSchema.PromptArgument.builder(argument.name())
                        .description(argument.description())
                        .required(argument.required())
                        .build())
                .toList())
        .build();
  }

  McpSchema.CallToolResult call(
      Caller caller, ConnectorTool tool, McpSchema.CallToolRequest request) {
    ToolAnswer answer = admission.call(caller, connector, tool, given(request.arguments()));
    return switch (limited(answer)) {
      case ToolAnswer.Result(String text, Map<String, Object> structured) ->
          McpSchema.CallToolResult.builder()
              .addTextContent(text)
              .structuredContent(structured)
              .isError(false)
              .build();
      case ToolAnswer.Refused refused -> failed(refused, refused.reason());
      case ToolAnswer.Unavailable unavailable -> failed(unavailable, unavailable.reason());
    };
  }

  McpSchema.ReadResourceResult read(
      Caller caller, ConnectorResource resource, McpSchema.ReadResourceRequest request) {
    String uri = request.uri();
    Map<String, Object> variables =
        Map.copyOf(new DefaultMcpUriTemplateManager(resource.uri()).extractVariableValues(uri));
    String content =
        content(
            admission.read(caller, connector, resource.uri(), variables, resource.body()),
            McpSchema.ErrorCodes.RESOURCE_NOT_FOUND);
    return McpSchema.ReadResourceResult.builder(
            List.of(
                resource.binary()
                    ? McpSchema.BlobResourceContents.builder(uri, content)
                        .mimeType(resource.mimeType())
                        .build()
                    : McpSchema.TextResourceContents.builder(uri, content)
                        .mimeType(resource.mimeType())
                        .build()))
        .build();
  }

  McpSchema.GetPromptResult write(
      Caller caller, ConnectorPrompt prompt, McpSchema.GetPromptRequest request) {
    String content =
        content(
            admission.read(
                caller, connector, prompt.name(), given(request.arguments()), prompt.body()),
            McpSchema.ErrorCodes.INVALID_PARAMS);
    return McpSchema.GetPromptResult.builder(
            List.of(
                McpSchema.PromptMessage.builder(
                        McpSchema.Role.USER, McpSchema.TextContent.builder(content).build())
                    .build()))
        .build();
  }

  private static Map<String, Object> given(@Nullable Map<String, Object> arguments) {
    return arguments == null ? Map.of() : arguments;
  }

  /// The protocol has no result for a failed reading, only an error.
  private String content(ToolAnswer answer, int refusedAs) {
    return switch (limited(answer)) {
      case ToolAnswer.Result result -> result.text();
      case ToolAnswer.Refused refused -> throw error(refusedAs, refused, refused.reason());
      case ToolAnswer.Unavailable unavailable ->
          throw error(McpSchema.ErrorCodes.INTERNAL_ERROR, unavailable, unavailable.reason());
    };
  }

  private static McpError error(int code, ToolAnswer answer, String reason) {
    return McpError.builder(code).message(reason).data(failure(answer)).build();
  }

  private static McpSchema.CallToolResult failed(ToolAnswer answer, String reason) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(reason)
        .isError(true)
        .meta(failure(answer))
        .build();
  }

  private static Map<String, Object> failure(ToolAnswer answer) {
    return Map.of("crew/failure", Admission.kind(answer));
  }

  private ToolAnswer limited(ToolAnswer answer) {
    long largest = settings.largestResult().toBytes();
    return answer instanceof ToolAnswer.Result result
            && atMost(result) > largest
            && size(result) > largest
        ? new ToolAnswer.Refused(
            "the result is larger than %d bytes; ask for fewer records or fields"
                .formatted(largest))
        : answer;
  }

  /// Not below the size, and found without writing anything: most results are far from the limit.
  private static long atMost(ToolAnswer.Result result) {
    return 6L * result.text().length() + atMost(result.structured());
  }

  private static long atMost(@Nullable Object value) {
    return switch (value) {
      case null -> 4;
      // A character may become six: `\u0000`.
      case String text -> 6L * text.length() + 3;
      case Boolean _ -> 6;
      case Map<?, ?> map ->
          2
              + map.entrySet().stream()
                  .mapToLong(entry -> atMost(entry.getKey()) + 1 + atMost(entry.getValue()))
                  .sum();
      case Iterable<?> list -> {
        long sum = 2;
        for (Object item : list) {
          sum += 1 + atMost(item);
        }
        yield sum;
      }
      case Integer _, Long _, Double _ -> 26;
      default -> Long.MAX_VALUE / 1_000_000;
    };
  }

  private static long size(ToolAnswer.Result result) {
    return Math.max(
        result.text().getBytes(StandardCharsets.UTF_8).length,
        JSON.writeValueAsBytes(result.structured()).length);
  }
}
