package io.mcpcrew.mcp.odoo;

import java.util.LinkedHashMap;
import java.util.Map;

/// How an order's state is told to a customer; Odoo's own words are for the company's people.
public final class OrderStates {
  private OrderStates() {}

  public static Map<String, Object> labels(String state, String delivery) {
    return switch (state) {
      case "draft", "sent" ->
          labels(
              "em orçamento, aguardando confirmação",
              "a quotation, not confirmed yet",
              "en presupuesto, por confirmar");
      case "cancel" -> labels("cancelado", "cancelled", "cancelado");
      case "sale" ->
          switch (delivery) {
            case "full" -> labels("entregue", "delivered", "entregado");
            case "partial" ->
                labels("parcialmente entregue", "partly delivered", "entregado en parte");
            case "started" -> labels("a caminho", "on its way", "en camino");
            default ->
                labels(
                    "confirmado, em preparação",
                    "confirmed, being prepared",
                    "confirmado, en preparación");
          };
      default -> labels("em andamento", "in progress", "en curso");
    };
  }

  private static Map<String, Object> labels(String pt, String en, String es) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("state_label", pt);
    labels.put("state_label_en", en);
    labels.put("state_label_es", es);
    return labels;
  }
}
