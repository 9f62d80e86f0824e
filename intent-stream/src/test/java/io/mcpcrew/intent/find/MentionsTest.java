package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {
  /// A Friday.
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

  private static final Lexicon LEXICON = Lexicon.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "amanhã | pt | date=2026-11-21",
        "amanha ou depois de amanhã | pt | date=2026-11-21, date=2026-11-22",
        "ontem | pt | date=2026-11-19",
        "sexta | pt | date=2026-11-27",
        "na quinta-feira | pt | date=2026-11-26",
        "segunda passada | pt | date=2026-11-16",
        "dia 15 | pt | date=2026-12-15",
        "dia 20 | pt | date=2026-11-20",
        "dia 31 | pt | date=2026-12-31",
        "dia 32 | pt | ``",
        "15/12 | pt | date=2026-12-15",
        "10/01 | pt | date=2027-01-10",
        "10/10/2025 | pt | date=2025-10-10",
        "31/02/2026 | pt | ``",
        "2026-12-24 | pt | date=2026-12-24",
        "25 de dezembro | pt | date=2026-12-25",
        "3 de março de 2025 | pt | date=2025-03-03",
        "daqui a 3 dias | pt | date=2026-11-23",
        "há 2 semanas | pt | date=2026-11-06",
        "de segunda a sexta | pt | ``",
        "segunda via | pt | ``",
        "parafuso 3/4 | pt | ``",
        "aberto 24/7 | pt | ``",
        "next friday | en | date=2026-11-27",
        "last monday | en | date=2026-11-16",
        "the day after tomorrow | en | date=2026-11-22",
        "on the 3rd | en | date=2026-12-03",
        "december 25th, 2026 | en | date=2026-12-25",
        "in 2 weeks | en | date=2026-12-04",
        "5 days ago | en | date=2026-11-15",
        "mañana | es | date=2026-11-21",
        "por la mañana | es | ``",
        "pasado mañana | es | date=2026-11-22",
        "el lunes | es | date=2026-11-23",
        "el 3 de enero | es | date=2027-01-03",
        "hace 3 días | es | date=2026-11-17",
      })
  void datesAreThoseOfTheDayOfTheMessage(String text, String language, String mentions) {
    assertThat(found(text, language)).isEqualTo(mentions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "529.982.247-25 | cpf=52998224725",
        "529 982 247 25 | cpf=52998224725",
        "529.982.247-26 | ``",
        "111.111.111-11 | ``",
        "11.222.333/0001-81 | cnpj=11222333000181",
        "11222333000181 | cnpj=11222333000181",
        "11.222.333/0001-82 | ``",
        "12.ABC.345/01DE-35 | cnpj=12ABC34501DE35",
        "12abc34501de35 | cnpj=12ABC34501DE35",
        "12.ABC.345/01DE-36 | ``",
      })
  void numbersOfPeopleAndCompaniesHaveTheirCheckDigits(String text, String mentions) {
    assertThat(found(text, "pt")).isEqualTo(mentions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(11) 98765-4321 | phone=+5511987654321",
        "11987654321 | phone=+5511987654321",
        "011 98765 4321 | phone=+5511987654321",
        "+55 (21) 3333-4444 | phone=+552133334444",
        "5511987654321 | phone=+5511987654321",
        "+1 415 555 2671 | phone=+14155552671",
        "(20) 98765-4321 | ``",
        "(11) 18765-4321 | ``",
        "13010-000 | ``",
      })
  void telephoneNumbersAreAsNetworksDialThem(String text, String mentions) {
    assertThat(found(text, "pt")).isEqualTo(mentions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "R$ 1.234,56 | pt | money=BRL 1234.56",
        "R$1234 | pt | money=BRL 1234.00",
        "50 reais | pt | money=BRL 50.00",
        "2 mil reais | pt | money=BRL 2000.00",
        "US$ 20.50 | pt | money=USD 20.50",
        "$1,234.56 | en | money=USD 1234.56",
        "20 dollars | en | money=USD 20.00",
        "€ 15 | es | money=EUR 15.00",
        "2x | pt | quantity=2",
        "x3 furadeiras | pt | quantity=3",
        "quero 12 | pt | quantity=12",
        "uma dúzia | pt | quantity=12",
        "duas dúzias | pt | quantity=24",
        "half a dozen | en | quantity=6",
        "um par de luvas | pt | quantity=2",
        "em 10x sem juros | pt | ``",
        "preço dos parafusos | pt | ``",
        "furadeira 220 volts | pt | ``",
        "tem trena de 5 m? | pt | ``",
        "quero 5 m de cabo | pt | quantity=5",
        "orçamento de 5 m de cabo | pt | quantity=5",
        "pedido 12 | pt | order=12",
        "pedido de número 12 | pt | order=12",
        "pedido 2 furadeiras | pt | quantity=2",
        "s00042 | pt | order=S00042",
        "# 77 | pt | order=77",
        "Ana@Exemplo.com.br | pt | email=ana@exemplo.com.br",
        "ana@ | pt | ``",
      })
  void sumsCountsAndOrdersAreInOneForm(String text, String language, String mentions) {
    assertThat(found(text, language)).isEqualTo(mentions);
  }

  @Test
  void aMentionKnowsWhereItStands() {
    Mention mention = mentions("meu cpf é 529.982.247-25 ok", "pt").getFirst();

    assertThat("meu cpf é 529.982.247-25 ok".substring(mention.start(), mention.end()))
        .isEqualTo("529.982.247-25");
  }

  @Test
  void whereMonthsComeFirstTheyAreReadSo() {
    List<Word> words = Words.of("12/10/2026", Map.of());

    assertThat(new Mentions("12/10/2026", words, "en", "en", TODAY, LEXICON.fillers()).all())
        .extracting(Mention::value)
        .containsExactly("2026-12-10");
  }

  @Test
  void nobodyNamesThousandsOfThings() {
    assertThat(mentions("dia 15 ".repeat(1_000), "pt")).hasSize(50);
  }

  private static String found(String text, String language) {
    return mentions(text, language).stream()
        .map(m -> m.kind() + "=" + m.value())
        .collect(Collectors.joining(", "));
  }

  private static List<Mention> mentions(String text, String language) {
    List<Word> words = Words.of(text, LEXICON.abbreviations());
    return new Mentions(text, words, language, "pt", TODAY, LEXICON.fillers()).all();
  }
}
