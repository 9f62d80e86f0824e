package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFinderTest {
  private final RuleFinder finder = new RuleFinder(Lexicon.builtIn());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Quanto custa a furadeira e tem em estoque? | product.info | pt",
        "QUANTO CUSTA??? | product.info | pt",
        "vocês têm broca de aço | product.info | pt",
        "Trabalham com serra mármore? | product.info | pt",
        "onde está meu pedido S00012 | order.status | pt",
        "Qual o horário de funcionamento? | company.hours | pt",
        "quero falar com uma pessoa agora | person.wanted | pt",
        "oi, bom dia | greeting | pt",
        "obrigado pela ajuda e a paciência | thanks | pt",
        "muito obrigada! | thanks | pt",
        "asdf qwerty | unknown | pt",
        "How much is the drill, is it in stock? | product.info | en",
        "I want to talk to a human please | person.wanted | en",
        "¿Cuánto cuesta el taladro? | product.info | es",
      })
  void findsWhatTheCustomerWants(String text, String intent, String language) {
    Found found = finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON);

    assertThat(found.wishes().getFirst().intent().name()).isEqualTo(intent);
    assertThat(found.wishes().getFirst().intent().language()).isEqualTo(language);
    assertThat(found.wishes().getFirst().intent().because()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Quanto custa a furadeira e tem em estoque? | furadeira",
        "Olá, vocês têm parafusadeira Bosch? | parafusadeira Bosch",
        "preço da broca de aço por favor | broca aço",
        "how much is the drill | drill",
      })
  void whatIsAskedAboutIsWhatIsLeftWithItsAccents(String text, String product) {
    assertThat(entity(finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON), "product"))
        .isEqualTo(product);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "furadeira | furadeira",
        "quero uma furadeira e uma trena | furadeira; trena",
        "oi, quero uma furadeira de impacto e uma trena de aço | furadeira impacto; trena aço",
        "preciso de um martelo, uma trena e uma serra mármore | martelo; trena; serra mármore",
        "na verdade é o nível | verdade nível",
        "não quero uma furadeira nem uma trena | ",
        "quero uma furadeira e uma solução para o barulho que ela sempre faz | ",
      })
  void eachThingThatIsOnlyNamedIsAWishOfItsOwn(String text, @Nullable String things) {
    Found found = finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON);

    assertThat(found.wishes()).allMatch(wish -> wish.intent().name().equals(Found.UNKNOWN));
    assertThat(
            found.wishes().stream()
                .map(wish -> entity(wish, "thing"))
                .filter(thing -> !thing.isEmpty()))
        .containsExactly(things == null ? new String[0] : things.split("; ", -1));
  }

  @Test
  void severalMessagesAreReadAsOne() {
    Found found =
        finder.find(
            List.of("oi", "bom dia", "quanto custa", "a furadeira"),
            Fixtures.aShop(),
            Fixtures.NOON);

    assertThat(found.wishes().getFirst().intent().name()).isEqualTo("product.info");
    assertThat(entity(found, "product")).isEqualTo("furadeira");
  }

  @Test
  void anOrdersNumberIsFound() {
    assertThat(
            entity(
                finder.find(List.of("meu pedido é o s00012"), Fixtures.aShop(), Fixtures.NOON),
                "order"))
        .isEqualTo("S00012");
  }

  @Test
  void aWishForAPersonWinsOverEverythingElse() {
    Found found =
        finder.find(
            List.of("quanto custa a furadeira? quero falar com uma pessoa"),
            Fixtures.aShop(),
            Fixtures.NOON);

    assertThat(found.wantsPerson()).isTrue();
  }

  private static String entity(Found found, String kind) {
    return entity(found.wishes().getFirst(), kind);
  }

  private static String entity(Task wish, String kind) {
    return wish.entities().stream()
        .filter(e -> e.kind().equals(kind))
        .map((Entity e) -> e.value().readable())
        .findFirst()
        .orElse("");
  }
}
