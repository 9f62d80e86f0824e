package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MatcherTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Snapshot SHOP = DemoData.of("loja", InstantSource.system());

  private static List<String> names(String model, String domain) {
    return names(model, JSON.readValue(domain, Object.class));
  }

  private static List<String> names(String model, Object domain) {
    Model known = Models.get(model);
    return SHOP.rows(model).stream()
        .filter(new Matcher(SHOP).of(Domain.read(domain), known))
        .map(row -> row.text("name"))
        .toList();
  }

  private static Set<Long> orders(Object domain) {
    return SHOP.rows("sale.order").stream()
        .filter(new Matcher(SHOP).of(Domain.read(domain), Models.get("sale.order")))
        .map(Row::id)
        .collect(Collectors.toSet());
  }

  @Test
  void conditions_side_by_side_must_all_hold() {
    assertThat(
            names(
                "sale.order",
                "[['state','=','sale'],['client_order_ref','!=',false]]".replace('\'', '"')))
        .containsExactly("S00022");
  }

  @Test
  void an_operator_stands_before_its_operands() {
    assertThat(
            names(
                "sale.order",
                """
                ["|", ["state", "=", "cancel"], "&", ["state", "=", "draft"],
                 "!", ["origin", "=", false]]\
                """))
        .containsExactly("S00025", "S00029");
  }

  @Test
  void the_example_that_ran_on_a_real_server_finds_leads() {
    assertThat(
            names(
                "crm.lead",
                """
                ["|", ["email_from", "ilike", "@"], ["phone", "!=", false],
                 ["stage_id.is_won", "=", false]]\
                """))
        .contains("Revenda no interior", "Aluguel de martelete")
        .doesNotContain("Compressor para borracharia");
  }

  @Test
  void a_path_leads_over_several_models_and_over_lines() {
    assertThat(
            names("sale.order", "[[\"order_line.product_id.categ_id.name\", \"=\", \"Escadas\"]]"))
        .containsExactly("S00030");
    assertThat(
            names(
                "sale.order",
                "[[\"order_line\", \"any\", [[\"product_id.default_code\", \"=\", \"ESC-7\"]]]]"))
        .containsExactly("S00030");
  }

  @Test
  void text_is_found_whatever_its_case_but_only_with_its_accents() {
    assertThat(names("product.product", "[[\"name\", \"ilike\", \"NÍVEL\"]]")).hasSize(1);
    assertThat(names("product.product", "[[\"name\", \"ilike\", \"nivel\"]]")).isEmpty();
    assertThat(names("product.product", "[[\"name\", \"like\", \"nível\"]]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"=like,FUR-%,4", "=ilike,fur-%,4", "=like,fur-%,0", "=like,FUR-_50,2"})
  void a_whole_pattern_is_matched_from_end_to_end(String operator, String pattern, int expected) {
    assertThat(names("product.product", List.of(List.of("default_code", operator, pattern))))
        .hasSize(expected);
  }

  @Test
  void a_record_is_found_by_the_name_or_id_of_what_it_points_to() {
    assertThat(names("sale.order", "[[\"partner_id\", \"ilike\", \"horizonte\"]]"))
        .containsExactly("S00022", "S00030");
    assertThat(names("sale.order", "[[\"partner_id\", \"in\", [3]]]"))
        .containsExactly("S00022", "S00030");
    assertThat(names("sale.order", "[[\"partner_id\", \"child_of\", 3]]"))
        .containsExactly("S00022", "S00030");
  }

  @Test
  void what_is_not_equal_includes_what_is_empty() {
    assertThat(names("sale.order", "[[\"client_order_ref\", \"!=\", \"OC-4471\"]]")).hasSize(9);
    assertThat(names("sale.order", "[[\"client_order_ref\", \"not ilike\", \"oc\"]]")).hasSize(8);
    assertThat(names("sale.order", "[[\"client_order_ref\", \"in\", [\"OC-4471\", false]]]"))
        .hasSize(9);
  }

  @Test
  void a_day_stands_for_its_first_or_last_second() {
    String day = SHOP.find("sale.order", 1).orElseThrow().text("date_order").substring(0, 10);

    assertThat(names("sale.order", List.of(List.of("date_order", "<=", day)))).contains("S00021");
    assertThat(names("sale.order", List.of(List.of("date_order", ">=", day)))).contains("S00021");
    assertThat(names("sale.order", List.of(List.of("date_order", "<", day))))
        .doesNotContain("S00021");
  }

  @Test
  void numbers_are_compared_as_numbers() {
    assertThat(
            names("product.product", "[[\"list_price\", \">\", 1000], [\"free_qty\", \">\", 0]]"))
        .containsExactly("Compressor de Ar 24 L 2 HP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[\"no_such\", \"=\", 1]]",
        "[[\"partner_id.no_such\", \"=\", 1]]",
        "[[\"name.more\", \"=\", 1]]",
        "[[\"name\", \"~\", \"x\"]]",
        "[[\"name\", \"=\"]]",
        "[\"|\", [\"name\", \"=\", \"x\"]]",
        "[\"xor\", [\"name\", \"=\", \"x\"]]",
        "[[\"date_order\", \">\", \"ontem\"]]",
        "\"[('name','=','x')]\""
      })
  void a_domain_that_is_wrong_is_a_programming_error(String domain) {
    assertThatThrownBy(() -> names("sale.order", domain))
        .isInstanceOfSatisfying(
            OdooError.class,
            error -> {
              assertThat(error.status()).isEqualTo(500);
              assertThat(error.name()).isEqualTo("builtins.ValueError");
            });
  }

  @Property(tries = 300)
  void a_domain_and_its_negation_divide_the_records(@ForAll("domains") Object domain) {
    Set<Long> remaining = orders(List.of());
    remaining.removeAll(orders(flat(domain)));

    assertThat(orders(flat(List.of("!", domain)))).isEqualTo(remaining);
  }

  @Property(tries = 300)
  void not_both_is_the_same_as_one_of_the_opposites(
      @ForAll("domains") Object one, @ForAll("domains") Object other) {
    assertThat(orders(flat(List.of("!", "&", one, other))))
        .isEqualTo(orders(flat(List.of("|", "!", one, "!", other))));
  }

  /// Operators and leaves on one level, as Odoo wants them. A leaf is a map here.
  private static List<Object> flat(Object tree) {
    return switch (tree) {
      case Map<?, ?> leaf -> List.of(Objects.requireNonNull(leaf.get("leaf")));
      case List<?> parts -> parts.stream().flatMap(part -> flat(part).stream()).toList();
      default -> List.of(tree);
    };
  }

  @Provide
  Arbitrary<Object> domains() {
    Arbitrary<Object> leaves =
        Arbitraries.<Object>of(
            leaf("state", "=", "sale"),
            leaf("state", "in", List.of("draft", "sent")),
            leaf("client_order_ref", "!=", false),
            leaf("client_order_ref", "not ilike", "oc-44"),
            leaf("amount_total", ">", 500),
            leaf("partner_id", "ilike", "a"),
            leaf("partner_id.is_company", "=", true),
            leaf("order_line.product_id.name", "ilike", "furadeira"),
            leaf("delivery_status", "=", false));
    return Arbitraries.lazyOf(
        () -> leaves,
        () -> leaves,
        () -> domains().map(inner -> (Object) List.of("!", inner)),
        () ->
            Combinators.combine(Arbitraries.of("&", "|"), domains(), domains())
                .as((sign, one, other) -> (Object) List.of(sign, one, other)));
  }

  private static Map<String, Object> leaf(String field, String operator, Object value) {
    return Map.of("leaf", List.of(field, operator, value));
  }
}
