package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Makes a record once for a key, however often and from however many processes it is asked to.
///
/// Odoo's `load()` stores a record together with an external id, and the database keeps those
/// unique. With `noupdate` such a record is not touched by a later load, which only answers with
/// its id; of loads at the same instant one wins and the others are told to try again. So the
/// database itself refuses the second effect, and nothing is kept here.
final class Effects {
  /// As updates of modules do, which leave alone what is marked `noupdate`. Times are given in UTC;
  /// Odoo sends nobody an invitation: whoever talks with the customer says it.
  private static final Map<String, Object> ONCE =
      Map.of(
          "mode",
          "update",
          "noupdate",
          true,
          "module",
          EffectKey.MODULE,
          "tz",
          "UTC",
          "no_mail_to_attendees",
          true);

  private static final int TRIES = 8;

  private final Odoo odoo;

  Effects(Odoo odoo) {
    this.odoo = odoo;
  }

  /// What a key has made.
  record Made(String model, long id) {}

  /// A kind of record that is made for keys.
  ///
  /// @param noun for the answer's line: `order`
  /// @param markedIn the field in which the key and its fingerprint stand
  /// @param fields that are read to tell of it
  record Kind(
      String noun,
      String model,
      String markedIn,
      List<String> fields,
      Function<Row, Map<String, Object>> told) {}

  /// How a record is to be made; asked only when there is none yet.
  @FunctionalInterface
  interface Making {
    Sheet sheet() throws IOException, InterruptedException;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            "find_by_key",
            "Find what a key has done",
            "Tells what was made with an idempotency key: an order, a lead, a visit, a note. No record means that nothing was.",
            null,
            JsonSchema.arguments()
                .required("idempotency_key", "string", "The key of the call in question."),
            JsonSchema.result().objects("records", "model, id and name; none or one"),
            this::findByKey));
  }

  ToolAnswer once(OdooCall call, Kind kind, Making making)
      throws IOException, InterruptedException {
    var key = EffectKey.of(call);
    Optional<Made> there = find(call, key);
    return there.isPresent()
        ? told(call, kind, key, there.get(), "the %s was there already".formatted(kind.noun()))
        : told(call, kind, key, make(call, kind, key, making), kind.noun() + " created");
  }

  private Made make(OdooCall call, Kind kind, EffectKey key, Making making)
      throws IOException, InterruptedException {
    return new Made(kind.model(), make(call, kind.model(), key, making.sheet()));
  }

  ToolAnswer told(OdooCall call, Kind kind, EffectKey key, Made made, String line)
      throws IOException, InterruptedException {
    if (!made.model().equals(kind.model())) {
      throw usedOtherwise();
    }
    Row row =
        odoo.read(call, kind.model(), made.id(), kind.fields())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the %s of this key has been deleted".formatted(kind.noun())));
    if (key.differsFrom(row.text(kind.markedIn()))) {
      throw usedOtherwise();
    }
    return new ToolAnswer.Result(line, Map.of("records", List.of(kind.told().apply(row))));
  }

  static IllegalArgumentException usedOtherwise() {
    return new IllegalArgumentException(
        "this idempotency_key was used with other arguments; a new effect needs a new key");
  }

  /// What was made under a key, archived or not. Empty too while another call is storing it, which
  /// Odoo knows before anybody can see the record; [#make] then finds it.
  Optional<Made> find(OdooCall call, EffectKey key) throws IOException, InterruptedException {
    return named(call, key)
        .filter(found -> found.path(1).isNumber())
        .map(found -> new Made(found.path(0).asString(""), found.path(1).asLong()));
  }

  /// The model, and the id if the record can be seen.
  private Optional<JsonNode> named(OdooCall call, EffectKey key)
      throws IOException, InterruptedException {
    try {
      return Optional.of(
          odoo.call(
              call,
              "ir.model.data",
              "check_object_reference",
              Map.of(
                  "module", EffectKey.MODULE,
                  "xml_id", key.name(),
                  "context", Map.of("active_test", false))));
    } catch (OdooRefusal e) {
      if (e.says("External ID not found")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The record's id, whoever has made it. Loads of the same key that come at the same instant meet
  /// in the database; whoever loses tries again, and finds the winner's record.
  long make(OdooCall call, String model, EffectKey key, Sheet sheet)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of("fields", sheet.fields(), "data", sheet.data(key), "context", ONCE);
    for (int tries = 1; ; tries++) {
      JsonNode answer = odoo.call(call, model, "load", body);
      if (answer.path("ids").path(0).isNumber()) {
        return answer.path("ids").path(0).asLong();
      }
      String complaint = complaint(answer);
      if (!isCollision(complaint)) {
        throw complaint.contains("found record of different model")
            ? usedOtherwise()
            : new OdooRefusal("Odoo refused: " + complaint);
      }
      if (tries == TRIES) {
        throw new IOException("others write the same record all the time");
      }
      Thread.sleep(ThreadLocalRandom.current().nextInt(10, 40 * tries));
    }
  }

  /// Errors come with status 200, inside the answer; the first is the one that matters.
  private static String complaint(JsonNode answer) {
    for (JsonNode message : answer.path("messages")) {
      if (message.path("type").asString("").equals("error")) {
        return OdooRefusal.firstLine(message.path("message").asString(""));
      }
    }
    return "no record was made";
  }

  /// Two at the same instant, and Odoo let the other one through. It says the first of these of a
  /// file with the same bytes, which the other is just writing.
  private static boolean isCollision(String complaint) {
    return complaint.contains("The attachment collides with an existing file")
        || complaint.contains("could not serialize access")
        || complaint.contains("deadlock detected")
        || complaint.contains("ir_model_data_module_name_uniq_index");
  }

  private ToolAnswer findByKey(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    var key = EffectKey.of(call);
    Optional<Made> made = find(call, key);
    if (made.isEmpty() && named(call, key).isPresent()) {
      return new ToolAnswer.Refused(
          "something was made with this key that cannot be seen: it is being stored at this moment, or this account's Odoo user may not see it");
    }
    if (made.isEmpty()) {
      return new ToolAnswer.Result("nothing was done with this key", Map.of("records", List.of()));
    }
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("model", made.get().model());
    record.put("id", made.get().id());
    odoo.read(call, made.get().model(), made.get().id(), List.of("display_name"))
        .ifPresent(row -> record.put("name", row.text("display_name")));
    return new ToolAnswer.Result("found", Map.of("records", List.of(record)));
  }
}
