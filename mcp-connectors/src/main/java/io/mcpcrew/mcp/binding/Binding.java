package io.mcpcrew.mcp.binding;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.runtime.tenant.BoundedCel;
import io.mcpcrew.schemas.contract.EffectClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A checked file: which tools of a foreign server stand in for which capabilities.
///
/// @param name of the connector, and of the account's `systems` entry with address and key
/// @param system as people call it; begins the sentences that models read
/// @param path added to the account's address
/// @param header that carries the account's key; `Authorization` carries it as a bearer token
public record Binding(String name, String system, String path, String header, List<Bound> tools) {
  public Binding {
    tools = List.copyOf(tools);
  }

  Optional<Bound> of(String capability) {
    return tools.stream().filter(tool -> tool.capability().name().equals(capability)).findFirst();
  }

  /// One tool.
  ///
  /// @param call the foreign tool's name
  /// @param with its arguments, to be filled in
  /// @param records where in its answer the records lie; empty for the whole answer
  /// @param only which of them are given
  record Bound(
      Capability capability,
      EffectClass effect,
      String call,
      Map<String, Object> with,
      String records,
      Optional<BoundedCel> only,
      Map<String, FieldRule> fields) {

    ConnectorTool declared(ConnectorTool.Body body) {
      ConnectorTool shown = capability.tool();
      return new ConnectorTool(
          shown.name(),
          shown.title(),
          shown.description(),
          shown.capability(),
          effect,
          effect == EffectClass.KEYED || effect == EffectClass.CHECKABLE
              ? Capability.FIND_BY_KEY
              : null,
          shown.destroys(),
          BindingReader.schema(this),
          shown.outputSchema(),
          body);
    }
  }
}
