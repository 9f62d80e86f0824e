package io.mcpcrew.local.scenario;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file of conversations.
///
/// @param account a demo company, whose settings and tools' answers they have
/// @param intents further rules of intents, as an account's settings have them
/// @param answers further words of the company's own, by intent
/// @param tools what tools answer, by capability, before what the company's usually do
record Scenario(
    String account,
    @Nullable List<Rule> intents,
    @Nullable Map<String, String> answers,
    @Nullable Map<String, List<Answer>> tools,
    List<Conversation> conversations) {

  record Rule(String intent, String crew, List<String> anyOf) {}

  /// @param channel `whatsapp` if it is left out
  /// @param contact who writes: a contact's id in the company's Chatwoot
  record Conversation(
      String name,
      @Nullable String channel,
      @Nullable String contact,
      @Nullable Map<String, List<Answer>> tools,
      List<Said> messages) {}

  /// What a tool answers: the first whose `when` fits the arguments.
  ///
  /// @param when texts that must stand in the arguments, by their names
  record Answer(
      @Nullable Map<String, String> when,
      @Nullable List<Map<String, Object>> records,
      @Nullable String declined,
      @Nullable String failed) {}

  /// Something that somebody writes, and what is expected then.
  ///
  /// @param customer what the customer writes
  /// @param voice the customer sends a voice note
  /// @param person what a person of the company writes
  /// @param givenBack a person gives the conversation back to the agent
  /// @param intent or several with `+` between
  /// @param calls the capabilities called, in their order
  /// @param wrote arguments of the write that was called, as far as they are named
  /// @param reply what the reply holds, in any order
  /// @param lacks what it does not hold
  /// @param asks whether it ends with a question
  /// @param handsOver whether a person gets the conversation
  record Said(
      @Nullable String customer,
      @Nullable Boolean voice,
      @Nullable String person,
      @Nullable Boolean givenBack,
      @Nullable String intent,
      @Nullable List<String> calls,
      @Nullable Map<String, Object> wrote,
      @Nullable List<String> reply,
      @Nullable List<String> lacks,
      @Nullable Boolean asks,
      @Nullable Boolean handsOver,
      @Nullable Boolean silent) {}

  List<Rule> rules() {
    return Objects.requireNonNullElse(intents, List.of());
  }

  Map<String, String> words() {
    return Objects.requireNonNullElse(answers, Map.of());
  }

  Map<String, List<Answer>> world() {
    return Objects.requireNonNullElse(tools, Map.of());
  }
}
