package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How words are compared: folded, cut to stems, corrected.
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "Oiiiii, oi",
    "OLÁ, ola",
    "não, nao",
    "ñ, n",
    "bommm, bom",
    "1000, 1000",
    "nº, n",
    "ｏｉ, oi",
    "what's, whats",
    "carro, carro",
    "Ação, acao",
    "é, e"
  })
  void aWordIsFolded(String written, String folded) {
    assertThat(Fold.word(written)).isEqualTo(folded);
  }

  @Test
  void marksHeapedOnALetterGo() {
    assertThat(Fold.word("ò̸̡̢̧̨̱̲̳́̂̃i".repeat(2))).isEqualTo("oioi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pedido pedidos",
        "entrega entregas entregar entregou entregue entregando entregaram",
        "abre abrem",
        "custa custam custou",
        "humano humana humanos humanas",
        "disponível disponíveis",
        "promoção promoções",
        "valor valores",
        "vende vendem vender vendeu",
        "fica ficam",
        "cuesta cuestan",
        "order orders ordered",
        "package packages",
        "persona personas",
        "papel papéis",
      })
  void formsOfAWordHaveOneStem(String forms) {
    assertThat(Words.plain(forms).stream().map(Stem::of).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"vale, valeu", "preço, prego", "hora, horta", "oi, ola", "tem, tempo", "dia, diaria"})
  void otherWordsHaveOtherStems(String one, String other) {
    assertThat(Stem.of(Fold.word(one))).isNotEqualTo(Stem.of(Fold.word(other)));
  }

  @ParameterizedTest
  @CsvSource({
    "qaunto, quanto", "quannto, quanto", "quato, quanto", "atendnete, atendente",
    "atendetne, atendente", "estoqeu, estoque", "disponivle, disponivel", "dsiponivle, disponivel"
  })
  void aSlipIsUnderstood(String mistyped, String meant) {
    assertThat(spelling().meant(mistyped)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prego", "calor", "temm", "casa", "xuanto", "quarenta", "a", ""})
  void whatIsNoSlipIsLeftAlone(String word) {
    assertThat(spelling().meant(word)).isNull();
  }

  @Test
  void distanceCountsASwapAsOne() {
    assertThat(Spelling.distance("quanto", "qaunto")).isEqualTo(1);
    assertThat(Spelling.distance("abcd", "badc")).isEqualTo(2);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void anAbbreviationIsWrittenOutWhereItStands() {
    List<Word> words = Words.of("oq é", Map.of("oq", List.of("o", "que")));

    assertThat(words).extracting(Word::plain).containsExactly("o", "que", "e");
    assertThat(words.getFirst().end()).isEqualTo(words.get(1).end()).isEqualTo(2);
  }

  @Test
  void sentencesLinesAndNumbersAreKeptApart() {
    assertThat(Words.of("oi! bom\ndia, R$ 1.234 ok", Map.of()))
        .extracting(Word::before)
        .containsExactly(
            Word.Gap.SPACE,
            Word.Gap.STOP,
            Word.Gap.LINE,
            Word.Gap.COMMA,
            Word.Gap.SPACE,
            Word.Gap.SPACE,
            Word.Gap.SPACE);
  }

  private static Spelling spelling() {
    return new Spelling(
        List.of("quanto", "atendente", "estoque", "disponivel", "preco", "valor", "tem"),
        Set.of("prego"));
  }
}
