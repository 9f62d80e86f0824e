package io.mcpcrew.crew.playbook;

import static io.mcpcrew.crew.Shop.LOJA;
import static io.mcpcrew.crew.Shop.product;
import static io.mcpcrew.crew.Shop.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.playbook.PlaybookRun.Result;
import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Slot;
import io.mcpcrew.schemas.contract.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybookRunTest {
  private static final Playbooks PLAYBOOKS = Playbooks.shipped();

  private final List<String> called = new ArrayList<>();
  private final List<Map<String, Object>> arguments = new ArrayList<>();
  private Answered answer = new Answered.Failed("no tool was expected to be called");

  @Test
  void the_six_shipped_playbooks_load_and_answer_their_intents() {
    assertThat(
            Stream.of(
                    "product.info",
                    "order.status",
                    "company.hours",
                    "greeting",
                    "thanks",
                    "unknown",
                    "nobody.declared.this")
                .map(intent -> PLAYBOOKS.of(intent).name()))
        .containsExactly(
            "product-info",
            "order-status",
            "company-hours",
            "greeting",
            "thanks",
            "concierge",
            "concierge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | Furadeira custa R$ 349,90 e temos 1.200 em estoque. Posso ajudar em mais alguma coisa?",
        "en | Furadeira costs R$349.90 and we have 1,200 in stock. Can I help you with anything else?",
        "es | Furadeira cuesta BRL349.90 y tenemos 1,200 en stock. ¿Puedo ayudarle en algo más?",
        "fr | Furadeira custa R$ 349,90 e temos 1.200 em estoque. Posso ajudar em mais alguma coisa?",
      })
  void one_product_is_told_with_price_and_stock(String language, String text) {
    finds(product("Furadeira", 349.9, 1200));

    assertThat(say(language, task("product.info", "product", "furadeira"))).isEqualTo(text);
    assertThat(called).containsExactly("product-info/1/1 catalog.find");
    assertThat(arguments).containsExactly(Map.of("query", "furadeira", "limit", 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | sem estoque   | temos",
        "en | out of stock  | we have",
        "es | agotado       | tenemos",
      })
  void what_is_out_of_stock_is_said_to_be_and_no_zero_is_offered(
      String language, String told, String notTold) {
    for (Object none : new Object[] {0, 0.0, 0L, new java.math.BigDecimal("0.00")}) {
      finds(product("Furadeira", 349.9, none));

      assertThat(say(language, task("product.info", "product", "furadeira")))
          .contains(told)
          .doesNotContain(notTold)
          .doesNotContain(" 0 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | sem estoque no momento   | 7 em estoque",
        "en | out of stock right now   | 7 in stock",
        "es | agotado por ahora        | 7 en stock",
      })
  void of_many_each_is_told_on_a_line_of_its_own(String language, String none, String seven) {
    finds(product("Furadeira", 349.9, 0), product("Parafusadeira", 199, 7));

    String said = say(language, task("product.info", "product", "eira"));

    assertThat(said.lines()).hasSize(4);
    assertThat(said.lines().toList().get(1)).contains("Furadeira", none).doesNotContain("0 e");
    assertThat(said.lines().toList().get(2)).contains("Parafusadeira", "199", seven);
  }

  @ParameterizedTest
  @CsvSource({
    "pt,Não encontrei “serrote”",
    "en,I could not find “serrote”",
    "es,No encontré “serrote”"
  })
  void a_product_that_nobody_has_is_said_not_to_be_found(String language, String told) {
    finds();

    assertThat(say(language, task("product.info", "product", "serrote"))).startsWith(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | O pedido S00012 está: confirmado. Total: R$ 89,90.",
        "en | Order S00012 is: confirmed. Total: R$89.90.",
        "es | El pedido S00012 está: confirmado (es). Total: BRL89.90.",
      })
  void an_orders_state_is_told(String language, String text) {
    finds(
        Map.of(
            "name",
            "S00012",
            "state_label",
            "confirmado",
            "state_label_en",
            "confirmed",
            "state_label_es",
            "confirmado (es)",
            "total",
            89.9,
            "currency",
            "BRL"));

    assertThat(say(language, task("order.status", "order", "S00012"))).isEqualTo(text);
    assertThat(called).containsExactly("order-status/1/1 order.status");
    assertThat(arguments).containsExactly(Map.of("reference", "S00012"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pt", "en", "es"})
  void an_order_that_does_not_exist_is_asked_for_again(String language) {
    finds();

    assertThat(say(language, task("order.status", "order", "S99999"))).contains("S99999", "?");
  }

  @Test
  void two_orders_of_one_number_are_for_a_person() {
    finds(Map.of("name", "S1"), Map.of("name", "S1"));

    assertThat(run("pt", task("order.status", "order", "S1"))).isInstanceOf(Result.Person.class);
  }

  @ParameterizedTest
  @CsvSource({
    "product.info,pt,Qual produto",
    "product.info,en,Which product",
    "product.info,es,Qué producto",
    "order.status,pt,número do pedido",
    "order.status,en,order number",
    "order.status,es,número del pedido"
  })
  void what_is_missing_is_asked_for_and_nothing_is_called(
      String intent, String language, String question) {
    assertThat(say(language, task(intent))).contains(question).contains("?");
    assertThat(called).isEmpty();
  }

  @Test
  void what_the_conversation_remembers_is_not_asked_for_again_but_what_is_said_now_counts_more() {
    finds(product("Furadeira", 349.9, 3));
    var memory = List.of(new Slot("product", Content.of("martelo")));

    var remembered = run("pt", memory, task("product.info"));
    var said = run("pt", memory, task("product.info", "product", "furadeira"));

    assertThat(List.of(remembered, said)).allMatch(Result.Say.class::isInstance);
    assertThat(arguments).extracting(a -> a.get("query")).containsExactly("martelo", "furadeira");
  }

  @Test
  void a_tool_that_fails_or_declines_goes_to_a_person_with_its_reason() {
    for (Answered bad :
        List.of(new Answered.Failed("odoo is down"), new Answered.Declined("odoo is down"))) {
      answer = bad;

      assertThat(run("pt", task("product.info", "product", "furadeira")))
          .isEqualTo(new Result.Person("odoo is down"));
    }
  }

  @Test
  void the_companys_own_words_are_said_as_they_are_and_without_them_a_person_answers() {
    assertThat(say("en", task("company.hours"))).isEqualTo("Abrimos das 8h às 18h.");

    var another =
        new PlaybookRun(
            Shop.turn(Shop.id(LOJA, "c-1", 1), 1, "pt"),
            io.mcpcrew.runtime.tenant.TenantDocuments.parse(
                LOJA, Shop.document(LOJA, "null").replace("company.hours", "company.address")),
            (_, _, _) -> answer);
    assertThat(another.run(PLAYBOOKS.of("company.hours"), task("company.hours")))
        .isInstanceOf(Result.Person.class);
  }

  @Test
  void what_no_rule_understood_goes_to_a_person() {
    assertThat(run("pt", task("unknown"))).isInstanceOf(Result.Person.class);
    assertThat(called).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pt", "en", "es"})
  void greetings_and_thanks_are_answered_without_a_tool(String language) {
    assertThat(say(language, task("greeting"))).contains("Casa loja");
    assertThat(say(language, task("thanks"))).isNotBlank();
    assertThat(called).isEmpty();
  }

  @Test
  void the_reply_holds_only_what_the_tool_said() {
    finds(Map.of("name", "Furadeira", "price", 349.9, "currency", "BRL", "in_stock", true));

    // No stock was told, so none is invented.
    assertThat(say("pt", task("product.info", "product", "a mais barata, 10 reais")))
        .isEqualTo("Furadeira custa R$ 349,90. Posso ajudar em mais alguma coisa?");
  }

  @Test
  void a_name_that_looks_like_a_template_or_markup_is_said_as_it_is() {
    finds(product("{{company}} <b>&</b>", 1, 1));

    assertThat(say("pt", task("product.info", "product", "x"))).startsWith("{{company}} <b>&</b> ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pt", "en", "es"})
  void what_is_promised_to_others_already_is_not_told_as_a_stock_below_nothing(String language) {
    finds(product("Furadeira", 349.9, -3));

    assertThat(say(language, task("product.info", "product", "furadeira"))).doesNotContain("3 ");

    finds(product("Furadeira", 349.9, -3), product("Serra", 20, 1));

    assertThat(say(language, task("product.info", "product", "furadeira"))).doesNotContain("-3");
  }

  @Test
  void what_was_said_is_handed_on_for_the_knowledge_of_others() {
    finds(product("Furadeira", 349.9, 3));

    assertThat(run("pt", task("product.info", "product", "furadeira")))
        .asInstanceOf(type(Result.Say.class))
        .satisfies(say -> assertThat(say.used()).extracting("name").containsExactly("Furadeira"));
  }

  @Test
  void every_text_of_every_playbook_is_there_in_three_languages() {
    for (String intent :
        List.of("product.info", "order.status", "company.hours", "greeting", "thanks", "unknown")) {
      Playbook playbook = PLAYBOOKS.of(intent);
      var reply = playbook.reply();
      for (var texts :
          java.util.Arrays.asList(
              playbook.ask(), reply.always(), reply.none(), reply.one(), reply.many())) {
        if (texts != null) {
          assertThat(texts.keySet())
              .as(intent.toUpperCase(Locale.ROOT))
              .containsExactlyInAnyOrder("pt", "en", "es");
        }
      }
    }
  }

  private void finds(Object... records) {
    answer = new Answered.Result(Map.of("records", List.of(records)));
  }

  private String say(String language, Task task) {
    Result result = run(language, task);
    assertThat(result).isInstanceOf(Result.Say.class);
    return ((Result.Say) result).text();
  }

  private Result run(String language, Task task) {
    return run(language, List.of(), task);
  }

  private Result run(String language, List<Slot> memory, Task task) {
    var turn = Shop.turn(Shop.id(LOJA, "c-1", 1), 1, language, "v1", memory, task);
    return new PlaybookRun(
            turn,
            Shop.tenant(LOJA),
            (path, capability, with) -> {
              called.add(path + " " + capability);
              arguments.add(with);
              return answer;
            })
        .run(PLAYBOOKS.of(task.intent().name()), task);
  }
}
