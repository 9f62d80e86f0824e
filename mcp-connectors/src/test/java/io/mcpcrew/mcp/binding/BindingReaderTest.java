package io.mcpcrew.mcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BindingReaderTest {
  private static final String GOOD =
      """
      name: outro
      system: Outro
      tools:
        catalog.find:
          call: search
          with: {text: "{query}"}
          records: items
          fields:
            name: "{item.title}"
            code: "{item.sku}"
            price: "{item.price}"
            currency: BRL
            in_stock: {holds: "item.stock > 0"}
      """;

  private static final Map<String, Capability> CAPABILITIES = OdoosCapabilities.all();

  private static Binding read(String yaml) {
    return BindingReader.read("outro.yaml", yaml, CAPABILITIES);
  }

  private static void isRefused(String yaml, String... because) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("outro.yaml")
        .hasMessageContainingAll(because);
  }

  private static List<Map<String, Object>> records(Object answer, Map<String, Object> arguments)
      throws Told.Unfitting {
    return Told.records(read(GOOD).tools().getFirst(), answer, arguments);
  }

  private static Map<String, Object> item() {
    return new HashMap<>(Map.of("title", "Serra", "sku", "S-1", "price", "10.50", "stock", 2.5));
  }

  @Test
  void a_good_file_is_a_binding() {
    Binding binding = read(GOOD);

    assertThat(binding.name()).isEqualTo("outro");
    assertThat(binding.of("catalog.find")).isPresent();
    assertThat(binding.of("order.status")).isEmpty();
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    isRefused(
        """
        name: Outro
        system: " "
        tools:
          catalog.found: {call: search}
          stock.check: {call: stock, with: {sku: "{kode}"}, fields: {colour: red}}
        """,
        "name: a word of 2 to 16",
        "system:",
        "tools.catalog.found: no such capability; there are catalog.find",
        "tools.stock.check.with: {kode} is not known",
        "tools.stock.check.with: {code} is not used",
        "tools.stock.check.fields.colour",
        "tools.stock.check.fields: crews count on code, in_stock, name too");
  }

  @Test
  void a_misspelt_word_of_the_file_is_told_with_its_path() {
    isRefused(GOOD.replace("records:", "recods:"), "recods");
  }

  @Test
  void a_condition_that_is_none_is_refused() {
    isRefused(GOOD.replace("item.stock > 0", "item.stock >"), "fields.in_stock", "is refused");
    isRefused(GOOD.replace("item.stock > 0", "stock > 0"), "fields.in_stock", "is refused");
  }

  @Test
  void a_field_of_something_else_than_item_and_arguments_is_refused() {
    isRefused(GOOD.replace("{item.sku}", "{sku}"), "{sku} is not known here");
  }

  @Test
  void what_only_reads_cannot_be_said_to_write() {
    isRefused(GOOD.replace("call: search", "call: search\n    effect: keyed"), "it only reads");
  }

  @Test
  void a_keyed_tool_is_given_the_key_and_a_checkable_one_can_be_checked() {
    String lead =
        """
        name: outro
        system: Outro
        tools:
          lead.create:
            call: add
            effect: EFFECT
            with: {subject: "{name}"}
            fields: {id: "{item.id}", name: "{item.subject}"}
        """;
    isRefused(
        lead.replace("EFFECT", "keyed"), "tools.lead.create.effect", "find_by_key is bound too");
    isRefused(lead.replace("EFFECT", "checkable"), "find_by_key is bound too");
    isRefused(lead.replace("EFFECT", "sometimes"), "keyed, checkable or blind");
    assertThat(read(lead.replace("EFFECT", "blind")).tools()).hasSize(1);
  }

  @Test
  void what_is_one_customers_must_not_be_told_to_all() {
    String status =
        """
        name: outro
        system: Outro
        tools:
          order.status:
            call: get
            with: {number: "{reference}"}
            fields: {name: "{item.number}", state: draft, total: "{item.total}", currency: BRL}
        """;
    isRefused(status, "tools.order.status.only: {customer_id} must count");
    read(
        status.replace(
            "call: get", "call: get\n    only: \"item.client == arguments.customer_id\""));
    read(status.replace("{number:", "{client: \"{customer_id}\", number:"));
  }

  @Test
  void a_list_one_object_and_nothing_are_all_understood() throws Told.Unfitting {
    assertThat(records(Map.of("items", List.of(item(), item())), Map.of())).hasSize(2);
    assertThat(records(Map.of("items", item()), Map.of())).hasSize(1);
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("items", null);
    assertThat(records(nothing, Map.of())).isEmpty();
  }

  @Test
  void a_decimal_number_is_compared_like_a_whole_one() throws Told.Unfitting {
    Map<String, Object> none = item();
    none.put("stock", 0.0);
    assertThat(records(Map.of("items", List.of(item(), none)), Map.of()))
        .extracting(record -> record.get("in_stock"))
        .containsExactly(true, false);
  }

  @Test
  void an_answer_that_is_not_as_the_file_says_is_told_to_nobody() {
    assertThatThrownBy(() -> records(Map.of("data", List.of()), Map.of()))
        .hasMessage("there is no `items`");
    assertThatThrownBy(() -> records(Map.of("items", List.of("Serra")), Map.of()))
        .hasMessageContaining("no list of objects");
    Map<String, Object> unnamed = item();
    unnamed.remove("title");
    assertThatThrownBy(() -> records(Map.of("items", List.of(unnamed)), Map.of()))
        .hasMessage("a record has no name");
    Map<String, Object> priceless = item();
    priceless.put("price", "sob consulta");
    assertThatThrownBy(() -> records(Map.of("items", List.of(priceless)), Map.of()))
        .hasMessage("the price of a record is no number");
  }

  @Test
  void each_capability_is_shown_by_a_tool_of_odoo() {
    assertThat(CAPABILITIES).hasSize(12);
    CAPABILITIES
        .values()
        .forEach(capability ->
            assertThat(capability.arguments()).as(capability.name()).doesNotContain("account_id"));
  }
}
