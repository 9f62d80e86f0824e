package io.mcpcrew.simulators.chatwoot;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account webhook: it gets the events it subscribed to, once each, and never again.
record Webhook(
    long id, @Nullable String name, URI url, List<String> subscriptions, @Nullable String secret) {
  static final List<String> ALLOWED_EVENTS =
      List.of(
          "conversation_status_changed",
          "conversation_updated",
          "conversation_created",
          "contact_created",
          "contact_updated",
          "message_created",
          "message_updated",
          "webwidget_triggered",
          "inbox_created",
          "inbox_updated",
          "conversation_typing_on",
          "conversation_typing_off");

  boolean wants(String event) {
    return subscriptions.contains(event);
  }
}
