package io.mcpcrew.crew.model;

import io.mcpcrew.crew.model.ModelRequest.Signature;
import io.mcpcrew.crew.model.ModelRequest.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model answered.
///
/// @param model ours, by name, that answered
/// @param refusal it refused, with these words
/// @param cutOff it wanted to say more than it may
/// @param signature what it wants back with this answer, if anything; only it can read it
public record ModelAnswer(
    String model,
    @Nullable String text,
    List<ToolCall> calls,
    @Nullable String refusal,
    boolean cutOff,
    int tokensIn,
    int tokensOut,
    @Nullable String signature) {

  public ModelAnswer {
    calls = calls == null ? List.of() : List.copyOf(calls);
  }

  /// What goes back with it when the same model is asked again.
  public @Nullable Signature signed() {
    return signature == null ? null : new Signature(model, signature);
  }
}
