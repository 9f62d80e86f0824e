package io.mcpcrew.crew.model;

import dev.langchain4j.model.openai.OpenAiChatModel;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.HttpSettings;
import io.mcpcrew.runtime.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// Models of the tests: at a scripted server, with a key in a file.
public final class TestModels {
  public static final String KEY = "the-key-of-the-tests";
  static final int AT_ONCE = 10;
  private static final Path KEY_FILE = keyFile();

  private TestModels() {}

  public static ModelsSettings.Model model(
      URI url, String priceIn, String priceOut, List<String> fallbacks) {
    return model(Provider.OPENAI_COMPATIBLE, url, priceIn, priceOut, fallbacks);
  }

  public static ModelsSettings.Model model(
      Provider provider, URI url, String priceIn, String priceOut, List<String> fallbacks) {
    return new ModelsSettings.Model(
        provider,
        url,
        "scripted",
        new Secret("file:" + KEY_FILE),
        new BigDecimal(priceIn),
        new BigDecimal(priceOut),
        Duration.ofSeconds(2),
        AT_ONCE,
        512,
        null,
        8192,
        fallbacks,
        module(provider));
  }

  /// By its class, one that also has a provider of its own.
  static ModelsSettings.@Nullable LangChainModule module(Provider provider) {
    return provider == Provider.LANGCHAIN4J
        ? new ModelsSettings.LangChainModule(OpenAiChatModel.class.getName(), null, Map.of())
        : null;
  }

  /// May call the loopback address.
  public static GuardedHttp http() {
    return new GuardedHttp(
        new HttpSettings(List.of("127.0.0.1"), Duration.ofSeconds(2), DataSize.ofMegabytes(4)));
  }

  private static Path keyFile() {
    try {
      Path file = Files.createTempFile("model", ".key");
      file.toFile().deleteOnExit();
      return Files.writeString(file, KEY + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
