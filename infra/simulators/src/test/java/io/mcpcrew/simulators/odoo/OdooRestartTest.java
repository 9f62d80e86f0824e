package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OdooRestartTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;

  @Test
  void a_restart_keeps_orders_leads_and_what_was_deleted() {
    long order;
    long lead;
    try (var odoo = OdooClient.start(folder.toString(), 0)) {
      var shop = OdooClient.shop(odoo);
      order = shop.order("FUR-650", 2);
      shop.result("sale.order/action_confirm", "{\"ids\": [%d]}".formatted(order));
      lead =
          shop.result("crm.lead/create", "{\"vals_list\": {\"name\": \"Ligar amanhã\"}}")
              .get(0)
              .asLong();
      shop.result("crm.lead/unlink", "{\"ids\": [1]}");
    }

    try (var odoo = OdooClient.start(folder.toString(), 0)) {
      var shop = OdooClient.shop(odoo);
      JsonNode kept = shop.read("sale.order", order);
      assertThat(kept.get("state").asString()).isEqualTo("sale");
      assertThat(kept.get("amount_total").asDouble()).isEqualTo(579.80);
      assertThat(shop.product("FUR-650").get("free_qty").asDouble()).isEqualTo(12);
      assertThat(shop.read("crm.lead", lead).get("name").asString()).isEqualTo("Ligar amanhã");
      assertThat(shop.result("crm.lead/read", "{\"ids\": [1]}")).isEmpty();
      assertThat(shop.order("FUR-650", 1)).isGreaterThan(order);
      assertThat(OdooClient.clinic(odoo).result("crm.lead/read", "{\"ids\": [1]}")).hasSize(1);
    }
  }

  private Database database() {
    return new Database(
        "loja", "key", CLOCK, DemoData.of("loja", CLOCK), new StateFile(folder, "loja"));
  }

  private static @Nullable Object lead(Database database, String name) {
    Map<String, @Nullable Object> body = Map.of("vals_list", Map.of("name", name));
    return database.call("crm.lead", "create", body);
  }

  @Test
  void every_answered_change_is_in_the_file_even_when_many_come_at_once() {
    var database = database();
    var _ = IntStream.range(0, 200).parallel().mapToObj(i -> lead(database, "lead " + i)).toList();

    Map<String, @Nullable Object> count =
        Map.of("domain", List.of(List.of("name", "=like", "lead %")));
    assertThat(database().call("crm.lead", "search_count", count)).isEqualTo(200L);
  }

  @Test
  void untouched_demo_data_is_not_in_the_file() throws IOException {
    var _ = lead(database(), "só este");

    assertThat(Files.readString(folder.resolve("loja.json")))
        .contains("só este")
        .doesNotContain("Furadeira", "Revenda no interior");
  }

  @Test
  void a_damaged_file_stops_the_start_and_is_named() throws IOException {
    Files.writeString(folder.resolve("loja.json"), "{\"crm.lead\": ");

    assertThatThrownBy(this::database)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("loja.json");
  }
}
