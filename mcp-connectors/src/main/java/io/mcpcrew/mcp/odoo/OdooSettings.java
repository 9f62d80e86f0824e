package io.mcpcrew.mcp.odoo;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the tools of Odoo.
///
/// @param methods that `call_method` may call, such as `sale.order.action_lock`; none unless named
/// @param foundModels for which an account gets tools of its own, as its Odoo has them:
///   `project.task`, `project.*`, or `*` for all of the installed applications; none unless named
@ConfigurationProperties("connectors.odoo")
public record OdooSettings(
    @DefaultValue List<String> methods, @DefaultValue List<String> foundModels) {
  public OdooSettings {
    methods = List.copyOf(methods);
    methods.forEach(OdooSettings::check);
    foundModels = List.copyOf(foundModels);
    foundModels.forEach(OdooSettings::checkModel);
  }

  /// Whether one of the names with a star at its end stands for it.
  boolean isFound(String model) {
    return foundModels.stream()
        .anyMatch(
            name -> name.endsWith("*") && model.startsWith(name.substring(0, name.length() - 1)));
  }

  private static void checkModel(String name) {
    if (name.matches("[a-z][a-z0-9_.]*\\*")) {
      return;
    }
    try {
      OutOfReach.checkModel(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("connectors.odoo.found-models: " + e.getMessage(), e);
    }
  }

  private static void check(String method) {
    int dot = method.lastIndexOf('.');
    String name = method.substring(dot + 1);
    if (dot < 1 || !name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "connectors.odoo.methods must be like sale.order.action_lock, not " + method);
    }
    try {
      OutOfReach.checkModel(method.substring(0, dot));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("connectors.odoo.methods: " + e.getMessage(), e);
    }
  }
}
