package io.mcpcrew.simulators.model;

import java.util.List;

/// A request that keeps its protocol, in words that are the same for all of them. What a lenient
/// server would let pass never becomes one, so that a client's mistake is seen before it meets a
/// strict one.
///
/// @param tools the names of those that the model may call
public record ChatRequest(
    String model,
    List<Message> messages,
    List<String> tools,
    boolean streamed,
    boolean usageWanted,
    int length) {

  /// Each tool's result is a message of its own, also where the protocol puts several into one.
  ///
  /// @param role `system`, `user`, `assistant` or `tool`
  /// @param calls the ids of tool calls of an assistant's message; where a call has none, its tool
  public record Message(String role, String text, List<String> calls) {
    static final String SYSTEM = "system";
    static final String USER = "user";
    static final String ASSISTANT = "assistant";
    static final String TOOL = "tool";

    public Message {
      calls = List.copyOf(calls);
    }

    static Message of(String role, String text) {
      return new Message(role, text, List.of());
    }
  }

  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /// One that is answered as a whole.
  static ChatRequest whole(String model, List<Message> messages, List<String> tools, int length) {
    return new ChatRequest(model, messages, tools, false, false, length);
  }

  /// The last message.
  public Message last() {
    return messages.getLast();
  }
}
