package io.mcpcrew.mcp.odoo;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the tools of Odoo.
///
/// @param methods that `call_method` may call, such as `sale.order.action_lock`; none unless named
@ConfigurationProperties("connectors.odoo")
public record OdooSettings(@DefaultValue List<String> methods) {
  public OdooSettings {
    methods = List.copyOf(methods);
    methods.forEach(OdooSettings::check);
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
