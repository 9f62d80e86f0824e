package io.mcpcrew.simulators.odoo;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A caller of one database.
record OdooClient(RunningSimulator odoo, String database, String key) {
  static final String SHOP_KEY = "0123456789abcdef-loja";
  static final String CLINIC_KEY = "0123456789abcdef-clinica";

  /// Both demo companies; nothing is kept without a data folder.
  static RunningSimulator start(@Nullable String dataDir, long delayMs) {
    Map<String, Object> settings =
        new TreeMap<>(
            Map.of(
                "simulator.odoo.databases[0].name", "loja",
                "simulator.odoo.databases[0].api-key", SHOP_KEY,
                "simulator.odoo.databases[1].name", "clinica",
                "simulator.odoo.databases[1].api-key", CLINIC_KEY,
                "simulator.odoo.delay-ms", delayMs));
    if (dataDir != null) {
      settings.put("simulator.odoo.data-dir", dataDir);
    }
    return RunningSimulator.start(settings, OdooSimulatorConfiguration.class);
  }

  static OdooClient shop(RunningSimulator odoo) {
    return new OdooClient(odoo, "loja", SHOP_KEY);
  }

  static OdooClient clinic(RunningSimulator odoo) {
    return new OdooClient(odoo, "clinica", CLINIC_KEY);
  }

  Answer call(String modelAndMethod, String body) {
    return odoo.post(
        "/json/2/" + modelAndMethod,
        body,
        "Authorization",
        "bearer " + key,
        "X-Odoo-Database",
        database,
        "Content-Type",
        "application/json");
  }

  /// The result of a call that has to succeed.
  JsonNode result(String modelAndMethod, String body) {
    Answer answer = call(modelAndMethod, body);
    if (answer.status() != 200) {
      throw new AssertionError(modelAndMethod + " answered " + answer);
    }
    return answer.json();
  }

  /// The one product with this code.
  JsonNode product(String code) {
    return result(
            "product.product/search_read",
            "{\"domain\": [[\"default_code\", \"=\", \"%s\"]]}".formatted(code))
        .get(0);
  }

  /// A quotation for the first partner with one line; its id.
  long order(String code, int quantity) {
    return result(
            "sale.order/create",
            """
            {"vals_list": [{"partner_id": 1, "order_line": [
              [0, 0, {"product_id": %d, "product_uom_qty": %d}]]}]}\
            """
                .formatted(product(code).get("id").asLong(), quantity))
        .get(0)
        .asLong();
  }

  JsonNode read(String model, long id) {
    return result(model + "/read", "{\"ids\": [%d]}".formatted(id)).get(0);
  }
}
