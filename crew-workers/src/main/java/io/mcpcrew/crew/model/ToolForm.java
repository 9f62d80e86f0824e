package io.mcpcrew.crew.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How the arguments of a tool are described to a model. What was written once is kept: the same
/// tools are offered again and again.
final class ToolForm {
  /// Each property keeps the schema that its server wrote.
  static final ToolForm AS_WRITTEN = new ToolForm(ToolForm::asWritten);

  static final ToolForm PLAIN = new ToolForm(PlainSchema::object);

  private interface Arguments {
    @Nullable JsonObjectSchema of(Map<String, Object> schema);
  }

  private final Cache<OfferedTool, ToolSpecification> written =
      Caffeine.newBuilder().weakKeys().build();
  private final Arguments arguments;

  private ToolForm(Arguments arguments) {
    this.arguments = arguments;
  }

  ToolSpecification of(OfferedTool tool) {
    return written.get(tool, this::write);
  }

  private ToolSpecification write(OfferedTool tool) {
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(arguments.of(SchemaReferences.inlined(tool.schema())))
        .build();
  }

  private static JsonObjectSchema asWritten(Map<String, Object> schema) {
    var written = JsonObjectSchema.builder();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, inner) ->
          written.addProperty(
              String.valueOf(name),
              JsonRawSchema.from(JsonMapper.shared().writeValueAsString(inner))));
    }
    if (schema.get("required") instanceof List<?> required) {
      written.required(required.stream().map(String::valueOf).toList());
    }
    return written.build();
  }
}
