package io.mcpcrew.runtime.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;

@SuppressWarnings("NullAway.Init") // jqwik calls sign before anything else
class TamperedTokenTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static Path folder;
  private static Tokens tokens;
  private static String token;

  @BeforeContainer
  static void sign() throws IOException {
    folder = Files.createTempDirectory("tokens");
    tokens = new Tokens(new AccountKeys(new TokenSettings(folder, true)), CLOCK);
    token =
        tokens.sign(
            new AccountId("loja"), Role.SERVICE, "s", CLOCK.instant().plus(Duration.ofHours(1)));
  }

  @AfterContainer
  static void remove() throws IOException {
    FileSystemUtils.deleteRecursively(folder);
  }

  /// But for the last one: it carries four bits that belong to no byte of the signature.
  @Property(tries = 400)
  void aTokenWithAnyCharacterChangedIsNone(
      @ForAll @IntRange(max = 10_000) int at,
      @ForAll @Chars({'A', 'b', '7', '-', '.', '_'}) char by) {
    int position = at % (token.length() - 1);
    String changed = token.substring(0, position) + by + token.substring(position + 1);

    assertThat(tokens.verify(changed).isPresent()).isEqualTo(changed.equals(token));
  }
}
