package io.mcpcrew.runtime.tokens;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TurnId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs and verifies. A token names its account, and only that account's key verifies it; a token
/// that is wrong in any way is no token, and why is nobody's business.
public final class Tokens {
  private static final Logger LOGGER = LoggerFactory.getLogger(Tokens.class);
  private static final String ISSUER = "mcp-crew";
  private static final String ACCOUNT = "account_id";
  private static final String ROLE = "role";
  private static final int LONGEST = 4_096;

  private final AccountKeys keys;
  private final Clock clock;

  /// Making one of a key takes longer than signing, and intent-stream signs each turn on its stream
  /// thread.
  private final Map<AccountId, ECDSASigner> signers = new ConcurrentHashMap<>();

  private final Map<AccountId, ECDSAVerifier> verifiers = new ConcurrentHashMap<>();

  /// What was verified or signed here: a worker calls several tools with one token, and on one
  /// machine the signer lives with those who verify. Verifying a signature costs more than all else
  /// of a call's admission.
  private final Cache<String, Grant> known =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofMinutes(2)).build();

  public Tokens(AccountKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// For the worker that runs a turn: this turn's account, until the turn is over.
  public String forTurn(TurnId turn, Instant expires) {
    return sign(turn.account(), Role.TURN, turn.toString(), expires);
  }

  public String sign(AccountId account, Role role, String subject, Instant expires) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(subject)
            .claim(ACCOUNT, account.value())
            .claim(ROLE, role.name().toLowerCase(Locale.ROOT))
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(expires))
            .build();
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(account.value()).build(), claims);
    try {
      jwt.sign(signers.computeIfAbsent(account, this::signer));
      String token = jwt.serialize();
      // A token tells its time in whole seconds.
      known.put(token, new Grant(account, role, subject, expires.truncatedTo(SECONDS)));
      return token;
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign for account " + account, e);
    }
  }

  private ECDSASigner signer(AccountId account) {
    try {
      return Signatures.signer(keys.signing(account));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign for account " + account, e);
    }
  }

  /// What the token allows, or empty.
  public Optional<Grant> verify(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    Grant granted = known.getIfPresent(token);
    if (granted != null) {
      return isInForce(granted) ? Optional.of(granted) : Optional.empty();
    }
    try {
      Optional<Grant> grant = check(SignedJWT.parse(token));
      grant.ifPresent(g -> known.put(token, g));
      return grant;
    } catch (ParseException | JOSEException | IllegalArgumentException notAToken) {
      return Optional.empty();
    } catch (IllegalStateException damagedKey) {
      LOGGER.atError().setCause(damagedKey).log("a key that should verify tokens cannot be read");
      return Optional.empty();
    }
  }

  private Optional<Grant> check(SignedJWT jwt) throws ParseException, JOSEException {
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    String named = claims.getStringClaim(ACCOUNT);
    if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
        || named == null
        || !AccountId.isValid(named)
        || !ISSUER.equals(claims.getIssuer())
        || claims.getExpirationTime() == null) {
      return Optional.empty();
    }
    var account = new AccountId(named);
    Optional<ECDSAVerifier> verifier = verifier(account);
    if (verifier.isEmpty() || !jwt.verify(verifier.get())) {
      return Optional.empty();
    }
    var grant =
        new Grant(
            account,
            Role.valueOf(
                Objects.requireNonNullElse(claims.getStringClaim(ROLE), "")
                    .toUpperCase(Locale.ROOT)),
            Objects.requireNonNullElse(claims.getSubject(), ""),
            claims.getExpirationTime().toInstant());
    return isInForce(grant) ? Optional.of(grant) : Optional.empty();
  }

  /// Empty for an account that has no key here; it may get one at any time.
  private Optional<ECDSAVerifier> verifier(AccountId account) throws JOSEException {
    ECDSAVerifier known = verifiers.get(account);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ECKey> key = keys.verifying(account);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    ECDSAVerifier made = Signatures.verifier(key.get());
    verifiers.put(account, made);
    return Optional.of(made);
  }

  private boolean isInForce(Grant grant) {
    Instant expires = grant.expires();
    return expires != null && clock.instant().isBefore(expires);
  }
}
