package io.mcpcrew.crew.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One model that speaks OpenAI's chat completions, by LangChain4j: one request, no retries.
final class OpenAiModel {
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;

  /// Tools as they are sent, by identity: the same ones are offered again and again.
  private static final Cache<OfferedTool, ToolSpecification> WRITTEN =
      Caffeine.newBuilder().weakKeys().build();

  private final String name;
  private final ModelsSettings.Model settings;
  private final ChatModel model;

  OpenAiModel(String name, ModelsSettings.Model settings, GuardedHttp http) {
    this.name = name;
    this.settings = settings;
    // The key is read with each request, so that a rotated file is taken up without a restart.
    this.model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new GuardedModelHttp(http))
            .baseUrl(settings.url().toString())
            .modelName(settings.name())
            .customHeaders(() -> Map.of("Authorization", "Bearer " + settings.key().reveal()))
            .maxTokens(settings.longestAnswer())
            .temperature(settings.temperature())
            .maxRetries(0)
            .build();
  }

  ModelsSettings.Model settings() {
    return settings;
  }

  Attempted ask(ModelRequest request, Duration deadline) {
    try {
      return GuardedModelHttp.within(deadline, _ -> answered(model.chat(written(request))));
    } catch (ContentFilteredException e) {
      return new Attempted.Answered(
          new ModelAnswer(name, null, List.of(), String.valueOf(e.getMessage()), false, 0, 0));
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private static ChatRequest written(ModelRequest request) {
    var written =
        ChatRequest.builder().messages(request.said().stream().map(OpenAiModel::message).toList());
    if (!request.tools().isEmpty()) {
      written.toolSpecifications(
          request.tools().stream().map(tool -> WRITTEN.get(tool, OpenAiModel::tool)).toList());
    }
    return written.build();
  }

  private static ChatMessage message(Said said) {
    return switch (said) {
      case Said.Instructions(String text) -> SystemMessage.from(text);
      case Said.Customer(String text) -> UserMessage.from(text);
      case Said.Assistant(String text, List<ToolCall> calls) -> {
        var message = AiMessage.builder();
        if (text != null) {
          message.text(text);
        }
        yield message.toolExecutionRequests(calls.stream().map(OpenAiModel::call).toList()).build();
      }
      case Said.Result(String id, String tool, String text) ->
          ToolExecutionResultMessage.from(id, tool, text);
    };
  }

  private static ToolExecutionRequest call(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.tool())
        .arguments(call.arguments())
        .build();
  }

  /// Each property keeps the schema that its server wrote.
  private static ToolSpecification tool(OfferedTool tool) {
    var schema = JsonObjectSchema.builder();
    if (tool.schema().get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((property, inner) ->
          schema.addProperty(
              String.valueOf(property),
              JsonRawSchema.from(JsonMapper.shared().writeValueAsString(inner))));
    }
    if (tool.schema().get("required") instanceof List<?> required) {
      schema.required(required.stream().map(String::valueOf).toList());
    }
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(schema.build())
        .build();
  }

  private Attempted answered(ChatResponse response) {
    AiMessage message = response.aiMessage();
    TokenUsage usage = response.tokenUsage();
    List<ToolCall> calls =
        message.toolExecutionRequests().stream()
            .map(call ->
                new ToolCall(
                    Objects.requireNonNullElse(call.id(), ""),
                    Objects.requireNonNullElse(call.name(), ""),
                    Objects.requireNonNullElse(call.arguments(), "")))
            .toList();
    return new Attempted.Answered(
        new ModelAnswer(
            name,
            message.text(),
            calls,
            response.finishReason() == FinishReason.CONTENT_FILTER ? "filtered" : null,
            response.finishReason() == FinishReason.LENGTH,
            usage == null ? 0 : count(usage.inputTokenCount()),
            usage == null ? 0 : count(usage.outputTokenCount())));
  }

  private static int count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private Attempted failed(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof GuardedModelHttp.Refused refused) {
        int status = refused.statusCode();
        String reason = "%s answered %d".formatted(name, status);
        return status == TOO_MANY || status == REQUEST_TIMEOUT || status >= 500
            ? new Attempted.Passing(reason, refused.after())
            : new Attempted.Final(reason);
      }
      if (cause instanceof GuardedHttp.ForbiddenAddress
          || cause instanceof GuardedHttp.AnswerTooLarge) {
        return new Attempted.Final(name + ": " + cause.getMessage());
      }
      if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
        return new Attempted.Passing(name + " did not answer", null);
      }
    }
    // What it answered could not be read; the next answer may be better.
    return new Attempted.Passing(name + " answered what cannot be read", null);
  }
}
