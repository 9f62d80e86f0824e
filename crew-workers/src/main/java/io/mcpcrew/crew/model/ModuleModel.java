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
  private volatile @Nullable Built built;

  ModuleModel(ModelRecipe recipe, @Nullable Secret key) {
    this.recipe = recipe;
    this.key = key;
  }

  /// @param key with which it was built
  private record Built(@Nullable String key, ChatModel model) {}

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

  /// Built anew when the key has been rotated.
  private ChatModel inForce() {
    String now = key == null ? null : ChatModels.revealed(key);
    Built last = built;
    if (last != null && Objects.equals(last.key(), now)) {
      return last.model();
    }
    try {
      ChatModel model = recipe.build(now);
      built = new Built(now, model);
      return model;
    } catch (ModelRecipe.NotBuilt e) {
      LOGGER.atError().addKeyValue("model", recipe).setCause(e).log("a model cannot be built");
      throw e;
    }
  }
}
