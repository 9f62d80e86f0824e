package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.ConnectorResource;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What there is to read about the models, for clients that attach resources: which there are, what
/// fields one has, one record.
final class Schemas {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MIME = "application/json";
  private static final List<String> TOLD =
      List.of("string", "type", "relation", "required", "readonly", "selection");

  /// Which models there are may be read by administrators only; these the tools themselves use.
  private static final Map<String, String> OURS =
      Map.of(
          "res.partner", "Contact",
          "product.product", "Product",
          "sale.order", "Order",
          "sale.order.line", "Order line",
          "account.move", "Invoice",
          "crm.lead", "Lead",
          "calendar.event", "Appointment",
          "stock.quant", "Stock");

  private final Odoo odoo;
  private final OdooFields fields;

  Schemas(Odoo odoo, OdooFields fields) {
    this.odoo = odoo;
    this.fields = fields;
  }

  List<ConnectorResource> resources() {
    return List.of(
        new ConnectorResource(
            "odoo://models",
            "models",
            "The models that can be searched and read, with their names.",
            MIME,
            false,
            this::models),
        new ConnectorResource(
            "odoo://{model}",
            "model",
            "The fields of a model, such as `odoo://sale.order`: label, type, what it refers to.",
            MIME,
            false,
            this::model),
        new ConnectorResource(
            "odoo://{model}/{id}",
            "record",
            "A record, such as `odoo://sale.order/12`, without lists of other records and files.",
            MIME,
            false,
            this::record));
  }

  private ToolAnswer models(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Map<String, String> names = new LinkedHashMap<>();
    try {
      Query all =
          Query.where(List.of("transient", "=", false)).give("model", "name").order("model");
      for (Row row : odoo.search(call, "ir.model", all)) {
        if (OutOfReach.isOffered(row.text("model"))) {
          names.put(row.text("model"), row.text("name"));
        }
      }
    } catch (OdooRefusal notAnAdministrator) {
      names.putAll(OURS);
    }
    return answer(names);
  }

  private ToolAnswer model(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    JsonNode described = odoo.call(call, model, "fields_get", Map.of("attributes", TOLD));
    Map<String, Object> told = new LinkedHashMap<>();
    for (var field : described.properties()) {
      if (OutOfReach.isOfferedField(field.getKey())) {
        told.put(field.getKey(), field.getValue());
      }
    }
    return answer(told);
  }

  private ToolAnswer record(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    String model = OutOfReach.checkModel(call.arguments().text("model"));
    String id = call.arguments().text("id");
    if (!id.matches("[1-9][0-9]{0,17}")) {
      return new ToolAnswer.Refused("the id must be a positive whole number");
    }
    List<String> plain =
        fields.of(call, model).entrySet().stream()
            .filter(
                field -> field.getValue().isPlain() && OutOfReach.isOfferedField(field.getKey()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return odoo.read(call, model, Long.parseLong(id), plain)
        .<ToolAnswer>map(row -> answer(row.fields()))
        .orElseGet(() -> new ToolAnswer.Refused("there is no %s %s".formatted(model, id)));
  }

  private static ToolAnswer answer(Object content) {
    return new ToolAnswer.Result(JSON.writeValueAsString(content), Map.of());
  }
}
