package io.mcpcrew.crew.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.mcpcrew.runtime.settings.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model that an operator named by its class. Its module may bring a client of its own, which
/// keeps no deadline that we know of: it is kept here, and what does not answer is interrupted.
final class ModuleModel implements ChatModel {
  private static final Logger LOGGER = LoggerFactory.getLogger(ModuleModel.class);

  private final ModelRecipe recipe;
  private final @Nullable Secret key;
  private @Nullable ChatModel built;
  private @Nullable String builtWith;

  ModuleModel(ModelRecipe recipe, @Nullable Secret key) {
    this.recipe = recipe;
    this.key = key;
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    ChatModel model = inForce();
    Duration deadline = GuardedModelHttp.deadline();
    var call = new FutureTask<>(() -> GuardedModelHttp.within(deadline, _ -> model.chat(request)));
    Thread thread = Thread.ofVirtual().unstarted(call);
    thread.setContextClassLoader(recipe.loader());
    thread.start();
    try {
      return call.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new dev.langchain4j.exception.TimeoutException("no answer within " + deadline, e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a model was asked", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException its
          ? its
          : new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private ChatModel inForce() {
    return builtWith(key == null ? null : ChatModels.revealed(key));
  }

  /// Built anew when the key has been rotated, once for all who ask.
  private synchronized ChatModel builtWith(@Nullable String secret) {
    if (built == null || !Objects.equals(builtWith, secret)) {
      built = build(secret);
      builtWith = secret;
    }
    return built;
  }

  private ChatModel build(@Nullable String secret) {
    try {
      return recipe.build(secret);
    } catch (ModelRecipe.NotBuilt e) {
      LOGGER.atError().addKeyValue("model", recipe).setCause(e).log("a model cannot be built");
      throw e;
    }
  }
}
