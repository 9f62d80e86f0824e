package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;

/// The tools for Chatwoot.
public final class ChatwootConnector implements Connector {
  private final Conversations conversations;

  public ChatwootConnector(GuardedHttp http) {
    this.conversations = new Conversations(new ChatwootApi(http));
  }

  @Override
  public String name() {
    return "chatwoot";
  }

  @Override
  public String instructions() {
    return "The company's conversations with its customers. The reply to the customer who is being answered is published by the platform; reply_to_conversation is for notes and for other conversations.";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().chatwoot() != null;
  }

  @Override
  public List<ConnectorTool> tools() {
    return List.of(getConversation(), listMessages(), searchContacts(), reply());
  }

  private ConnectorTool getConversation() {
    return ConnectorTool.read(
        "get_conversation",
        "Get a conversation",
        "Tells a conversation's state: status, inbox, who it is assigned to, labels, the contact's name.",
        "conversation.get",
        conversation(JsonSchema.arguments()),
        JsonSchema.result()
            .objects("records", "id, status, inbox_id, channel, assignee, labels, contact"),
        conversations::get);
  }

  private ConnectorTool listMessages() {
    return ConnectorTool.read(
        "list_messages",
        "List messages",
        "The newest messages of a conversation, the oldest first; private notes are marked.",
        "conversation.messages",
        conversation(JsonSchema.arguments())
            .number("limit", 1, 20, 20, "How many at most; Chatwoot gives twenty at a time.")
            .number("before", 0, Integer.MAX_VALUE, 0, "Only messages before this message id."),
        JsonSchema.result().objects("records", "id, from, private, text, at"),
        conversations::messages);
  }

  private ConnectorTool searchContacts() {
    return ConnectorTool.read(
        "search_contacts",
        "Search contacts",
        "Finds contacts by name, e-mail address or telephone number.",
        "contact.find",
        JsonSchema.arguments()
            .required("query", "string", "A part of the name, address or number.")
            .number("limit", 1, 15, 5, "How many at most."),
        JsonSchema.result().objects("records", "id, name, email, phone"),
        conversations::contacts);
  }

  private ConnectorTool reply() {
    return ConnectorTool.checkable(
        "reply_to_conversation",
        "Reply to a conversation",
        "Posts a message as the agent bot, or a private note for the company's people. A second call with the same key posts nothing.",
        "conversation.reply",
        "list_messages",
        conversation(JsonSchema.writeArguments())
            .required("text", "string", "What to say; markdown as Chatwoot knows it.")
            .optional("private", "boolean", "True for a note that the customer does not see."),
        JsonSchema.result().objects("records", "id of the message"),
        conversations::reply);
  }

  private static JsonSchema conversation(JsonSchema schema) {
    return schema.required(
        "conversation_id", "integer", "The conversation's number in the account.");
  }
}
