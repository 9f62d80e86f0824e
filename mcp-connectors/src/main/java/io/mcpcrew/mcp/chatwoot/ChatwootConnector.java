package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The tools for Chatwoot.
public final class ChatwootConnector implements Connector {
  private final List<ConnectorTool> forAll;
  private final Webhooks webhooks;

  public ChatwootConnector(GuardedHttp http, ChatwootSettings settings, InstantSource clock) {
    var api = new ChatwootApi(http);
    var keys = new Keys();
    var directory = new Directory(api);
    this.webhooks = new Webhooks(api, keys, settings);
    this.forAll =
        Stream.of(
                new Conversations(api).tools(),
                new Messages(api, keys, clock).tools(),
                new Handling(api, keys, directory, clock).tools(),
                new Contacts(api, keys).tools(),
                directory.tools())
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public String name() {
    return "chatwoot";
  }

  @Override
  public String instructions() {
    return "The company's conversations with its customers, and the customers as contacts. The reply to the customer who is being answered is published by the platform; reply_to_conversation is for notes and for other conversations. To hand a conversation over, write a private note, assign it, and set its status to open.";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().chatwoot() != null;
  }

  @Override
  public List<ConnectorTool> tools() {
    return Stream.concat(forAll.stream(), webhooks.tools().stream()).toList();
  }

  @Override
  public boolean variesByAccount() {
    return true;
  }

  /// Webhooks are for administrators only; nobody is offered what would be refused.
  @Override
  public List<ConnectorTool> toolsOf(ToolCall call) throws IOException, InterruptedException {
    return webhooks.isAllowed(ChatwootCall.of(call)) ? tools() : forAll;
  }
}
