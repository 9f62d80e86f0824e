package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.RunningSimulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the calls do, and how records look from outside.
class OdooRecordsTest {
  private static RunningSimulator odoo;
  private static OdooClient shop;

  @BeforeAll
  static void start() {
    odoo = OdooClient.start(null, 0);
    shop = OdooClient.shop(odoo);
  }

  @AfterAll
  static void stop() {
    odoo.close();
  }

  private static List<String> texts(JsonNode rows, String field) {
    List<String> found = new ArrayList<>();
    rows.forEach(row -> found.add(row.get(field).asString()));
    return found;
  }

  @Test
  void a_drill_is_found_with_its_price_and_what_is_left_of_it() {
    JsonNode found =
        shop.result(
            "product.product/search_read",
            """
            {"domain": [["name", "ilike", "furadeira de impacto 650"]],
             "fields": ["display_name", "list_price", "qty_available", "uom_id", "barcode",
                        "description_sale", "currency_id"]}\
            """);

    assertThat(found).hasSize(1);
    JsonNode drill = found.get(0);
    assertThat(drill.get("display_name").asString())
        .isEqualTo("[FUR-650] Furadeira de Impacto 650 W");
    assertThat(drill.get("list_price").asDouble()).isEqualTo(289.90);
    assertThat(drill.get("qty_available").asDouble()).isEqualTo(14);
    assertThat(drill.get("uom_id").get(1).asString()).isEqualTo("un");
    assertThat(drill.get("currency_id").get(1).asString()).isEqualTo("BRL");
  }

  @Test
  void empty_is_false_and_never_null() {
    JsonNode order = shop.result("sale.order/search_read", "{\"limit\": 1}").get(0);
    JsonNode partner = shop.read("res.partner", 1);

    assertThat(partner.get("parent_id").isBoolean()).isTrue();
    assertThat(partner.get("ref").asBoolean(true)).isFalse();
    order.forEach(value -> assertThat(value.isNull()).isFalse());
  }

  @Test
  void what_is_archived_is_hidden_unless_asked_for() {
    String domain = "\"domain\": [[\"default_code\", \"=\", \"FUR-400\"]]";

    assertThat(shop.result("product.product/search", "{" + domain + "}")).isEmpty();
    assertThat(
            shop.result(
                "product.product/search",
                "{" + domain + ", \"context\": {\"active_test\": false}}"))
        .hasSize(1);
    assertThat(
            shop.result(
                "product.product/search",
                "{\"domain\": [[\"default_code\", \"=\", \"FUR-400\"], [\"active\", \"=\", false]]}"))
        .hasSize(1);
  }

  @Test
  void results_come_in_the_wanted_order_and_in_pages() {
    String call = "{\"fields\": [\"name\", \"list_price\"], \"order\": \"list_price desc, name\"";
    List<String> all = texts(shop.result("product.product/search_read", call + "}"), "name");
    List<String> second =
        texts(
            shop.result("product.product/search_read", call + ", \"limit\": 5, \"offset\": 5}"),
            "name");

    assertThat(all).startsWith("Escada Extensível de Fibra 6 m");
    assertThat(second).isEqualTo(all.subList(5, 10));
  }

  @Test
  void a_line_costs_what_the_product_costs_unless_it_says_otherwise() {
    long drill = shop.product("FUR-650").get("id").asLong();
    long id =
        shop.result(
                "sale.order/create",
                """
                {"vals_list": [{"partner_id": 1, "client_order_ref": "k-1", "order_line": [
                  [0, 0, {"product_id": %d, "product_uom_qty": 2}],
                  [0, 0, {"product_id": %d, "price_unit": 100, "discount": 10}]]}]}\
                """
                    .formatted(drill, drill))
            .get(0)
            .asLong();

    JsonNode order = shop.read("sale.order", id);
    assertThat(order.get("name").asString()).matches("S000[3-9]\\d");
    assertThat(order.get("state").asString()).isEqualTo("draft");
    assertThat(order.get("amount_total").asDouble()).isEqualTo(579.80 + 90);
    assertThat(order.get("order_line")).hasSize(2);
    assertThat(order.get("partner_id").get(1).asString()).isEqualTo("Ana Beatriz Carvalho");
  }

  @Test
  void commands_change_the_lines_of_a_quotation() {
    long order = shop.order("TRE-5", 1);
    long first = shop.read("sale.order", order).get("order_line").get(0).asLong();
    long product = shop.product("MTL-500").get("id").asLong();
    write(
        order,
        "[[0, 0, {\"product_id\": %d}], [1, %d, {\"product_uom_qty\": 3}]]"
            .formatted(product, first));

    assertThat(shop.read("sale.order", order).get("amount_total").asDouble())
        .isEqualTo(3 * 24.90 + 59.90);

    write(order, "[[6, 0, [%d]]]".formatted(first));
    assertThat(shop.read("sale.order", order).get("order_line")).hasSize(1);

    long other = shop.order("NIV-60", 1);
    write(other, "[[4, %d]]".formatted(first));
    assertThat(shop.read("sale.order", order).get("order_line")).isEmpty();
    assertThat(shop.read("sale.order", other).get("order_line")).hasSize(2);

    write(other, "[[5]]");
    assertThat(shop.read("sale.order", other).get("amount_total").asDouble()).isZero();
    assertThat(shop.result("sale.order.line/read", "{\"ids\": [%d]}".formatted(first))).isEmpty();
  }

  private static void write(long order, String commands) {
    var _ =
        shop.result(
            "sale.order/write",
            "{\"ids\": [%d], \"vals\": {\"order_line\": %s}}".formatted(order, commands));
  }

  @Test
  void an_order_is_confirmed_once() {
    long order = shop.order("FUR-850", 1);
    String ids = "{\"ids\": [%d]}".formatted(order);

    assertThat(shop.result("sale.order/action_confirm", ids).asBoolean()).isTrue();
    var again = shop.call("sale.order/action_confirm", ids);

    assertThat(again.status()).isEqualTo(422);
    assertThat(again.json().get("message").asString())
        .isEqualTo("Some orders are not in a state requiring confirmation.");
    JsonNode confirmed = shop.read("sale.order", order);
    assertThat(confirmed.get("state").asString()).isEqualTo("sale");
    assertThat(confirmed.get("delivery_status").asString()).isEqualTo("pending");
    assertThat(confirmed.get("invoice_status").asString()).isEqualTo("to invoice");
  }

  @Test
  void a_confirmed_order_takes_from_what_is_free_until_it_is_cancelled() {
    long order = shop.order("COM-24", 2);
    String ids = "{\"ids\": [%d]}".formatted(order);
    assertThat(shop.product("COM-24").get("free_qty").asDouble()).isEqualTo(3);

    shop.result("sale.order/action_confirm", ids);
    JsonNode promised = shop.product("COM-24");
    assertThat(promised.get("free_qty").asDouble()).isEqualTo(1);
    assertThat(promised.get("virtual_available").asDouble()).isEqualTo(1);
    assertThat(promised.get("qty_available").asDouble()).isEqualTo(3);
    JsonNode quant =
        shop.result(
                "stock.quant/search_read",
                "{\"domain\": [[\"product_id.default_code\", \"=\", \"COM-24\"]]}")
            .get(0);
    assertThat(quant.get("reserved_quantity").asDouble()).isEqualTo(2);

    shop.result("sale.order/action_cancel", ids);
    assertThat(shop.product("COM-24").get("free_qty").asDouble()).isEqualTo(3);
  }

  @Test
  void a_confirmed_order_cannot_be_deleted_nor_lose_a_line() {
    long order = shop.order("TRE-5", 1);
    String ids = "{\"ids\": [%d]}".formatted(order);
    shop.result("sale.order/action_confirm", ids);
    long line = shop.read("sale.order", order).get("order_line").get(0).asLong();

    assertThat(shop.call("sale.order/unlink", ids).json().get("name").asString())
        .isEqualTo("odoo.exceptions.UserError");
    assertThat(shop.call("sale.order.line/unlink", "{\"ids\": [%d]}".formatted(line)).status())
        .isEqualTo(422);

    shop.result("sale.order/action_cancel", ids);
    assertThat(shop.result("sale.order/unlink", ids).asBoolean()).isTrue();
    assertThat(shop.result("sale.order.line/read", "{\"ids\": [%d]}".formatted(line))).isEmpty();
  }

  @Test
  void a_failed_call_changes_nothing() {
    long before = shop.result("sale.order/search_count", "{\"domain\": []}").asLong();

    var failed =
        shop.call(
            "sale.order/create",
            """
            {"vals_list": [{"partner_id": 1}, {"partner_id": 1, "order_line": [
              [0, 0, {"product_id": 99999}]]}]}\
            """);

    assertThat(failed.status()).isEqualTo(422);
    assertThat(shop.result("sale.order/search_count", "{\"domain\": []}").asLong())
        .isEqualTo(before);
  }

  @Test
  void a_message_is_escaped_and_posting_it_twice_makes_two() {
    long lead =
        shop.result("crm.lead/create", "{\"vals_list\": {\"name\": \"Orçamento\"}}")
            .get(0)
            .asLong();
    String call =
        "{\"ids\": [%d], \"body\": \"<b>5 > 3</b>\", \"subtype_xmlid\": \"mail.mt_note\"}"
            .formatted(lead);

    long first = shop.result("crm.lead/message_post", call).get(0).asLong();
    long second = shop.result("crm.lead/message_post", call).get(0).asLong();

    assertThat(shop.read("crm.lead", lead).get("message_ids"))
        .extracting(JsonNode::asLong)
        .containsExactly(second, first);
    assertThat(shop.read("mail.message", first).get("body").asString())
        .isEqualTo("<p>&lt;b&gt;5 &gt; 3&lt;/b&gt;</p>");
  }

  @Test
  void a_partner_is_found_by_normalised_mail_and_number() {
    long id =
        shop.result(
                "res.partner/create",
                """
                {"vals_list": {"name": "Teste", "email": " Teste@Correio.Example ",
                               "phone": "(11) 98888-7777"}}\
                """)
            .get(0)
            .asLong();

    String domain =
        """
        {"domain": ["|", ["email_normalized", "=", "teste@correio.example"],
                         ["phone_sanitized", "=", "+5511988887777"]]}\
        """;
    assertThat(shop.result("res.partner/search", domain))
        .extracting(JsonNode::asLong)
        .containsExactly(id);
  }

  @Test
  void names_are_searched_in_code_name_and_barcode() {
    assertThat(shop.result("product.product/name_search", "{\"name\": \"FPB\"}")).hasSize(2);
    JsonNode byBarcode =
        shop.result("product.product/name_search", "{\"name\": \"7891000100016\", \"limit\": 1}");
    assertThat(byBarcode.get(0).get(1).asString()).startsWith("[FUR-650]");
  }

  @Test
  void fields_are_described_as_far_as_asked() {
    JsonNode fields =
        shop.result(
            "sale.order/fields_get",
            """
            {"allfields": ["partner_id", "state", "amount_total", "no_such"],
             "attributes": ["type", "relation", "selection", "required", "readonly"]}\
            """);

    assertThat(fields.propertyNames())
        .containsExactlyInAnyOrder("partner_id", "state", "amount_total");
    assertThat(fields.get("partner_id").get("relation").asString()).isEqualTo("res.partner");
    assertThat(fields.get("partner_id").get("required").asBoolean()).isTrue();
    assertThat(fields.get("state").get("selection")).hasSize(4);
    assertThat(fields.get("amount_total").get("readonly").asBoolean()).isTrue();
    assertThat(fields.get("amount_total").has("string")).isFalse();
  }

  @Test
  void the_two_companies_see_nothing_of_each_other() {
    var clinic = OdooClient.clinic(odoo);
    String created = "{\"vals_list\": {\"name\": \"Só da loja\"}}";
    long lead = shop.result("crm.lead/create", created).get(0).asLong();

    assertThat(
            clinic.result("crm.lead/search", "{\"domain\": [[\"name\", \"=\", \"Só da loja\"]]}"))
        .isEmpty();
    assertThat(clinic.result("crm.lead/read", "{\"ids\": [%d]}".formatted(lead))).isEmpty();
    assertThat(clinic.product("VAC-GRI").get("type").asString()).isEqualTo("consu");
    assertThat(clinic.product("CON-CG").get("list_price").asDouble()).isEqualTo(220);
    assertThat(
            clinic.result(
                "product.product/search", "{\"domain\": [[\"name\", \"ilike\", \"furadeira\"]]}"))
        .isEmpty();
  }

  @Test
  void orders_made_at_once_have_names_of_their_own() throws Exception {
    List<Future<Long>> made = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        made.add(threads.submit(() -> shop.order("PFS-BUC8", 1)));
      }
      var names = new HashSet<String>();
      for (Future<Long> order : made) {
        names.add(shop.read("sale.order", order.get()).get("name").asString());
      }
      assertThat(names).hasSize(40);
    }
  }
}
