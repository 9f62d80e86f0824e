package io.mcpcrew.intent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.AccountId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusiestAccountsTest {
  private static final AccountId QUIET = new AccountId("quiet");
  private static final AccountId BUSY = new AccountId("busy");
  private static final AccountId LATE = new AccountId("late");

  private final BusiestAccounts accounts = new BusiestAccounts(2);

  private BusiestAccounts.Place heard(AccountId account, int times) {
    BusiestAccounts.Place last = accounts.heard(account, Fixtures.NOON);
    for (int i = 1; i < times; i++) {
      last = accounts.heard(account, Fixtures.NOON);
    }
    return last;
  }

  @Test
  void whoComesWhileThereIsRoomIsNamed() {
    assertThat(heard(QUIET, 1).isNamed()).isTrue();
    assertThat(heard(BUSY, 1).isNamed()).isTrue();
    assertThat(heard(LATE, 1).isNamed()).isFalse();
  }

  @Test
  void whoIsClearlyBusierTakesThePlaceOfTheIdlest() {
    heard(QUIET, 10);
    heard(BUSY, 1_000);
    heard(LATE, 63);

    assertThat(heard(LATE, 1)).isEqualTo(new BusiestAccounts.Place(true, Optional.of(QUIET)));
    assertThat(heard(QUIET, 1).isNamed()).isFalse();
    assertThat(heard(BUSY, 1).isNamed()).isTrue();
  }

  @Test
  void neverMoreThanSoManyAreNamed() {
    Set<AccountId> named = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      var account = new AccountId("a-" + (i * 7919) % 100);
      BusiestAccounts.Place place = accounts.heard(account, Fixtures.NOON.plusSeconds(i));
      place.dropped().ifPresent(named::remove);
      if (place.isNamed()) {
        named.add(account);
      }
      assertThat(named).hasSizeLessThanOrEqualTo(2);
    }
  }
}
