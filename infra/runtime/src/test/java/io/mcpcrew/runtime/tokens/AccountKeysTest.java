package io.mcpcrew.runtime.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.mcpcrew.schemas.AccountId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AccountKeysTest {
  private static final AccountId LOJA = new AccountId("loja");

  @TempDir private Path folder;

  @Test
  void aPairIsMadeOnceAndReadByWhoComesLater() {
    ECKey made = keys(true).signing(LOJA);

    assertThat(keys(false).signing(LOJA)).isEqualTo(made);
    assertThat(keys(false).verifying(LOJA)).contains(made.toPublicJWK());
    assertThat(keys(false).verifying(LOJA).orElseThrow().isPrivate()).isFalse();
  }

  @Test
  void whereNoneMayBeMadeAnAccountWithoutAKeySignsNothing() {
    assertThatThrownBy(() -> keys(false).signing(LOJA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no signing key for account loja");
    assertThat(keys(false).verifying(LOJA)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aKeyThatComesLaterIsFoundWithoutARestart() {
    AccountKeys reader = keys(false);
    assertThat(reader.verifying(LOJA)).isEmpty();

    ECKey made = keys(true).signing(LOJA);

    assertThat(reader.verifying(LOJA)).contains(made.toPublicJWK());
  }

  @Test
  void ofManyThatMakeAPairAtOnceOneWinsAndAllSignWithIt() throws Exception {
    int makers = 4;
    try (var threads = Executors.newFixedThreadPool(makers)) {
      for (int round = 0; round < 50; round++) {
        var account = new AccountId("loja-" + round);
        var together = new CyclicBarrier(makers);
        List<Future<ECKey>> signing = new ArrayList<>();
        for (int n = 0; n < makers; n++) {
          signing.add(
              threads.submit(() -> {
                AccountKeys keys = keys(true);
                together.await(5, TimeUnit.SECONDS);
                return keys.signing(account);
              }));
        }
        ECKey verifies = null;
        for (Future<ECKey> one : signing) {
          ECKey signs = one.get(10, TimeUnit.SECONDS);
          verifies = verifies == null ? keys(false).verifying(account).orElseThrow() : verifies;
          assertThat(signs.toPublicJWK()).isEqualTo(verifies);
        }
      }
    }
  }

  @Test
  void nothingHalfMadeIsLeftBehind() throws Exception {
    keys(true).signing(LOJA);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("loja.private.jwk", "loja.public.jwk");
    }
  }

  @Test
  void theKeyToSignWithIsItsOwnersAlone() throws Exception {
    keys(true).signing(LOJA);

    assertThat(Files.getPosixFilePermissions(folder.resolve("loja.private.jwk")))
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
  }

  private AccountKeys keys(boolean createMissing) {
    return new AccountKeys(new TokenSettings(folder, createMissing));
  }
}
