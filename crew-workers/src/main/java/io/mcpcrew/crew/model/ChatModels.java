package io.mcpcrew.crew.model;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Secret;
import java.util.Map;
import java.util.function.Supplier;

/// LangChain4j's model of each provider: by our way to the network, without retries of its own.
final class ChatModels {
  private static final String ANY_KEY = "given with each request";

  private ChatModels() {}

  static ChatModel of(ModelsSettings.Model settings, GuardedHttp http) {
    return switch (settings.provider()) {
      case OPENAI_COMPATIBLE -> openAi(settings, http);
      case ANTHROPIC -> anthropic(settings, http);
      case GOOGLE_GEMINI -> gemini(settings, http);
      case MISTRAL -> mistral(settings, http);
      case OLLAMA -> ollama(settings, http);
      case LANGCHAIN4J -> new ModuleModel(ModelRecipe.of(settings, http), settings.key());
    };
  }

  private static ChatModel openAi(ModelsSettings.Model settings, GuardedHttp http) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(new GuardedModelHttp(http, Mending.NONE))
        .baseUrl(settings.address())
        .modelName(settings.name())
        .customHeaders(key(settings, "Authorization", "Bearer "))
        .maxTokens(settings.longestAnswer())
        .temperature(settings.temperature())
        .maxRetries(0)
        .build();
  }

  private static ChatModel anthropic(ModelsSettings.Model settings, GuardedHttp http) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(new GuardedModelHttp(http, new Mending.Anthropic()))
        .baseUrl(settings.address())
        .modelName(settings.name())
        .apiKey(ANY_KEY)
        .customHeaders(key(settings, "x-api-key", ""))
        .maxTokens(settings.longestAnswer())
        .temperature(settings.temperature())
        .maxRetries(0)
        .build();
  }

  /// What its models thought is not shown, but signed, and they want the signature back.
  private static ChatModel gemini(ModelsSettings.Model settings, GuardedHttp http) {
    return GoogleAiGeminiChatModel.builder()
        .httpClientBuilder(new GuardedModelHttp(http, new GeminiMending()))
        .baseUrl(settings.address())
        .modelName(settings.name())
        .apiKey(ANY_KEY)
        .customHeaders(key(settings, "x-goog-api-key", ""))
        .maxOutputTokens(settings.longestAnswer())
        .temperature(settings.temperature())
        .returnThinking(true)
        .sendThinking(true)
        .maxRetries(0)
        .build();
  }

  private static ChatModel mistral(ModelsSettings.Model settings, GuardedHttp http) {
    return MistralAiChatModel.builder()
        .httpClientBuilder(new GuardedModelHttp(http, Mending.NONE))
        .baseUrl(settings.address())
        .modelName(settings.name())
        .apiKey(ANY_KEY)
        .customHeaders(key(settings, "Authorization", "Bearer "))
        .maxTokens(settings.longestAnswer())
        .temperature(settings.temperature())
        .returnThinking(false)
        .maxRetries(0)
        .build();
  }

  /// Left to itself, Ollama cuts what is longer than its usual context, and says nothing.
  private static ChatModel ollama(ModelsSettings.Model settings, GuardedHttp http) {
    return OllamaChatModel.builder()
        .httpClientBuilder(new GuardedModelHttp(http, Mending.NONE))
        .baseUrl(settings.address())
        .modelName(settings.name())
        .customHeaders(key(settings, "Authorization", "Bearer "))
        .numCtx(settings.context())
        .numPredict(settings.longestAnswer())
        .temperature(settings.temperature())
        .returnThinking(false)
        .maxRetries(0)
        .build();
  }

  /// The key is read with each request, so that a rotated file is taken up without a restart.
  private static Supplier<Map<String, String>> key(
      ModelsSettings.Model settings, String header, String before) {
    Secret key = settings.key();
    return key == null ? Map::of : () -> Map.of(header, before + revealed(key));
  }

  static String revealed(Secret key) {
    try {
      return key.reveal();
    } catch (IllegalStateException e) {
      throw new NoKey(e);
    }
  }

  /// There is no key where the settings say that there is one.
  static final class NoKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKey(IllegalStateException why) {
      super(why.getMessage(), why);
    }
  }
}
