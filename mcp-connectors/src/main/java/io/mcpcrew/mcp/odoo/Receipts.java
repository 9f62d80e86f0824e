package io.mcpcrew.mcp.odoo;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Notes under a key about what was done to a record that was there already. They stand where the
/// company's people look, beside the record, and are unique as everything made for a key is.
final class Receipts {
  private static final String MODEL = "mail.message";

  private final Odoo odoo;
  private final OdooFields fields;
  private final Effects effects;

  Receipts(Odoo odoo, OdooFields fields, Effects effects) {
    this.odoo = odoo;
    this.fields = fields;
    this.effects = effects;
  }

  /// Whether something was done with this call's key.
  ///
  /// @throws IllegalArgumentException when it was done with other arguments
  boolean isThere(OdooCall call) throws IOException, InterruptedException {
    var key = EffectKey.of(call);
    Optional<Effects.Made> made = effects.find(call, key);
    if (made.isEmpty()) {
      return false;
    }
    if (!made.get().model().equals(MODEL) || key.differsFrom(body(call, made.get().id()))) {
      throw Effects.usedOtherwise();
    }
    return true;
  }

  private String body(OdooCall call, long id) throws IOException, InterruptedException {
    return odoo.read(call, MODEL, id, List.of("body")).map(row -> row.text("body")).orElse("");
  }

  void write(OdooCall call, String model, long id, String text)
      throws IOException, InterruptedException {
    long _ = note(call, model, id, text);
  }

  /// A note beside a record that was made for the call's key, with the arguments for which it was.
  ///
  /// @throws IllegalArgumentException when it was made with other arguments
  void settle(OdooCall call, EffectKey key, String model, long id, String text)
      throws IOException, InterruptedException {
    EffectKey wanted = key.part("wanted");
    long note = effects.make(call, MODEL, wanted, sheet(call, wanted, model, id, text));
    if (key.differsFrom(body(call, note))) {
      throw Effects.usedOtherwise();
    }
  }

  /// For what must not be done twice and cannot be asked for: a note before it is begun. Of several
  /// calls one is told that the note is its own.
  boolean claim(OdooCall call, String model, long id, String text)
      throws IOException, InterruptedException {
    String mine = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    long note = note(call, model, id, text + " (" + mine + ")");
    return body(call, note).contains(mine);
  }

  private long note(OdooCall call, String model, long id, String text)
      throws IOException, InterruptedException {
    var key = EffectKey.of(call);
    return effects.make(call, MODEL, key, sheet(call, key, model, id, text));
  }

  private Sheet sheet(OdooCall call, EffectKey key, String model, long id, String text)
      throws IOException, InterruptedException {
    Map<String, Object> note = note(key, text);
    if (id > 0 && fields.of(call, model).containsKey("message_ids")) {
      note.put("model", model);
      note.put("res_id", id);
    }
    return Sheet.of(note);
  }

  /// A note that only the company's people see, and that is sent to nobody.
  static Map<String, Object> note(EffectKey key, String text) {
    Map<String, Object> note = Sheet.head("body", Html.of(text, key.mark()));
    note.put("message_type", "comment");
    note.put("subtype_id/id", "mail.mt_note");
    note.put("is_internal", 1);
    return note;
  }
}
