package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes records of any business model, within the rights of the account's Odoo user, and calls
/// the methods that an operator has named.
final class Changes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Odoo odoo;
  private final OdooFields fields;
  private final Receipts receipts;
  private final OdooSettings settings;

  Changes(Odoo odoo, OdooFields fields, Receipts receipts, OdooSettings settings) {
    this.odoo = odoo;
    this.fields = fields;
    this.receipts = receipts;
    this.settings = settings;
  }

  List<ConnectorTool> tools() {
    return List.of(writeRecord(), callMethod());
  }

  private ConnectorTool writeRecord() {
    return ConnectorTool.checkable(
        "write_record",
        "Write a record",
        "Changes fields of one record and tells what they were before and are now. Look with dry_run first. Only where no other tool does it; lines and other lists of records cannot be changed by it.",
        null,
        "read_records",
        JsonSchema.writeArguments()
            .required("model", "string", "E.g. `res.partner`, `crm.lead`.")
            .required("id", "integer", "The record's id.")
            .required(
                "values",
                "object",
                "New values by field; a reference is an id, a time is UTC like `2026-12-01 14:30:00`, null empties.")
            .dryRun(),
        JsonSchema.result()
            .objects("records", "field, before and after; of a dry run after is what is wanted"),
        this::write);
  }

  private ConnectorTool callMethod() {
    return ConnectorTool.blind(
        "call_method",
        "Call a method",
        "Calls a method of a model, if the operator of this installation allows exactly that one. It is begun once for a key: a second call with the same key is refused, whether the first has finished or not.",
        JsonSchema.writeArguments()
            .required("model", "string", "E.g. `sale.order`.")
            .required("method", "string", "E.g. `action_lock`.")
            .property(
                "ids",
                Map.of(
                    "type",
                    "array",
                    "items",
                    Map.of("type", "integer", "minimum", 1),
                    "maxItems",
                    100,
                    "description",
                    "The records on which it is called; none for a model's method."))
            .optional("arguments", "object", "The method's arguments by name."),
        JsonSchema.result()
            .required("success", "boolean", "Whether the method was called.")
            .property("result", Map.of("description", "What it answers; absent when nothing.")),
        this::callMethod);
  }

  private ToolAnswer write(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    long id = call.arguments().id("id");
    Map<String, @Nullable Object> values = call.arguments().object("values");
    checkWritable(call, model, values);
    List<String> names = List.copyOf(values.keySet());
    Row before = record(call, model, id, names);
    if (call.isDryRun()) {
      return told("a dry run; nothing was written", names, before, asWanted(values));
    }
    if (receipts.isThere(call)) {
      return told("it was written with this key already", names, before, before);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ids", List.of(id));
    body.put("vals", asWanted(values).fields());
    odoo.call(call, model, "write", body);
    receipts.write(call, model, id, "write_record: " + String.join(", ", names));
    return told("written", names, before, record(call, model, id, names));
  }

  private Row record(OdooCall call, String model, long id, List<String> names)
      throws IOException, InterruptedException {
    return odoo.read(call, model, id, names)
        .orElseThrow(() -> new IllegalArgumentException("there is no %s %d".formatted(model, id)));
  }

  /// Odoo silently leaves alone what cannot be written; here it is told.
  private void checkWritable(OdooCall call, String model, Map<String, @Nullable Object> values)
      throws IOException, InterruptedException {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must name at least one field");
    }
    for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
      OutOfReach.checkField(value.getKey());
      if (value.getValue() instanceof Map || value.getValue() instanceof List) {
        throw new IllegalArgumentException(value.getKey() + " must be a single value");
      }
    }
    Map<String, OdooFields.Kind> known = fields.of(call, model);
    for (String name : values.keySet()) {
      OdooFields.Kind kind = known.get(name);
      if (kind == null) {
        throw new IllegalArgumentException("%s has no field %s".formatted(model, name));
      }
      if (name.equals("id") || kind.readonly() || !kind.isPlain()) {
        throw new IllegalArgumentException("the field %s cannot be written".formatted(name));
      }
    }
  }

  /// Empty is `false` in Odoo.
  private static Row asWanted(Map<String, @Nullable Object> values) {
    var node = JSON.createObjectNode();
    values.forEach(
        (name, value) -> node.set(name, JSON.valueToTree(value == null ? false : value)));
    return new Row(node);
  }

  private static ToolAnswer told(String line, List<String> names, Row before, Row after) {
    var changes = new ArrayList<Map<String, Object>>();
    for (String name : names) {
      Map<String, Object> change = new LinkedHashMap<>();
      change.put("field", name);
      change.put("before", plain(before.fields().path(name)));
      change.put("after", plain(after.fields().path(name)));
      changes.add(change);
    }
    return new ToolAnswer.Result(line, Map.of("records", changes));
  }

  private static Object plain(JsonNode value) {
    return JSON.convertValue(value, Object.class);
  }

  private ToolAnswer callMethod(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    String method = call.arguments().text("method");
    if (!settings.methods().contains(model + "." + method)) {
      return new ToolAnswer.Refused(
          settings.methods().isEmpty()
              ? "the operator of this installation allows no method"
              : "the operator of this installation allows only " + settings.methods());
    }
    List<?> ids = call.arguments().list("ids");
    long first = !ids.isEmpty() && ids.getFirst() instanceof Number id ? id.longValue() : 0;
    if (receipts.isThere(call) || !receipts.claim(call, model, first, "call_method: " + method)) {
      return new ToolAnswer.Refused(
          "this call was begun with this key before; look whether it has happened, and use a new key if it has not");
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>(call.arguments().object("arguments"));
    if (!ids.isEmpty()) {
      body.put("ids", ids);
    }
    return answered(odoo.call(call, model, method, body));
  }

  private static ToolAnswer answered(JsonNode answer) {
    Map<String, Object> structured = new LinkedHashMap<>();
    structured.put("success", true);
    if (!answer.isNull() && !answer.isMissingNode()) {
      structured.put("result", plain(answer));
    }
    return new ToolAnswer.Result(
        answer.path("type").asString("").startsWith("ir.actions.")
            ? "called; it answers with a form that a person must fill in"
            : "called",
        structured);
  }
}
