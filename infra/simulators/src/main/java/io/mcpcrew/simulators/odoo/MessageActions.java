package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/// Messages on records. Posting the same one twice makes two.
final class MessageActions {
  private static final String NOTE = "mail.mt_note";

  private MessageActions() {}

  /// A text is taken at its word: it is escaped, and shown inside a paragraph.
  static Object post(Draft draft, Call call) {
    if (call.ids().size() != 1) {
      throw OdooError.value("Expected singleton: %s%s".formatted(call.model().name(), call.ids()));
    }
    Row record = new Records(draft).existing(call.model(), call.ids()).getFirst();
    String subtype = call.text("subtype_xmlid", NOTE);
    Row found =
        ExternalIds.find(draft, subtype)
            .filter(row -> row.text("model").equals(BaseModels.SUBTYPE))
            .orElseThrow(() -> OdooError.value("External ID not found in the system: " + subtype));
    long id =
        new Records(draft)
            .create(
                Models.get(BaseModels.MESSAGE),
                Map.of(
                    "body", "<p>" + HtmlUtils.htmlEscape(call.text("body", ""), "UTF-8") + "</p>",
                    "date", draft.now(),
                    "model", call.model().name(),
                    "res_id", record.id(),
                    "message_type", call.text("message_type", "notification"),
                    "subtype_id", ExternalIds.target(found)));
    return List.of(id);
  }

  /// Newest first.
  static List<Long> messagesOf(View view, String model, long id) {
    return view.rowsReferring(BaseModels.MESSAGE, "res_id", id).stream()
        .filter(message -> message.text("model").equals(model))
        .map(Row::id)
        .toList()
        .reversed();
  }
}
