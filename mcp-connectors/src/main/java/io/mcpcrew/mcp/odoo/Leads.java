package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// Wishes for the sales people. The key of the effect stands in the lead's field `referred`, where
/// it can be asked for. Odoo does not keep that field unique: two calls at the same instant could
/// both see no lead and make one each. Here the later one waits for the earlier one's answer;
/// through two processes they still can, which is why the tool is checkable and not keyed.
final class Leads {
  private static final String MODEL = "crm.lead";
  private static final String KEY_FIELD = "referred";
  private static final List<String> FREE_FIELDS =
      List.of("contact_name", "phone", "email_from", "description");

  private final OdooJson2 odoo;
  private final ConcurrentMap<Effect, CompletableFuture<ToolAnswer>> underway =
      new ConcurrentHashMap<>();

  private record Effect(AccountId account, String key) {}

  Leads(OdooJson2 odoo) {
    this.odoo = odoo;
  }

  ToolAnswer create(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    var effect = new Effect(call.account(), call.arguments().text("idempotency_key"));
    var mine = new CompletableFuture<ToolAnswer>();
    CompletableFuture<ToolAnswer> earlier = underway.putIfAbsent(effect, mine);
    if (earlier != null) {
      return answerOf(earlier, call);
    }
    try {
      ToolAnswer answer = createIfAbsent(call);
      mine.complete(answer);
      return answer;
    } finally {
      underway.remove(effect, mine);
      mine.cancel(false); // who waits for a call that has failed
    }
  }

  private static ToolAnswer answerOf(CompletableFuture<ToolAnswer> earlier, OdooCall call)
      throws IOException, InterruptedException {
    try {
      return earlier.get(call.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (CancellationException | ExecutionException | TimeoutException e) {
      throw new IOException("the same call came a moment earlier and has not succeeded", e);
    }
  }

  private ToolAnswer createIfAbsent(OdooCall call) throws IOException, InterruptedException {
    List<Map<String, Object>> there = byKey(call);
    if (!there.isEmpty()) {
      return new ToolAnswer.Result("the lead was there already", Map.of("records", there));
    }
    Arguments arguments = call.arguments();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", arguments.text("name"));
    values.put("type", "opportunity");
    values.put(KEY_FIELD, arguments.text("idempotency_key"));
    for (String field : FREE_FIELDS) {
      arguments.optionalText(field).ifPresent(text -> values.put(field, text));
    }
    JsonNode ids =
        odoo.call(call.odoo(), MODEL, "create", Map.of("vals_list", List.of(values)), call.left());
    return new ToolAnswer.Result(
        "lead created",
        Map.of(
            "records",
            List.of(Map.of("id", ids.path(0).asLong(), "name", arguments.text("name")))));
  }

  ToolAnswer find(ToolCall given) throws IOException, InterruptedException {
    List<Map<String, Object>> there = byKey(OdooCall.of(given));
    return new ToolAnswer.Result(
        there.isEmpty() ? "no lead with this key" : "found", Map.of("records", there));
  }

  private List<Map<String, Object>> byKey(OdooCall call) throws IOException, InterruptedException {
    String key = call.arguments().text("idempotency_key");
    Map<String, Object> body =
        Map.of(
            "domain",
            List.of(List.of(KEY_FIELD, "=", key)),
            "fields",
            List.of("name"),
            "limit",
            2,
            "context",
            Map.of("active_test", false));
    var found = new ArrayList<Map<String, Object>>();
    for (JsonNode node : odoo.call(call.odoo(), MODEL, "search_read", body, call.left())) {
      var row = new Row(node);
      found.add(Map.of("id", row.id(), "name", row.text("name")));
    }
    return found;
  }
}
