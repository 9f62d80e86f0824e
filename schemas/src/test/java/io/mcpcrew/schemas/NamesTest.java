package io.mcpcrew.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "a-",
        "Loja",
        "loja_1",
        "loja/1",
        "loja:1",
        "..",
        "a b",
        "ação",
        "a\n",
        "012345678901234567890123456789012"
      })
  void refusesAnAccountThatCouldEscapeItsPlace(String text) {
    assertThatThrownBy(() -> new AccountId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an account is 1 to 32");
    assertThat(AccountId.isValid(text)).isFalse();
  }

  @Test
  void aKeyIsSplitAtItsFirstSlashAndATurnAtItsLastHash() {
    var turn = TurnId.parse("loja/chatwoot-42#7");

    assertThat(turn.account()).isEqualTo(new AccountId("loja"));
    assertThat(turn.conversation()).isEqualTo(ConversationKey.of("loja", "chatwoot-42"));
    assertThat(turn.number()).isEqualTo(7);
    assertThat(turn).hasToString("loja/chatwoot-42#7");
    assertThatThrownBy(() -> ConversationKey.parse("loja/a/b"))
        .hasMessageContaining("a conversation is");
    assertThatThrownBy(() -> TurnId.parse("loja/chatwoot-42#x")).hasMessageContaining("ends in #n");
    assertThatThrownBy(() -> TurnId.parse("loja/chatwoot-42#0")).hasMessageContaining("from 1");
  }

  @Test
  void aWarningNeverCarriesAWholeForeignText() {
    assertThatThrownBy(() -> new AccountId("x\u0007".repeat(500)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(160).doesNotContain("\u0007"));
  }

  @Property(tries = 2000)
  void twoAccountsNamesAreNeverEqualOrOneTheOthersPrefix(
      @ForAll("accounts") AccountId one, @ForAll("accounts") AccountId other) {
    Assume.that(!one.equals(other));

    List<String> ones = names(one);
    List<String> others = names(other);

    for (int i = 0; i < ones.size(); i++) {
      assertThat(ones.get(i)).doesNotStartWith(others.get(i));
      assertThat(others.get(i)).doesNotStartWith(ones.get(i));
    }
  }

  private static List<String> names(AccountId account) {
    var names = new TenantNames(account);
    return List.of(
        names.mongoDatabase(),
        names.qdrantCollection(new KnowledgeType("PRODUCT_INFO")),
        names.redisPrefix(),
        names.redisKey("x"),
        names.topicKey("x"),
        names.file("jwk"));
  }

  /// Accounts that are near each other: few letters, so that one often begins as the other does.
  @Provide
  Arbitrary<AccountId> accounts() {
    return Arbitraries.strings()
        .withChars("a1-")
        .ofMinLength(1)
        .ofMaxLength(6)
        .filter(AccountId::isValid)
        .map(AccountId::new);
  }
}
