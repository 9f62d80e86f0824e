package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Wishes for the sales people.
final class Leads {
  private static final List<String> FREE_FIELDS =
      List.of("contact_name", "phone", "email_from", "description");
  private static final Effects.Kind LEAD =
      new Effects.Kind(
          "lead",
          "crm.lead",
          "referred",
          List.of("name", "referred"),
          row -> Map.of("id", row.id(), "name", row.text("name")));

  private final Effects effects;

  Leads(Effects effects) {
    this.effects = effects;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.keyed(
            "create_lead",
            "Create a lead",
            "Records a customer's wish for the sales people, where no other tool fulfils it. A second call with the same key gives the lead of the first.",
            "lead.create",
            "find_by_key",
            JsonSchema.writeArguments()
                .required("name", "string", "One line: what the customer wants.")
                .optional("contact_name", "string", "Who wants it.")
                .optional("phone", "string", "With country code, e.g. `+5511999990000`.")
                .optional("email_from", "string", "The customer's e-mail address.")
                .optional("description", "string", "What else is known."),
            JsonSchema.result().objects("records", "id and name of the lead"),
            this::create));
  }

  private ToolAnswer create(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    return effects.once(call, LEAD, () -> Sheet.of(lead(call)));
  }

  private static Map<String, Object> lead(OdooCall call) {
    Arguments arguments = call.arguments();
    Map<String, Object> lead = Sheet.head("name", arguments.text("name"));
    lead.put("type", "opportunity");
    lead.put("referred", EffectKey.of(call).mark());
    for (String field : FREE_FIELDS) {
      arguments.optionalText(field).ifPresent(text -> lead.put(field, Html.ifNeeded(field, text)));
    }
    return lead;
  }
}
