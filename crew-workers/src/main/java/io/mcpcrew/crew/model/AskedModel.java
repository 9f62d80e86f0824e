package io.mcpcrew.crew.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.mcpcrew.crew.model.ModelRequest.Said;
import io.mcpcrew.crew.model.ModelRequest.Signature;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One model, asked by LangChain4j in its provider's protocol: one request, no retries.
final class AskedModel {
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;

  /// Where LangChain4j keeps what a model wants back.
  private static final String SIGNATURE = "thinking_signature";

  /// Google's word for a call that another model asked for.
  private static final String NOBODYS = "skip_thought_signature_validator";

  private static final Said OPENING = new Said.Customer("[…]");

  private final String name;
  private final ModelsSettings.Model settings;
  private final ChatModel model;

  AskedModel(String name, ModelsSettings.Model settings, GuardedHttp http) {
    this.name = name;
    this.settings = settings;
    this.model = ChatModels.of(settings, http);
  }

  ModelsSettings.Model settings() {
    return settings;
  }

  Attempted ask(ModelRequest request, Duration deadline) {
    try {
      return GuardedModelHttp.within(deadline, _ -> answered(model.chat(written(request))));
    } catch (ContentFilteredException e) {
      return new Attempted.Answered(
          new ModelAnswer(
              name, null, List.of(), String.valueOf(e.getMessage()), false, 0, 0, null));
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private ChatRequest written(ModelRequest request) {
    var written =
        ChatRequest.builder().messages(opened(request.said()).stream().map(this::message).toList());
    if (!request.tools().isEmpty()) {
      ToolForm form =
          switch (settings.provider()) {
            case GOOGLE_GEMINI, LANGCHAIN4J -> ToolForm.PLAIN;
            default -> ToolForm.AS_WRITTEN;
          };
      written.toolSpecifications(request.tools().stream().map(form::of).toList());
    }
    return written.build();
  }

  /// A conversation in which we spoke first, or whose beginning is not told, is refused by some.
  private static List<Said> opened(List<Said> said) {
    int first = 0;
    while (first < said.size() && said.get(first) instanceof Said.Instructions) {
      first++;
    }
    if (first == said.size() || !(said.get(first) instanceof Said.Assistant)) {
      return said;
    }
    List<Said> opened = new ArrayList<>(said);
    opened.add(first, OPENING);
    return opened;
  }

  private ChatMessage message(Said said) {
    return switch (said) {
      case Said.Instructions(String text) -> SystemMessage.from(text);
      case Said.Customer(String text) -> UserMessage.from(text);
      case Said.Assistant assistant -> assistant(assistant);
      case Said.Result(String id, String tool, String text) ->
          ToolExecutionResultMessage.from(callId(id), tool, text);
    };
  }

  private AiMessage assistant(Said.Assistant said) {
    var message = AiMessage.builder();
    if (said.text() != null) {
      message.text(said.text());
    }
    if (settings.provider() == Provider.GOOGLE_GEMINI && !said.calls().isEmpty()) {
      message.attributes(Map.of(SIGNATURE, signature(said.signed())));
    }
    return message.toolExecutionRequests(said.calls().stream().map(this::call).toList()).build();
  }

  /// Only who signed can read it.
  private String signature(@Nullable Signature signed) {
    return signed != null && signed.model().equals(name) ? signed.text() : NOBODYS;
  }

  /// Mistral takes nine letters and digits, and nothing else.
  private String callId(String id) {
    return settings.provider() == Provider.MISTRAL
        ? "0".repeat(Math.max(0, 9 - id.length())) + id.replace('_', 'x')
        : id;
  }

  private ToolExecutionRequest call(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(callId(call.id()))
        .name(call.tool())
        .arguments(call.arguments())
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
            usage == null ? 0 : count(usage.outputTokenCount()) + thought(usage),
            signature(message)));
  }

  /// What Gemini thought is paid for, and counted beside what it said.
  private static int thought(TokenUsage usage) {
    return usage instanceof GoogleAiGeminiTokenUsage gemini
        ? count(gemini.thoughtsTokenCount())
        : 0;
  }

  /// Of several, LangChain4j sends back but one: that of the calls, which comes last.
  private @Nullable String signature(AiMessage message) {
    String all = message.attribute(SIGNATURE, String.class);
    return all == null ? null : all.substring(all.lastIndexOf("\n\n") + 1).strip();
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
          || cause instanceof GuardedHttp.AnswerTooLarge
          || cause instanceof ChatModels.NoKey
          || cause instanceof ModelRecipe.NotBuilt
          || cause instanceof LinkageError) {
        return new Attempted.Final(name + ": " + cause.getMessage());
      }
      if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
        return new Attempted.Passing(name + " did not answer", null);
      }
    }
    return switch (e) {
      case RetriableException _ -> new Attempted.Passing(name + " did not answer", null);
      case NonRetriableException _ ->
          new Attempted.Final("%s refused: %s".formatted(name, e.getClass().getSimpleName()));
      // What it answered could not be read; the next answer may be better.
      default -> new Attempted.Passing(name + " answered what cannot be read", null);
    };
  }
}
