package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is put beside a record: notes for the company's people, and files.
final class Notes {
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,200}");
  private static final int LARGEST_FILE = 500_000;
  private static final Effects.Kind NOTE =
      new Effects.Kind(
          "note", "mail.message", "body", List.of("body"), row -> Map.of("id", row.id()));
  private static final Effects.Kind FILE =
      new Effects.Kind(
          "file",
          "ir.attachment",
          "description",
          List.of("name", "description"),
          row -> Map.of("id", row.id(), "name", row.text("name")));

  private final OdooFields fields;
  private final Effects effects;

  Notes(OdooFields fields, Effects effects) {
    this.fields = fields;
    this.effects = effects;
  }

  List<ConnectorTool> tools() {
    return List.of(addNote(), addFile());
  }

  private ConnectorTool addNote() {
    return ConnectorTool.keyed(
        "add_note",
        "Add a note",
        "Writes a note beside a record for the company's people, such as on an order or a lead. The customer does not see it, and nobody is sent a message. A second call with the same key adds nothing.",
        "note.add",
        "find_by_key",
        onRecord().required("text", "string", "What people should know; plain text."),
        JsonSchema.result().objects("records", "id of the note"),
        this::note);
  }

  private ConnectorTool addFile() {
    return ConnectorTool.keyed(
        "add_file",
        "Add a file",
        "Attaches a file to a record, such as a customer's photo to a lead. At most 500 KB. A second call with the same key adds nothing.",
        "file.add",
        "find_by_key",
        onRecord()
            .required("name", "string", "The file's name with its ending, e.g. `foto.jpg`.")
            .required("content", "string", "The file as base64."),
        JsonSchema.result().objects("records", "id and name of the file"),
        this::file);
  }

  private static JsonSchema onRecord() {
    return JsonSchema.writeArguments()
        .required("model", "string", "E.g. `sale.order`, `crm.lead`, `res.partner`.")
        .required("id", "integer", "The record's id.");
  }

  private ToolAnswer note(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    long id = call.arguments().id("id");
    if (!fields.of(call, model).containsKey("message_ids")) {
      return new ToolAnswer.Refused("records of %s have no notes".formatted(model));
    }
    return effects.once(
        call,
        NOTE,
        () -> {
          Map<String, Object> note =
              Receipts.note(EffectKey.of(call), call.arguments().text("text"));
          note.put("model", model);
          note.put("res_id", id);
          return Sheet.of(note);
        });
  }

  private ToolAnswer file(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    long id = call.arguments().id("id");
    String name = call.arguments().text("name");
    String content = call.arguments().text("content");
    checkFile(name, content);
    return effects.once(
        call,
        FILE,
        () -> {
          Map<String, Object> file = Sheet.head("name", name);
          file.put("datas", content);
          file.put("description", EffectKey.of(call).mark());
          file.put("res_model", model);
          file.put("res_id", id);
          return Sheet.of(file);
        });
  }

  private static void checkFile(String name, String content) {
    if (!FILE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must be a file's name without folders");
    }
    int size;
    try {
      size = Base64.getDecoder().decode(content).length;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("content must be base64", e);
    }
    if (size == 0 || size > LARGEST_FILE) {
      throw new IllegalArgumentException(
          "the file must have 1 to %d bytes".formatted(LARGEST_FILE));
    }
  }
}
