package io.mcpcrew.simulators.chatwoot;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long after the customer's last message a channel takes what anybody writes. Channels that
/// are not named here take it always.
final class MessagingWindow {
  /// What WhatsApp answers to whoever writes later.
  static final String CLOSED =
      "131047: Message failed to send because more than 24 hours have passed since the customer last replied to this number.";

  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "Channel::Whatsapp", Duration.ofHours(24),
          "Channel::FacebookPage", Duration.ofHours(24),
          "Channel::Instagram", Duration.ofHours(24));

  private MessagingWindow() {}

  /// @param lastIncoming null when the customer has never written
  static boolean isOpen(String channel, @Nullable Instant lastIncoming, Instant now) {
    Duration window = WINDOWS.get(channel);
    return window == null || (lastIncoming != null && now.isBefore(lastIncoming.plus(window)));
  }

  /// A template is taken at any time, and a note reaches no channel.
  static boolean refuses(boolean open, Message message) {
    return !open
        && message.type() == Message.Type.OUTGOING
        && !message.internal()
        && !message.additionalAttributes().containsKey("template_params");
  }
}
