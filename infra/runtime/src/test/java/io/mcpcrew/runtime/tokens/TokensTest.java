package io.mcpcrew.runtime.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TurnId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TokensTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final AccountId CLINICA = new AccountId("clinica");
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(5));

  @TempDir private Path folder;
  private final Hands clock = new Hands();
  private AccountKeys keys;
  private Tokens tokens;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // the keys are made here
  void make() {
    keys = new AccountKeys(new TokenSettings(folder, true));
    tokens = new Tokens(keys, clock);
    tokens.sign(CLINICA, Role.SERVICE, "s", LATER);
  }

  @Test
  void whatIsSignedIsWhatIsGranted() {
    String token = tokens.sign(LOJA, Role.AGENT, "ana", LATER);

    var granted = new Grant(LOJA, Role.AGENT, "ana", LATER);
    assertThat(tokens.verify(token)).contains(granted);
    Tokens others = new Tokens(keys, clock);
    assertThat(others.verify(token)).contains(granted);
    assertThat(others.verify(token)).contains(granted);
  }

  @Test
  void whoSignsATokenAndWhoVerifiesItGrantTheSameSeconds() {
    String token = tokens.sign(LOJA, Role.AGENT, "ana", LATER.plusMillis(900));

    assertThat(tokens.verify(token)).isEqualTo(new Tokens(keys, clock).verify(token)).isPresent();
  }

  @Test
  void aTurnsTokenNamesTheTurnAndItsAccount() {
    TurnId turn = TurnId.parse("loja/chatwoot-7#3");

    assertThat(new Tokens(keys, clock).verify(tokens.forTurn(turn, LATER)))
        .contains(new Grant(LOJA, Role.TURN, "loja/chatwoot-7#3", LATER));
  }

  @Test
  void aTokenOfOneAccountSignedWithAnothersKeyIsNone() throws Exception {
    assertThat(tokens.verify(signed(claims(LOJA).build(), CLINICA))).isEmpty();
    assertThat(tokens.verify(signed(claims(LOJA).build(), LOJA))).isPresent();
  }

  @Test
  void aTokenIsNoneOnceItHasRunOutEvenIfItWasSeenBefore() {
    String token = tokens.sign(LOJA, Role.AGENT, "ana", LATER);
    assertThat(tokens.verify(token)).isPresent();

    clock.now = LATER;

    assertThat(tokens.verify(token)).isEmpty();
    assertThat(new Tokens(keys, clock).verify(token)).isEmpty();
  }

  @Test
  void aTokenThatNobodySignedIsNone() {
    assertThat(tokens.verify(new PlainJWT(claims(CLINICA).build()).serialize())).isEmpty();
    assertThat(tokens.verify(header("{\"alg\":\"none\"}", tokenOf(CLINICA)))).isEmpty();
    String[] parts = header("{\"alg\":\"none\"}", tokenOf(CLINICA)).split("\\.", -1);
    assertThat(tokens.verify(parts[0] + "." + parts[1] + ".")).isEmpty();
  }

  @Test
  void theAccountsPublicKeyIsNoSecretToSignWith() {
    String token = tokenOf(CLINICA);

    assertThat(tokens.verify(header("{\"alg\":\"HS256\",\"kid\":\"clinica\"}", token))).isEmpty();
  }

  @Test
  void aClaimThatWasChangedIsNone() {
    String[] parts = tokenOf(CLINICA).split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String administrator = claims.replace("\"service\"", "\"administrator\"");
    assertThat(administrator).isNotEqualTo(claims);

    assertThat(tokens.verify(parts[0] + "." + encoded(administrator) + "." + parts[2])).isEmpty();
  }

  @Test
  void whatSaysTooLittleIsNone() throws Exception {
    assertThat(tokens.verify(signed(claims(LOJA).issuer("somebody").build(), LOJA))).isEmpty();
    assertThat(tokens.verify(signed(claims(LOJA).expirationTime(null).build(), LOJA))).isEmpty();
    assertThat(tokens.verify(signed(claims(LOJA).claim("role", null).build(), LOJA))).isEmpty();
    assertThat(tokens.verify(signed(claims(LOJA).claim("role", "root").build(), LOJA))).isEmpty();
    assertThat(tokens.verify(signed(claims(LOJA).claim("account_id", null).build(), LOJA)))
        .isEmpty();
  }

  @Test
  void anAccountNeverNamesAFileOutsideTheFolder() throws Exception {
    var outside = claims(LOJA).claim("account_id", "../loja").build();

    assertThat(tokens.verify(signed(outside, LOJA))).isEmpty();
  }

  @Test
  void anythingElseIsNone() {
    assertThat(tokens.verify("")).isEmpty();
    assertThat(tokens.verify("a.b.c")).isEmpty();
    assertThat(tokens.verify("x".repeat(10_000))).isEmpty();
    assertThat(
            tokens.verify(
                new Tokens(foreignKeys(), clock)
                    .sign(new AccountId("nobody"), Role.SERVICE, "s", LATER)))
        .isEmpty();
  }

  private AccountKeys foreignKeys() {
    return new AccountKeys(new TokenSettings(folder.resolve("elsewhere"), true));
  }

  private String tokenOf(AccountId account) {
    return tokens.sign(account, Role.SERVICE, "s", LATER);
  }

  private static JWTClaimsSet.Builder claims(AccountId account) {
    return new JWTClaimsSet.Builder()
        .issuer("mcp-crew")
        .subject("s")
        .claim("account_id", account.value())
        .claim("role", "service")
        .expirationTime(Date.from(LATER));
  }

  private String signed(JWTClaimsSet claims, AccountId signer) throws Exception {
    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
    jwt.sign(new ECDSASigner(keys.signing(signer)));
    return jwt.serialize();
  }

  private static String header(String header, String token) {
    return encoded(header) + token.substring(token.indexOf('.'));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Hands extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
