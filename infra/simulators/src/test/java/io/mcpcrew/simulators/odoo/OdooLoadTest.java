package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.RunningSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Records with external ids, and what else goes beyond plain records: forms, groups, portal.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OdooLoadTest {
  private static final String ONCE =
      "{\"mode\": \"update\", \"noupdate\": true, \"module\": \"m\", \"tz\": \"UTC\"}";

  private final RunningSimulator odoo = OdooClient.start(null, 0);
  private final OdooClient shop = OdooClient.shop(odoo);

  @AfterAll
  void stop() {
    odoo.close();
  }

  private JsonNode order(String name, String lineId, int quantity, String context) {
    long drill = shop.product("FUR-650").get("id").asLong();
    long tape = shop.product("TRE-5").get("id").asLong();
    return shop.result(
        "sale.order/load",
        """
        {"fields": ["id", "partner_id/.id", "order_line/id", "order_line/product_id/.id",
                    "order_line/product_uom_qty"],
         "data": [["%s", "1", "%s", "%d", "%d"], ["", "", "%s", "%d", "1"]], "context": %s}\
        """
            .formatted(
                name,
                lineId.isEmpty() ? "" : lineId + "1",
                drill,
                quantity,
                lineId.isEmpty() ? "" : lineId + "2",
                tape,
                context));
  }

  private int lines(JsonNode loaded) {
    return shop.read("sale.order", loaded.get("ids").get(0).asLong()).get("order_line").size();
  }

  @Test
  void a_record_that_is_not_to_be_updated_is_made_once_and_stays_as_it_is() {
    JsonNode first = order("m.once", "m.once_", 2, ONCE);
    double total =
        shop.read("sale.order", first.get("ids").get(0).asLong()).get("amount_total").asDouble();

    JsonNode second = order("m.once", "m.once_", 9, ONCE);

    assertThat(second.get("ids")).isEqualTo(first.get("ids"));
    assertThat(lines(second)).isEqualTo(2);
    assertThat(
            shop.read("sale.order", first.get("ids").get(0).asLong())
                .get("amount_total")
                .asDouble())
        .isEqualTo(total);
  }

  @Test
  void without_that_mark_a_second_load_writes_and_adds_lines_that_have_no_name() {
    JsonNode named = order("m.named", "m.named_", 2, "{}");
    order("m.named", "m.named_", 9, "{}");
    JsonNode nameless = order("m.nameless", "", 2, "{}");
    order("m.nameless", "", 2, "{}");

    assertThat(lines(named)).isEqualTo(2);
    assertThat(lines(nameless)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          crm.lead       | "id", "name", "type"        | "m.a", "x", "frob"       | Value 'frob' not found in selection field 'Type'
          crm.lead       | "id", "name", "active"      | "m.a", "x", "maybe"      | Unknown value 'maybe' for boolean field 'Active'
          crm.lead       | "id", "name", "user_id/id"  | "m.a", "x", "base.nope"  | No matching record found for external id 'base.nope'
          sale.order     | "id", "partner_id/.id"      | "m.a", "99999"           | No matching record found for database id '99999'
          sale.order     | "id", "client_order_ref"    | "m.a", "x"               | a mandatory field is not set
          crm.lead       | "id", "name"                | "", "x"                  | Cannot update a record without specifying its id
          mail.message   | "id", "model", "res_id"     | "m.a", "crm.lead", "999" | Record does not exist
          res.partner    | "id", "name"                | "mail.mt_note", "x"      | found record of different model
          """)
  void what_is_wrong_is_told_with_status_200_and_nothing_is_stored(
      String model, String fields, String data, String told) {
    JsonNode answer =
        shop.result(
            model + "/load",
            "{\"fields\": [%s], \"data\": [[%s]], \"context\": %s}".formatted(fields, data, ONCE));

    assertThat(answer.get("ids").asBoolean(true)).isFalse();
    assertThat(answer.get("messages").get(0).get("message").asString()).contains(told);
    assertThat(
            shop.result(
                "ir.model.data/search",
                "{\"domain\": [[\"module\", \"=\", \"m\"], [\"name\", \"=\", \"a\"]]}"))
        .isEmpty();
  }

  @Test
  void an_external_id_leads_to_its_record_and_goes_with_it() {
    long lead =
        shop.result(
                "crm.lead/load",
                "{\"fields\": [\"id\", \"name\"], \"data\": [[\"m.lead\", \"x\"]], \"context\": %s}"
                    .formatted(ONCE))
            .get("ids")
            .get(0)
            .asLong();
    String asked = "{\"module\": \"m\", \"xml_id\": \"lead\"%s}";

    assertThat(reference(asked.formatted("")).get(1).asLong()).isEqualTo(lead);

    shop.result("crm.lead/action_set_lost", "{\"ids\": [%d]}".formatted(lead));
    assertThat(reference(asked.formatted("")).get(1).asBoolean(true)).isFalse();
    assertThat(
            reference(asked.formatted(", \"context\": {\"active_test\": false}")).get(1).asLong())
        .isEqualTo(lead);

    shop.result("crm.lead/unlink", "{\"ids\": [%d]}".formatted(lead));
    assertThat(shop.call("ir.model.data/check_object_reference", asked.formatted("")).status())
        .isEqualTo(500);
  }

  private JsonNode reference(String body) {
    return shop.result("ir.model.data/check_object_reference", body);
  }

  @Test
  void times_in_a_table_are_those_of_the_user_unless_the_context_says_otherwise() {
    assertThat(start("m.event1", "{}")).isEqualTo("2030-05-06 13:00:00");
    assertThat(start("m.event2", "{\"tz\": \"UTC\"}")).isEqualTo("2030-05-06 10:00:00");
  }

  private String start(String name, String context) {
    long id =
        shop.result(
                "calendar.event/load",
                """
                {"fields": ["id", "name", "start", "stop", "partner_ids/.id"],
                 "data": [["%s", "x", "2030-05-06 10:00:00", "2030-05-06 11:00:00", "1,2"]],
                 "context": %s}\
                """
                    .formatted(name, context))
            .get("ids")
            .get(0)
            .asLong();
    JsonNode event = shop.read("calendar.event", id);
    assertThat(event.get("partner_ids")).hasSize(2);
    return event.get("start").asString();
  }

  @Test
  void a_form_counts_the_price_list_only_if_it_is_named_and_stores_nothing() {
    long orders = shop.result("sale.order/search_count", "{\"domain\": []}").asLong();

    assertThat(total("")).isEqualTo(2 * 1290.0);
    assertThat(total("\"pricelist_id\": 1, ")).isEqualTo(2 * 1225.5);

    assertThat(shop.result("sale.order/search_count", "{\"domain\": []}").asLong())
        .isEqualTo(orders);
  }

  private double total(String list) {
    long ladder = shop.product("ESC-EXT").get("id").asLong();
    return shop.result(
            "sale.order/onchange",
            """
            {"values": {"partner_id": 3, %s"order_line": [[0, "l", {"product_id": %d, "product_uom_qty": 2}]]},
             "field_names": [], "fields_spec": {"amount_total": {}}}\
            """
                .formatted(list, ladder))
        .get("value")
        .get("amount_total")
        .asDouble();
  }

  @Test
  void records_are_counted_and_summed_by_groups() {
    JsonNode groups =
        shop.result(
            "account.move/formatted_read_group",
            """
            {"domain": [["move_type", "=", "out_invoice"]], "groupby": ["payment_state"],
             "aggregates": ["__count", "amount_residual:sum"], "order": "amount_residual:sum desc"}\
            """);

    assertThat(groups.get(0).get("payment_state").asString()).isEqualTo("not_paid");
    assertThat(groups.get(0).get("__count").asInt()).isEqualTo(2);
    assertThat(groups.get(0).get("amount_residual:sum").asDouble()).isEqualTo(1843.20 + 351.70);
    assertThat(groups).hasSize(3);
  }

  @Test
  void a_page_of_the_portal_keeps_its_token() {
    String first = shop.result("account.move/get_portal_url", "{\"ids\": [1]}").asString();

    assertThat(first).matches("/my/invoices/1\\?access_token=[0-9a-f-]{36}");
    assertThat(shop.result("account.move/get_portal_url", "{\"ids\": [1]}").asString())
        .isEqualTo(first);
  }
}
