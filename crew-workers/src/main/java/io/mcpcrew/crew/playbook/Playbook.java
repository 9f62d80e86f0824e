package io.mcpcrew.crew.playbook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A declared flow: what it needs to know, what it calls, what it says. Texts are by language; pt
/// stands for those missing.
///
/// @param intents that it answers
/// @param needs the entity without which it asks
/// @param known the intent of a tenant's own answer that is said as it is, when there is one
/// @param otherwise what happens when nothing can be said: `person` hands over, `silence` says
///   nothing
public record Playbook(
    String name,
    List<String> intents,
    @Nullable String needs,
    @Nullable Map<String, String> ask,
    @Nullable Call call,
    @Nullable String known,
    Reply reply,
    @Nullable String otherwise) {

  public Playbook {
    intents = List.copyOf(intents);
  }

  /// A call of a capability.
  ///
  /// @param with arguments; a value like `{product}` is the entity of that kind
  /// @param rows the field of the result that holds what was found
  public record Call(String capability, Map<String, String> with, String rows) {}

  /// What is said: of nothing found, of one, of more; `always` where nothing was called.
  public record Reply(
      @Nullable Map<String, String> always,
      @Nullable Map<String, String> none,
      @Nullable Map<String, String> one,
      @Nullable Map<String, String> many) {}
}
