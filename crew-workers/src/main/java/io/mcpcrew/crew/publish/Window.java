package io.mcpcrew.crew.publish;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.ReleasedReply;
import java.util.Map;
import java.util.Set;

/// Channels that close a while after the customer's last message, WhatsApp after 24 hours: from
/// then on only templates are taken, which the channel's owner has approved. A provider's inbox for
/// text messages may carry WhatsApp.
final class Window {
  private static final Set<String> CLOSING = Set.of("whatsapp", "facebook", "sms");
  private static final Set<String> WITH_TEMPLATES = Set.of("whatsapp");

  /// What a template's variable takes.
  private static final int LONGEST_VARIABLE = 900;

  private Window() {}

  /// Whether the channel must be asked if it still takes a reply. What answers a message is posted
  /// within the turn's deadline, and need not be.
  static boolean mayBeClosed(ReleasedReply reply) {
    return CLOSING.contains(reply.channel())
        && !reply.kind().isForPeople()
        && !reply.isHolding()
        && !reply.replyKey().equals(reply.turn().toString());
  }

  static boolean takesTemplates(ReleasedReply reply) {
    return WITH_TEMPLATES.contains(reply.channel());
  }

  /// A variable has no line breaks, and an end.
  private static String variable(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_VARIABLE ? line : line.substring(0, LONGEST_VARIABLE) + "…";
  }

  /// What the customer reads, as Chatwoot keeps it.
  static String content(Tenant.Template template, String text) {
    return template.body().replace("{{1}}", variable(text));
  }

  /// As Chatwoot passes it on.
  static Map<String, Object> params(Tenant.Template template, String text) {
    Map<String, Object> body =
        template.body().contains("{{1}}") ? Map.of("1", variable(text)) : Map.of();
    return Map.of(
        "name", template.name(),
        "language", template.language(),
        "category", template.category(),
        "processed_params", Map.of("body", body));
  }
}
