package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Records of any business model, within the rights of the account's Odoo user.
final class Records {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");

  /// Users, keys, settings, the server's own tables: nothing that a conversation needs.
  private static final List<String> TECHNICAL =
      List.of(
          "ir.",
          "res.users",
          "res.config",
          "res.groups",
          "base.",
          "bus.",
          "auth",
          "mail.mail",
          "payment.provider",
          "fetchmail");

  private final OdooJson2 odoo;

  Records(OdooJson2 odoo) {
    this.odoo = odoo;
  }

  ToolAnswer search(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    String model = arguments.text("model");
    if (!NAME.matcher(model).matches()) {
      return new ToolAnswer.Refused("model must be a name such as `sale.order`");
    }
    if (TECHNICAL.stream().anyMatch(model::startsWith)) {
      return new ToolAnswer.Refused("the model " + model + " is not offered");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("domain", arguments.list("domain"));
    List<?> fields = arguments.list("fields");
    body.put("fields", fields.isEmpty() ? List.of("display_name") : fields);
    body.put("limit", arguments.number("limit", 10, 1, 100));
    body.put("offset", arguments.number("offset", 0, 0, 1_000_000));
    arguments.optionalText("order").ifPresent(order -> body.put("order", order));
    var answer = odoo.call(call.odoo(), model, "search_read", body, call.left());
    List<Map<String, Object>> records =
        JSON.convertValue(answer, new TypeReference<List<Map<String, Object>>>() {});
    return new ToolAnswer.Result(
        records.size() + " records", Map.of("success", true, "records", records));
  }
}
