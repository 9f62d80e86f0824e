package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.mcp.binding.OdoosCapabilities;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The tools of Odoo, as the simulated and the real one must bear them out.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
abstract class OdooContract extends ConnectorContract {
  static final String METHODS = "connectors.odoo.methods";
  static final String METHOD = "crm.lead.action_set_lost";

  /// Visits of a run do not meet those of another on the same database.
  private final AtomicInteger days = new AtomicInteger((int) (System.nanoTime() % 1_000_000));

  /// A product that is sold and stored.
  abstract String product();

  /// Somebody who has open invoices.
  abstract long debtor();

  abstract long customer();

  /// Connectors that share nothing with the first ones but the system behind.
  abstract Installation second(Path folder) throws IOException;

  @Override
  String connector() {
    return "odoo";
  }

  @Override
  void breakOther(BrokenBackend backend) {
    installation().moveOdoo(Installation.CLINICA, backend.uri());
  }

  private static Optional<Set<String>> counted(ToolCase tool) {
    return OdoosCapabilities.all().values().stream()
        .filter(capability -> capability.tool().name().equals(tool.tool()))
        .map(capability -> capability.tells().keySet())
        .findFirst();
  }

  Stream<ToolCase> toolsThatCrewsName() {
    return allTools().filter(tool -> counted(tool).isPresent());
  }

  /// The same is asked of every file that binds another system.
  @ParameterizedTest
  @MethodSource("toolsThatCrewsName")
  void its_records_hold_what_crews_count_on(ToolCase tool) {
    for (Map<String, Object> record : Installation.records(succeed(tool))) {
      assertThat(record.keySet()).as(tool + " " + record).containsAll(counted(tool).orElseThrow());
    }
  }

  List<Map<String, Object>> records(String tool, Map<String, Object> arguments) {
    return Installation.records(
        installation().call(connector(), Installation.LOJA, tool, arguments));
  }

  Map<String, Object> order() {
    return Map.of(
        "customer_id", customer(), "lines", List.of(Map.of("code", product(), "quantity", 2)));
  }

  private Map<String, Object> newQuotation() {
    Object name = records("create_order", keyed(order(), newKey())).getFirst().get("name");
    return Map.of("reference", name);
  }

  private Map<String, Object> newLead() {
    return records("create_lead", keyed(Map.of("name", "Wants a call"), newKey())).getFirst();
  }

  private Map<String, Object> onNewLead(Map<String, Object> more) {
    return ToolCase.and(Map.of("model", "crm.lead", "id", newLead().get("id")), more);
  }

  Map<String, Object> visit() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(days.incrementAndGet());
    return Map.of("title", "Visit", "start", day.atTime(LocalTime.of(10, 0)).toString());
  }

  @Override
  List<ToolCase> cases() {
    var all = new ArrayList<ToolCase>();
    all.addAll(readingCases());
    all.addAll(writingCases());
    return all;
  }

  private List<ToolCase> readingCases() {
    return List.of(
        ToolCase.of("find_products", Map.of("query", product()))
            .refuses(Map.of("query", "!?"), "no word"),
        ToolCase.of("check_stock", Map.of("code", product()))
            .refuses(Map.of("code", " "), "code is missing"),
        ToolCase.of("price_for", Map.of("code", product(), "customer_id", customer()))
            .refuses(Map.of("code", "NO-SUCH"), "no product has the code NO-SUCH"),
        ToolCase.of("find_customer", Map.of("name", "a"))
            .refuses(Map.of("limit", 3), "give a phone"),
        ToolCase.of("order_status", Map.of("reference", "S00001"))
            .refuses(Map.of("reference", " "), "reference is missing"),
        ToolCase.of("open_invoices", Map.of("customer_id", debtor()))
            .refuses(Map.of("customer_id", 99_999_999), "no customer"),
        ToolCase.of("free_times", Map.of("date", "2030-01-07"))
            .refuses(Map.of("date", "tomorrow"), "date must be like"),
        ToolCase.of("find_by_key", Map.of("idempotency_key", "never-used"))
            .refuses(Map.of("idempotency_key", " "), "idempotency_key is missing"),
        ToolCase.of("search_records", Map.of("model", "res.partner", "fields", List.of("name")))
            .refuses(Map.of("model", "res.users"), "not offered"),
        ToolCase.of("read_records", Map.of("model", "res.partner", "ids", List.of(customer())))
            .refuses(
                Map.of("model", "sale.order", "ids", List.of(1), "fields", List.of("access_token")),
                "not offered"),
        ToolCase.of(
                "aggregate_records",
                Map.of(
                    "model", "sale.order",
                    "group_by", List.of("state"),
                    "measures", List.of("__count", "amount_total:sum")))
            .refuses(
                Map.of("model", "sale.order", "measures", List.of("amount_total:frob")),
                "Invalid aggregate method"));
  }

  private List<ToolCase> writingCases() {
    return List.of(
        ToolCase.of("create_order", order())
            .refuses(
                Map.of("customer_id", customer(), "lines", List.of(Map.of("code", "NO-SUCH"))),
                "no product has the code NO-SUCH")
            .differs(Map.of("lines", List.of(Map.of("code", product(), "quantity", 7)))),
        ToolCase.of("confirm_order", this::newQuotation)
            .refuses(Map.of("reference", "S99999"), "no order S99999")
            .differs(newQuotation()),
        ToolCase.of("cancel_order", this::newQuotation)
            .refuses(Map.of("reference", "S99999"), "no order S99999")
            .differs(newQuotation()),
        ToolCase.of("create_lead", Map.of("name", "Wants a desk", "phone", "+5511999990000"))
            .refuses(Map.of("name", " "), "name is missing")
            .differs(Map.of("name", "Wants two desks")),
        ToolCase.of("schedule_visit", this::visit)
            .refuses(Map.of("title", "Visit", "start", "tomorrow"), "start must be like")
            .differs(Map.of("title", "Another visit")),
        ToolCase.of("add_note", () -> onNewLead(Map.of("text", "Call <b>after</b> 5")))
            .refuses(Map.of("model", "ir.cron", "id", 1, "text", "x"), "not offered")
            .differs(Map.of("text", "Call before 5")),
        ToolCase.of("add_file", () -> onNewLead(Map.of("name", "a.txt", "content", "aGVsbG8=")))
            .refuses(
                Map.of("model", "crm.lead", "id", 1, "name", "a.txt", "content", "***"), "base64")
            .differs(Map.of("name", "b.txt")),
        ToolCase.of(
                "write_record", () -> onNewLead(Map.of("values", Map.of("name", "Wants a chair"))))
            .refuses(
                Map.of("model", "crm.lead", "id", 1, "values", Map.of("shoe_size", 44)),
                "no field shoe_size")
            .differs(Map.of("values", Map.of("name", "Wants a table"))),
        ToolCase.of(
                "call_method",
                () ->
                    Map.of(
                        "model", "crm.lead",
                        "method", "action_set_lost",
                        "ids", List.of(newLead().get("id"))))
            .refuses(
                Map.of("model", "crm.lead", "method", "unlink", "ids", List.of(1)), "allows only")
            .differs(Map.of("arguments", Map.of("x", 1))));
  }

  private List<Map<String, Object>> ordersOf(String key, String... fields) {
    return records(
        "search_records",
        Map.of(
            "model", "sale.order",
            "domain", List.of(List.of("origin", "=like", key + " %")),
            "fields", List.of(fields)));
  }

  @Test
  void twenty_orders_at_once_with_one_key_are_one_with_all_its_lines_once() throws Exception {
    String key = newKey();
    var wish =
        keyed(
            ToolCase.and(
                order(),
                Map.of(
                    "lines",
                    List.of(
                        Map.of("code", product(), "quantity", 2),
                        Map.of("code", product(), "quantity", 3)))),
            key);

    Installation.atOnce(20, () -> records("create_order", wish));

    var orders = ordersOf(key, "order_line");
    assertThat(orders).hasSize(1);
    assertThat((List<?>) orders.getFirst().get("order_line")).hasSize(2);
  }

  @Test
  void orders_through_two_processes_at_once_with_one_key_are_one(@TempDir Path folder)
      throws Exception {
    String key = newKey();
    var wish = keyed(order(), key);
    try (Installation second = second(folder)) {
      var turn = new AtomicInteger();

      Installation.atOnce(
          20,
          () -> {
            var one = turn.getAndIncrement() % 2 == 0 ? installation() : second;
            return Installation.records(
                one.call(connector(), Installation.LOJA, "create_order", wish));
          });
    }

    assertThat(ordersOf(key, "name")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "create_order, /load",
    "confirm_order, /action_confirm",
    "cancel_order, /action_cancel",
    "write_record, /write"
  })
  void an_answer_that_was_lost_is_asked_for_again_without_a_second_effect(
      String name, String method) throws Exception {
    ToolCase tool =
        writingCases().stream().filter(one -> one.tool().equals(name)).findFirst().orElseThrow();
    var arguments = keyed(tool.works().get(), newKey());
    URI odoo = installation().odoo(Installation.LOJA).url();
    try (var proxy = new ForgetfulProxy(odoo, method)) {
      installation().moveOdoo(Installation.LOJA, proxy.uri());

      var lost = call(tool, arguments);

      assertThat(lost.isError()).isTrue();
      assertThat(lost.meta()).containsEntry("crew/failure", "retry");
    } finally {
      installation().moveOdoo(Installation.LOJA, odoo);
    }

    var again = call(tool, arguments);

    assertThat(again.isError()).as(() -> again.toString()).isFalse();
    if (name.equals("create_order")) {
      assertThat(Installation.text(again)).contains("was there already");
    }
  }

  @Test
  void a_repeated_order_does_not_touch_what_people_have_made_of_it() {
    String key = newKey();
    var wish = keyed(order(), key);
    var order = records("create_order", wish).getFirst();
    records("confirm_order", keyed(Map.of("reference", order.get("name")), newKey()));

    var again = records("create_order", wish).getFirst();

    assertThat(again).containsEntry("state", "sale").containsEntry("id", order.get("id"));
    assertThat(again).containsEntry("total", order.get("total"));
  }

  @Test
  void a_dry_run_tells_the_total_and_stores_nothing() {
    String key = newKey();
    var wish = keyed(order(), key);

    var preview = records("create_order", ToolCase.and(wish, Map.of("dry_run", true))).getFirst();

    assertThat(ordersOf(key, "name")).isEmpty();
    assertThat(records("create_order", wish).getFirst().get("total"))
        .isEqualTo(preview.get("total"));
    assertThat((List<?>) preview.get("lines")).hasSize(1);
  }

  @Test
  void an_order_is_not_found_for_another_customer() {
    var quotation = newQuotation();

    assertThat(records("order_status", quotation)).hasSize(1);
    assertThat(records("order_status", ToolCase.and(quotation, Map.of("customer_id", 999_999))))
        .isEmpty();
  }

  @Test
  void a_dry_run_of_a_confirmation_and_of_a_change_changes_nothing() {
    var quotation = newQuotation();
    var dry = Map.<String, Object>of("dry_run", true, "idempotency_key", newKey());

    assertThat(records("confirm_order", ToolCase.and(quotation, dry)).getFirst())
        .containsEntry("would_change", true);
    assertThat(records("order_status", quotation).getFirst()).containsEntry("state", "draft");

    var lead = onNewLead(Map.of("values", Map.of("name", "Wants a lamp")));
    assertThat(records("write_record", ToolCase.and(lead, dry)).getFirst())
        .containsEntry("before", "Wants a call")
        .containsEntry("after", "Wants a lamp");
    assertThat(
            records(
                    "read_records",
                    Map.of(
                        "model", "crm.lead",
                        "ids", List.of(lead.get("id")),
                        "fields", List.of("name")))
                .getFirst())
        .containsEntry("name", "Wants a call");
  }

  @Test
  void an_order_is_confirmed_and_cancelled_once_and_by_its_customer_only() {
    var quotation = newQuotation();

    assertThat(records("confirm_order", keyed(quotation, newKey())).getFirst())
        .containsEntry("state", "sale");
    assertThat(records("confirm_order", keyed(quotation, newKey())).getFirst())
        .containsEntry("state", "sale");
    var foreign =
        installation()
            .call(
                connector(),
                Installation.LOJA,
                "cancel_order",
                keyed(ToolCase.and(quotation, Map.of("customer_id", debtor())), newKey()));
    assertThat(Installation.text(foreign)).contains("no order");
    assertThat(records("cancel_order", keyed(quotation, newKey())).getFirst())
        .containsEntry("state", "cancel");
    var late =
        installation()
            .call(connector(), Installation.LOJA, "confirm_order", keyed(quotation, newKey()));
    assertThat(Installation.text(late)).contains("cancelled and cannot be confirmed");
  }

  @Test
  void a_customer_who_is_not_known_is_noted_once() {
    String phone = "+55 11 9" + Long.toString(10_000_000 + System.nanoTime() % 89_999_999);
    var wish =
        Map.<String, Object>of(
            "customer_name",
            "Nova Cliente",
            "phone",
            phone,
            "lines",
            List.of(Map.of("code", product())));

    records("create_order", keyed(wish, newKey()));
    records("create_order", keyed(wish, newKey()));

    assertThat(records("find_customer", Map.of("phone", phone.replace(" ", "")))).hasSize(1);
  }

  @Test
  void open_invoices_come_with_a_link_that_opens_them() {
    assertThat(records("open_invoices", Map.of("customer_id", debtor())))
        .isNotEmpty()
        .allSatisfy(invoice -> {
          assertThat(invoice).containsKeys("amount_due", "due", "overdue", "currency");
          assertThat(invoice.get("link").toString())
              .matches("https?://[^/]+/my/invoices/\\d+\\?access_token=[0-9a-f-]{36}");
        });
  }

  @Test
  void a_time_that_is_taken_is_refused_and_what_is_taken_is_told() {
    var visit = visit();
    records("schedule_visit", keyed(visit, newKey()));

    var second =
        installation()
            .call(connector(), Installation.LOJA, "schedule_visit", keyed(visit, newKey()));

    assertThat(second.isError()).isTrue();
    assertThat(Installation.text(second)).contains("not free", "10:00 to 11:00");
  }

  @Test
  void a_time_that_is_booked_is_not_free_any_more() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(days.incrementAndGet());
    while (day.getDayOfWeek().getValue() > 5) {
      day = LocalDate.now(ZoneOffset.UTC).plusDays(days.incrementAndGet());
    }
    Map<String, Object> asked = Map.of("date", day.toString());
    List<Object> before = times(asked);
    records(
        "schedule_visit",
        keyed(Map.of("title", "Visit", "start", day.atTime(10, 0).toString()), newKey()));

    assertThat(before).contains("09:00", "10:00", "11:00");
    assertThat(times(asked)).contains("09:00", "11:00").doesNotContain("10:00");
  }

  private List<Object> times(Map<String, Object> asked) {
    return records("free_times", asked).stream().map(record -> record.get("time")).toList();
  }

  @Test
  void two_visits_at_the_same_instant_do_not_share_a_time() throws Exception {
    var visit = visit();

    var answers =
        Installation.atOnce(
            4,
            () ->
                installation()
                    .call(
                        connector(), Installation.LOJA, "schedule_visit", keyed(visit, newKey())));

    assertThat(answers.stream().filter(answer -> !Boolean.TRUE.equals(answer.isError())).count())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void secrets_and_users_cannot_be_reached_by_any_way_round() {
    for (Map<String, Object> arguments :
        List.<Map<String, Object>>of(
            Map.of("domain", List.of(List.of("create_uid.password", "!=", false))),
            Map.of(
                "domain", List.of(List.of("user_ids", "any", List.of(List.of("login", "=", "x"))))),
            Map.of(
                "domain", List.of("|", List.of("signup_token", "=", "x"), List.of("id", ">", 0))),
            Map.of("order", "name, signup_token desc"),
            Map.of("fields", List.of("user_id.login")))) {
      var result =
          installation()
              .call(
                  connector(),
                  Installation.LOJA,
                  "search_records",
                  ToolCase.and(arguments, Map.of("model", "res.partner")));
      assertThat(result.isError()).as(arguments.toString()).isTrue();
      assertThat(Installation.text(result)).contains("not offered");
    }
  }

  @Test
  void models_fields_and_records_can_be_read_as_resources_without_secrets() {
    assertThat(resource("odoo://models")).contains("sale.order").doesNotContain("res.users");
    assertThat(resource("odoo://sale.order"))
        .contains("\"partner_id\"", "many2one")
        .doesNotContain("access_token");
    assertThat(resource("odoo://res.partner/" + customer()))
        .contains("\"name\"")
        .doesNotContain("signup_token");
    assertThatThrownBy(() -> resource("odoo://res.users")).hasMessageContaining("not offered");
    assertThatThrownBy(() -> resource("odoo://sale.order/99999999"))
        .hasMessageContaining("there is no sale.order 99999999");
  }

  private String resource(String uri) {
    try (McpSyncClient client = installation().client(connector(), Installation.LOJA)) {
      var read = client.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
      return ((McpSchema.TextResourceContents) read.contents().getFirst()).text();
    }
  }

  @Test
  void a_note_is_plain_text_beside_its_record() {
    var lead = onNewLead(Map.of("text", "1 < 2 & <b>bold</b>"));
    records("add_note", keyed(lead, newKey()));

    assertThat(
            records(
                    "search_records",
                    Map.of(
                        "model",
                        "mail.message",
                        "domain",
                        List.of(
                            List.of("model", "=", "crm.lead"),
                            List.of("res_id", "=", lead.get("id"))),
                        "fields",
                        List.of("body"),
                        "limit",
                        1))
                .getFirst()
                .get("body")
                .toString())
        .startsWith("<p>1 &lt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;</p>");
  }
}
