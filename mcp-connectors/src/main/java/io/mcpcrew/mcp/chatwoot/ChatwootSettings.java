package io.mcpcrew.mcp.chatwoot;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the tools of Chatwoot.
///
/// @param webhookHosts to which webhooks may be made, changed and deleted, such as
///   `hooks.example.com`; none unless named, and then there are no tools for it
@ConfigurationProperties("connectors.chatwoot")
public record ChatwootSettings(@DefaultValue List<String> webhookHosts) {
  public ChatwootSettings {
    webhookHosts = List.copyOf(webhookHosts);
    for (String host : webhookHosts) {
      if (!host.matches("[a-z0-9.-]+")) {
        throw new IllegalArgumentException(
            "connectors.chatwoot.webhook-hosts must be like hooks.example.com, not " + host);
      }
    }
  }
}
