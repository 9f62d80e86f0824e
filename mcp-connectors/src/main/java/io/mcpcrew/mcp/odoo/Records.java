package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads records of any business model, within the rights of the account's Odoo user.
final class Records {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

  private final Odoo odoo;

  Records(Odoo odoo) {
    this.odoo = odoo;
  }

  List<ConnectorTool> tools() {
    return List.of(searchRecords(), readRecords(), aggregateRecords());
  }

  private ConnectorTool searchRecords() {
    return ConnectorTool.read(
        "search_records",
        "Search records",
        "Searches any business model. The domain is Odoo's: a list of [field, operator, value] with \"&\", \"|\" and \"!\" before their operands. Settings, users and other technical models are not offered.",
        null,
        domain(model())
            .texts("fields", "Names; ask for few.")
            .number("limit", 1, 100, 10, "How many at most.")
            .number("offset", 0, 1_000_000, 0, "How many to skip.")
            .optional("order", "string", "E.g. `date_order desc`."),
        result("as Odoo gives them; an empty field is false"),
        this::search);
  }

  private ConnectorTool readRecords() {
    return ConnectorTool.read(
        "read_records",
        "Read records",
        "Reads records of any business model by their ids. Says which are not there. Settings, users and other technical models are not offered.",
        null,
        model()
            .required(
                "ids",
                Map.of(
                    "type",
                    "array",
                    "items",
                    Map.of("type", "integer", "minimum", 1),
                    "minItems",
                    1,
                    "maxItems",
                    100,
                    "description",
                    "The ids, from search_records or another tool."))
            .texts("fields", "Names; ask for few."),
        result("as Odoo gives them; an empty field is false")
            .property(
                "missing",
                Map.of(
                    "type", "array",
                    "items", Map.of("type", "integer"),
                    "description", "Ids that are not there.")),
        this::read);
  }

  private ConnectorTool aggregateRecords() {
    return ConnectorTool.read(
        "aggregate_records",
        "Aggregate records",
        "Counts and sums records of any business model by groups, such as orders by state or sales by month. Use it instead of adding up records yourself.",
        null,
        domain(model())
            .texts(
                "group_by",
                "Fields, dates with `:day`, `:week`, `:month`, `:quarter` or `:year`, e.g. `date_order:month`. None: all in one group.")
            .texts(
                "measures",
                "`__count`, or a field with `:sum`, `:avg`, `:min`, `:max` or `:count_distinct`, e.g. `amount_total:sum`. None: `__count`.")
            .number("limit", 1, 100, 50, "How many groups at most.")
            .optional("order", "string", "E.g. `amount_total:sum desc`."),
        result("one for each group: what was grouped by, and the measures"),
        this::aggregate);
  }

  private static JsonSchema model() {
    return JsonSchema.arguments()
        .required("model", "string", "E.g. `res.partner`, `sale.order`, `account.move`.");
  }

  private static JsonSchema domain(JsonSchema schema) {
    return schema.property(
        "domain", Map.of("type", "array", "description", "E.g. [[\"state\", \"=\", \"sale\"]]."));
  }

  private static JsonSchema result(String records) {
    return JsonSchema.result()
        .required("success", "boolean", "Whether Odoo was asked; a refusal is an error instead.")
        .objects("records", records);
  }

  private ToolAnswer search(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    String model = OutOfReach.checkModel(arguments.text("model"));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("domain", OutOfReach.checkDomain(arguments.list("domain")));
    body.put("fields", fields(arguments));
    body.put("limit", arguments.number("limit", 10, 1, 100));
    body.put("offset", arguments.number("offset", 0, 0, 1_000_000));
    order(arguments, body);
    List<Map<String, Object>> records = rows(odoo.call(call, model, "search_read", body));
    return result(
        records.isEmpty()
            ? "0 records that this account's Odoo user may see"
            : records.size() + " records",
        Map.of(),
        records);
  }

  private ToolAnswer read(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    String model = OutOfReach.checkModel(arguments.text("model"));
    List<Long> ids = ids(arguments);
    Map<String, Object> body = Map.of("ids", ids, "fields", fields(arguments));
    JsonNode answer = odoo.call(call, model, "read", body);
    Set<Long> missing = new TreeSet<>(ids);
    answer.forEach(row -> missing.remove(row.path("id").asLong()));
    List<Map<String, Object>> records = rows(answer);
    return result(records.size() + " records", Map.of("missing", List.copyOf(missing)), records);
  }

  private static List<Long> ids(Arguments arguments) {
    var ids = new ArrayList<Long>();
    for (Object id : arguments.list("ids")) {
      if (!(id instanceof Number number)) {
        throw new IllegalArgumentException("ids must hold whole numbers");
      }
      ids.add(number.longValue());
    }
    if (ids.isEmpty() || ids.size() > 100) {
      throw new IllegalArgumentException("ids must hold 1 to 100 of them");
    }
    return ids;
  }

  private ToolAnswer aggregate(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    Arguments arguments = call.arguments();
    String model = OutOfReach.checkModel(arguments.text("model"));
    List<String> measures = specifications(arguments, "measures");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("domain", OutOfReach.checkDomain(arguments.list("domain")));
    body.put("groupby", specifications(arguments, "group_by"));
    body.put("aggregates", measures.isEmpty() ? List.of("__count") : measures);
    body.put("limit", arguments.number("limit", 50, 1, 100));
    order(arguments, body);
    List<Map<String, Object>> groups = rows(odoo.call(call, model, "formatted_read_group", body));
    groups.forEach(group -> group.remove("__extra_domain"));
    return result(groups.size() + " groups", Map.of(), groups);
  }

  private static ToolAnswer result(
      String text, Map<String, Object> more, List<Map<String, Object>> records) {
    Map<String, Object> structured = new LinkedHashMap<>(more);
    structured.put("success", true);
    structured.put("records", records);
    return new ToolAnswer.Result(text, structured);
  }

  private static List<Map<String, Object>> rows(JsonNode answer) throws IOException {
    if (!answer.isArray()) {
      throw new IOException("Odoo answered something else than records");
    }
    return JSON.convertValue(answer, ROWS);
  }

  private static List<String> fields(Arguments arguments) {
    List<String> fields =
        arguments.list("fields").stream()
            .map(field -> OutOfReach.checkField(String.valueOf(field)))
            .toList();
    return fields.isEmpty() ? List.of("display_name") : fields;
  }

  /// Fields with what is to be done with them behind a colon.
  private static List<String> specifications(Arguments arguments, String name) {
    return arguments.list(name).stream().map(text -> specification(String.valueOf(text))).toList();
  }

  private static String specification(String text) {
    String _ = OutOfReach.checkField(text.replaceFirst(":.*", ""));
    return text;
  }

  private static void order(Arguments arguments, Map<String, Object> body) {
    arguments
        .optionalText("order")
        .ifPresent(order -> {
          for (String term : order.split(",", -1)) {
            OutOfReach.checkField(term.strip().replaceFirst("[: ].*", ""));
          }
          body.put("order", order);
        });
  }
}
