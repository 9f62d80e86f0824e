package io.mcpcrew.mcp.binding;

import io.mcpcrew.mcp.odoo.OrderStates;
import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.settings.Filling;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The capabilities that a file binds, offered like those of any connector: with the shell's
/// accounts, limits, deadlines and audit in front of the foreign server.
public final class BoundConnector implements Connector {
  private static final String KEY = "idempotency_key";
  private static final String CUSTOMER = "customer_id";

  private final Binding binding;
  private final ForeignServer server;
  private final Keys keys = new Keys();

  BoundConnector(GuardedHttp http, Binding binding) {
    this.binding = binding;
    this.server = new ForeignServer(http, binding);
  }

  @Override
  public String name() {
    return binding.name();
  }

  @Override
  public String instructions() {
    return "The company's " + binding.system() + ".";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().systems().containsKey(binding.name());
  }

  @Override
  public List<ConnectorTool> tools() {
    return binding.tools().stream().map(tool -> tool.declared(body(tool))).toList();
  }

  private ConnectorTool.Body body(Binding.Bound tool) {
    ConnectorTool.Body asked = call -> answered(call, tool);
    String name = tool.capability().tool().name();
    return switch (tool.effect()) {
      case READ -> asked;
      case KEYED -> call -> written(call, tool);
      case CHECKABLE ->
          call -> keys.once(call, name, again -> madeOrFound(again, tool), this::found);
      default ->
          call -> keys.once(call, name, first -> written(first, tool), BoundConnector::begunBefore);
    };
  }

  private static ToolAnswer begunBefore(ToolCall call) {
    return new ToolAnswer.Refused(
        "a call was begun with this key before; nobody can tell whether it had its effect");
  }

  private ToolAnswer found(ToolCall call) throws IOException {
    Binding.Bound check = binding.of(Capability.FIND_BY_KEY).orElseThrow();
    Map<String, Object> key = Map.of(KEY, call.arguments().text(KEY));
    return told(rows(call, check, key), "it was done with this key already");
  }

  private ToolAnswer madeOrFound(ToolCall call, Binding.Bound tool) throws IOException {
    return found(call) instanceof ToolAnswer.Result there && !records(there).isEmpty()
        ? there
        : written(call, tool);
  }

  private static List<?> records(ToolAnswer.Result result) {
    return result.structured().get("records") instanceof List<?> records ? records : List.of();
  }

  /// Where the foreign tool does not take the customer, whose order it is is asked for first.
  private ToolAnswer written(ToolCall call, Binding.Bound tool) throws IOException {
    Map<String, Object> arguments = tool.capability().withDefaults(call.arguments().all());
    boolean looks =
        tool.capability().whose()
            && arguments.containsKey(CUSTOMER)
            && !Filling.names(tool.with()).contains(CUSTOMER);
    if (looks) {
      Binding.Bound status = binding.of("order.status").orElseThrow();
      if (rows(call, status, arguments).isEmpty()) {
        return new ToolAnswer.Refused(
            "there is no order %s here".formatted(arguments.get("reference")));
      }
    }
    return answered(call, tool);
  }

  private ToolAnswer answered(ToolCall call, Binding.Bound tool) throws IOException {
    List<Map<String, Object>> rows =
        rows(call, tool, tool.capability().withDefaults(call.arguments().all()));
    return told(rows, rows.size() == 1 ? "1 record" : rows.size() + " records");
  }

  private static ToolAnswer told(List<Map<String, Object>> rows, String line) {
    return new ToolAnswer.Result(line, Map.of("records", rows));
  }

  private List<Map<String, Object>> rows(
      ToolCall call, Binding.Bound tool, Map<String, Object> arguments) throws IOException {
    for (String name : tool.capability().required()) {
      if (arguments.get(name) instanceof String text && text.isBlank()) {
        throw new IllegalArgumentException("the argument " + name + " is missing");
      }
    }
    Object answer = server.call(call, tool.call(), Filling.filled(tool.with(), arguments));
    try {
      return Told.records(tool, answer, arguments).stream()
          .map(BoundConnector::withLabels)
          .toList();
    } catch (Told.Unfitting e) {
      throw new IOException(
          "%s does not answer as its file says: %s".formatted(binding.system(), e.getMessage()), e);
    }
  }

  /// A customer is not told the system's own words for where an order is.
  private static Map<String, Object> withLabels(Map<String, Object> record) {
    if (!(record.get("state") instanceof String state)) {
      return record;
    }
    Map<String, Object> labelled = new LinkedHashMap<>(record);
    Object delivery = labelled.remove("delivery");
    labelled.putAll(OrderStates.labels(state, delivery == null ? "" : delivery.toString()));
    return labelled;
  }

  @Override
  public void close() {
    server.close();
  }
}
