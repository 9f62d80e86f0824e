package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The status and shape of every answer that is no result.
class OdooProtocolTest {
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

  private static void assertError(Answer answer, int status, String name) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    var error = answer.json();
    assertThat(error.propertyNames())
        .containsExactlyInAnyOrder("name", "message", "arguments", "context", "debug");
    assertThat(error.get("name").asString()).isEqualTo(name);
    assertThat(error.get("debug").asString())
        .startsWith("Traceback (most recent call last):")
        .contains(error.get("message").asString());
  }

  @Test
  void a_call_without_a_key_is_unauthorized() {
    var answer =
        odoo.post(
            "/json/2/res.partner/search",
            "{\"domain\": []}",
            "X-Odoo-Database",
            "loja",
            "Content-Type",
            "application/json");

    assertError(answer, 401, "werkzeug.exceptions.Unauthorized");
  }

  @Test
  void a_key_of_one_database_does_not_open_the_other() {
    var stranger = new OdooClient(odoo, "clinica", OdooClient.SHOP_KEY);

    Answer answer = stranger.call("res.partner/search", "{\"domain\": []}");

    assertError(answer, 401, "werkzeug.exceptions.Unauthorized");
    assertThat(answer.json().get("message").asString()).isEqualTo("Invalid apikey");
  }

  @Test
  void the_key_is_looked_at_before_the_body() {
    var stranger = new OdooClient(odoo, "loja", "wrong");

    assertError(
        stranger.call("no.such/method", "no json"), 401, "werkzeug.exceptions.Unauthorized");
  }

  @ParameterizedTest
  @CsvSource({"nowhere", "''"})
  void an_unknown_database_is_answered_with_a_page_and_not_with_json(String database) {
    Answer answer =
        new OdooClient(odoo, database, OdooClient.SHOP_KEY)
            .call("res.partner/search", "{\"domain\": []}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).startsWith("text/html");
    assertThat(answer.text()).startsWith("<!doctype html>");
  }

  @Test
  void no_database_where_there_are_two_is_answered_with_a_page() {
    Answer answer =
        odoo.post(
            "/json/2/res.partner/search",
            "{\"domain\": []}",
            "Authorization",
            "bearer " + OdooClient.SHOP_KEY,
            "Content-Type",
            "application/json");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).startsWith("text/html");
  }

  @Test
  void reading_with_get_is_answered_with_a_hint() {
    Answer answer =
        odoo.get(
            "/json/2/res.partner/search",
            "X-Odoo-Database",
            "loja",
            "Authorization",
            "bearer " + OdooClient.SHOP_KEY);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("Did you mean POST");
  }

  @Test
  void the_version_is_told_to_anybody() {
    assertThat(odoo.get("/web/version").json().get("version").asString()).isEqualTo("19.0");
    assertThat(odoo.get("/json/version").json().get("version_info").get(0).asInt()).isEqualTo(19);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          res.partner/search          | {"domain": [                             | 400 | werkzeug.exceptions.BadRequest
          res.partner/search          | [1, 2]                                   | 400 | werkzeug.exceptions.BadRequest
          res.unknown/search          | {"domain": []}                           | 404 | werkzeug.exceptions.NotFound
          res.partner/action_confirm  | {"ids": [1]}                             | 404 | werkzeug.exceptions.NotFound
          res.currency/message_post   | {"ids": [1], "body": "x"}                | 404 | werkzeug.exceptions.NotFound
          res.partner/_compute_name   | {"ids": [1]}                             | 403 | odoo.exceptions.AccessError
          res.partner/write           | {"ids": [99999], "vals": {"name": "x"}}  | 404 | odoo.exceptions.MissingError
          res.partner/search          | {"ids": [1], "domain": []}               | 422 | werkzeug.exceptions.UnprocessableEntity
          res.partner/create          | {"ids": [], "vals_list": []}             | 422 | werkzeug.exceptions.UnprocessableEntity
          res.partner/create          | {"vals_list": [{"email": "a@b.example"}]} | 422 | odoo.exceptions.ValidationError
          crm.lead/create             | {"vals_list": [{"type": "lead"}]}        | 422 | odoo.exceptions.ValidationError
          sale.order/create           | {"vals_list": [{"note": "x"}]}           | 422 | odoo.exceptions.ValidationError
          sale.order/create           | {"vals_list": [{"partner_id": 99999}]}   | 422 | odoo.exceptions.ValidationError
          res.partner/unlink          | {"ids": [1]}                             | 422 | odoo.exceptions.ValidationError
          product.product/search_read | {"domain": [], "order": "name; drop"}    | 422 | odoo.exceptions.UserError
          product.product/search      | {"domain": [], "context": {"lang": "xx_XX"}} | 422 | odoo.exceptions.UserError
          product.product/search      | {"domain": [], "context": {"allowed_company_ids": [7]}} | 403 | odoo.exceptions.AccessError
          product.product/search      | {"domain": [["preco", ">", 1]]}          | 500 | builtins.ValueError
          product.product/search_read | {"domain": [], "fields": ["preco"]}      | 500 | builtins.ValueError
          product.product/search_read | {"domain": [], "order": "preco"}         | 500 | builtins.ValueError
          product.product/create      | {"vals_list": [{"name": "x", "preco": 1}]} | 500 | builtins.ValueError
          sale.order/write            | {"ids": [1], "vals": {"state": "gone"}}  | 500 | builtins.ValueError
          sale.order/write            | {"ids": [1], "vals": {"partner_id": [1, "Ana"]}} | 500 | builtins.ValueError
          sale.order/write            | {"ids": [1], "vals": {"date_order": "2026-11-20T10:00:00Z"}} | 500 | builtins.ValueError
          sale.order/write            | {"ids": [1], "vals": {"order_line": [[9]]}} | 500 | builtins.ValueError
          sale.order/message_post     | {"ids": [1, 2], "body": "x"}             | 500 | builtins.ValueError
          product.product/search_read | {"domain": [], "max": 3}                 | 500 | builtins.TypeError
          product.product/search      | {"domain": [], "max": 3}                 | 422 | werkzeug.exceptions.UnprocessableEntity
          product.product/search      | {}                                       | 422 | werkzeug.exceptions.UnprocessableEntity
          sale.order/action_confirm   | {"ids": [1], "force": true}              | 422 | werkzeug.exceptions.UnprocessableEntity
          crm.lead/load               | {"fields": ["id", "nope"], "data": []}   | 500 | builtins.ValueError
          crm.lead/load               | {"fields": ["id", "name"]}               | 422 | werkzeug.exceptions.UnprocessableEntity
          crm.lead/get_portal_url     | {"ids": [1]}                             | 404 | werkzeug.exceptions.NotFound
          sale.order/get_portal_url   | {"ids": [1, 2]}                          | 500 | builtins.ValueError
          ir.model.data/check_object_reference | {"module": "a", "xml_id": "b"}  | 500 | builtins.ValueError
          sale.order/formatted_read_group | {"domain": [], "groupby": ["nope"]}  | 500 | builtins.ValueError
          sale.order/formatted_read_group | {"domain": [], "groupby": ["date_order"]} | 500 | builtins.ValueError
          sale.order/formatted_read_group | {"domain": [], "aggregates": ["amount_total"]} | 500 | builtins.ValueError
          sale.order/onchange         | {"values": {}, "field_names": [], "fields_spec": {"nope": {}}} | 500 | builtins.KeyError
          calendar.event/create       | {"vals_list": {"name": "x", "start": "2030-01-02 10:00:00", "stop": "2030-01-02 09:00:00"}} | 422 | odoo.exceptions.ValidationError
          """)
  void a_wrong_call_has_its_own_status(String call, String body, int status, String name) {
    assertError(shop.call(call, body), status, name);
  }

  @Test
  void missing_records_are_left_out_of_a_reading_without_a_word() {
    assertThat(shop.result("res.partner/read", "{\"ids\": [99999, 1], \"fields\": [\"name\"]}"))
        .hasSize(1);
  }

  @Test
  void an_action_without_result_is_null() {
    long lead =
        shop.result("crm.lead/create", "{\"vals_list\": {\"name\": \"x\"}}").get(0).asLong();

    Answer answer = shop.call("crm.lead/action_archive", "{\"ids\": [%d]}".formatted(lead));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("null");
  }

  @Test
  void each_call_takes_as_long_as_the_settings_say_and_keeps_nobody_waiting() throws Exception {
    try (var slow = OdooClient.start(null, 300);
        var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var client = OdooClient.shop(slow);
      client.result("res.partner/search_count", "{\"domain\": []}");
      long begun = System.nanoTime();
      var calls =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(_ ->
                  threads.submit(
                      () -> client.result("crm.lead/create", "{\"vals_list\": {\"name\": \"x\"}}")))
              .toList();
      for (var call : calls) {
        call.get();
      }

      assertThat((System.nanoTime() - begun) / 1_000_000).isBetween(300L, 5000L);
    }
  }
}
