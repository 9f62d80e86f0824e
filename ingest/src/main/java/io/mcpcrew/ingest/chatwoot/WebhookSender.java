package io.mcpcrew.ingest.chatwoot;

import java.util.Arrays;
import java.util.Optional;

/// Which of Chatwoot's three senders a webhook comes from. They sign with different secrets and
/// retry differently.
public enum WebhookSender {
  /// Account webhook: delivered once, whatever we answer.
  ACCOUNT("account", "account_webhook"),
  /// Agent bot: tries again after 429 and 500 and after nothing else.
  BOT("bot", "agent_bot");

  private final String path;
  private final String label;

  WebhookSender(String path, String label) {
    this.path = path;
    this.label = label;
  }

  public static Optional<WebhookSender> ofPath(String path) {
    return Arrays.stream(values()).filter(sender -> sender.path.equals(path)).findFirst();
  }

  public String label() {
    return label;
  }

  /// The status that makes this sender come again, or tells it best that it should have.
  public int comeAgain() {
    return this == BOT ? 500 : 503;
  }
}
