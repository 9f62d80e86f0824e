package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class FinderPropertyTest {
  private static final Lexicon LEXICON = Lexicon.builtIn();
  private final RuleFinder finder = new RuleFinder(LEXICON);
  private final Tenant shop = Fixtures.aShop();

  @Property(tries = 300)
  void whateverIsWrittenThereIsAnAnswer(@ForAll @StringLength(max = 10_000) String text) {
    Found found = finder.find(List.of(text), shop, Fixtures.NOON);

    assertThat(found.wishes()).hasSizeBetween(1, 5);
    assertThat(found.language()).isIn("pt", "en", "es");
    assertThat(found.wishes())
        .allSatisfy(w -> assertThat(w.intent().confidence()).isBetween(0.0, 1.0));
  }

  @Property(tries = 300)
  void wordsInAnyOrderHaveAnAnswer(@ForAll("chats") String text) {
    Found found = finder.find(List.of(text), shop, Fixtures.NOON);

    assertThat(found.wishes()).hasSizeBetween(1, 5);
    assertThat(finder.find(List.of(text), shop, Fixtures.NOON)).isEqualTo(found);
  }

  @Property(tries = 300)
  void foldingTwiceIsFoldingOnce(@ForAll String text) {
    String folded = Fold.word(text);

    assertThat(Fold.word(folded)).isEqualTo(folded);
  }

  /// What a search costs is what it visits; here what it finds stands for that.
  @Property(tries = 50)
  void whatIsFoundGrowsWithTheTextAndNotFaster(@ForAll("chats") String text) {
    var index = new PhraseIndex(LEXICON.rules(), LEXICON.skippable(), LEXICON.rightAsTheyAre());
    List<Word> once = Words.of(text, LEXICON.abbreviations());
    List<Word> often = Words.of((text + " ").repeat(20), LEXICON.abbreviations());

    assertThat(index.in(once)).hasSizeLessThanOrEqualTo(30 * once.size());
    assertThat(index.in(often)).hasSizeLessThanOrEqualTo(30 * often.size());
  }

  @Property(tries = 300)
  void aCpfIsFoundHoweverItIsPunctuated(@ForAll("nineDigits") String digits) {
    String cpf = TaxNumbers.checked(digits, true);
    String dotted =
        "%s.%s.%s-%s"
            .formatted(
                cpf.substring(0, 3), cpf.substring(3, 6), cpf.substring(6, 9), cpf.substring(9));

    assertThat(TaxNumbers.cpf(cpf)).contains(cpf);
    assertThat(TaxNumbers.cpf(dotted)).contains(cpf);
    assertThat(TaxNumbers.cpf(wrong(cpf))).isEmpty();
    assertThat(values("meu cpf é " + dotted + ".", "cpf")).containsExactly(cpf);
  }

  @Property(tries = 300)
  void aCnpjIsFoundWithLettersAndWithout(@ForAll("twelvePlaces") String places) {
    String cnpj = TaxNumbers.checked(places, false);
    String dotted =
        "%s.%s.%s/%s-%s"
            .formatted(
                cnpj.substring(0, 2),
                cnpj.substring(2, 5),
                cnpj.substring(5, 8),
                cnpj.substring(8, 12),
                cnpj.substring(12));

    assertThat(TaxNumbers.cnpj(cnpj)).contains(cnpj);
    assertThat(TaxNumbers.cnpj(wrong(cnpj))).isEmpty();
    assertThat(values("cnpj: " + dotted, "cnpj")).containsExactly(cnpj);
  }

  @Example
  void aCnpjThatHoldsACurrencysSignIsNoMoney() {
    assertThat(values("cnpj: 43.QVK.9O4/EUR3-97", "cnpj")).containsExactly("43QVK9O4EUR397");
    assertThat(values("cnpj: 43.QVK.9O4/EUR3-97", "money")).isEmpty();
    assertThat(values("pago EUR3 hoje", "money")).containsExactly("EUR 3.00");
  }

  @Property(tries = 200)
  void aCorrectionIsNearAndNeverOfAShortWord(@ForAll("letters") String word) {
    Set<String> known = Set.of("quanto", "atendente", "estoque", "disponivel", "preco");
    String meant = new Spelling(known, Set.of()).meant(word);

    assertThat(meant == null || (word.length() >= 5 && Spelling.distance(word, meant) <= 2))
        .isTrue();
  }

  private List<String> values(String text, String kind) {
    List<Word> words = Words.of(text, Map.of());
    var today = Fixtures.NOON.atZone(shop.document().timezone()).toLocalDate();
    return new Mentions(text, words, "pt", "pt", today, LEXICON.fillers())
        .all().stream().filter(m -> m.kind().equals(kind)).map(Mention::value).toList();
  }

  /// With another last digit.
  private static String wrong(String number) {
    int last = number.charAt(number.length() - 1) - '0';
    return number.substring(0, number.length() - 1) + (last + 1) % 10;
  }

  @Provide
  Arbitrary<String> nineDigits() {
    return Arbitraries.strings()
        .numeric()
        .ofLength(9)
        .filter(d -> d.chars().distinct().count() > 1);
  }

  @Provide
  Arbitrary<String> twelvePlaces() {
    return Arbitraries.strings()
        .numeric()
        .withCharRange('A', 'Z')
        .ofLength(12)
        .filter(p -> p.chars().filter(Character::isDigit).count() >= 4)
        .filter(p -> p.chars().distinct().count() > 1);
  }

  @Provide
  Arbitrary<String> letters() {
    return Arbitraries.strings().withChars("quantoedsiplvr").ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> chats() {
    return Arbitraries.of(
            "quanto",
            "custa",
            "furadeira",
            "e",
            "a",
            "o",
            "tem",
            "meu",
            "pedido",
            "S00042",
            "?",
            ",",
            "2",
            "dúzia",
            "falar",
            "com",
            "atendente",
            "que",
            "horas",
            "fecha",
            "dia",
            "15",
            "R$ 10",
            "oi",
            "obrigado",
            "\n",
            "how",
            "much",
            "is",
            "the",
            "de",
            "não",
            "quero",
            "3x",
            "\uD83D")
        .list()
        .ofMaxSize(60)
        .map(words -> String.join(" ", words));
  }
}
