package io.mcpcrew.runtime.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TenantNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;

/// A key pair for each account, so that a token of one account can never be taken for another's.
/// Reads the file each time; [Tokens] keeps what it makes of a key.
public final class AccountKeys {
  private final TokenSettings settings;

  public AccountKeys(TokenSettings settings) {
    this.settings = settings;
  }

  /// The key to sign with. Only the parties that sign have the file.
  ECKey signing(AccountId account) {
    Optional<ECKey> key = read(file(account, "private.jwk"));
    if (settings.createMissing()) {
      if (key.isEmpty()) {
        make(account);
        key = read(file(account, "private.jwk"));
      }
      key.filter(_ -> !Files.exists(file(account, "public.jwk")))
          .ifPresent(pair -> publish(account, pair));
    }
    return key.orElseThrow(() ->
        new IllegalStateException(
            "there is no signing key for account %s in %s".formatted(account, settings.keys())));
  }

  /// The key to verify with; empty for an account that has none here.
  Optional<ECKey> verifying(AccountId account) {
    return read(file(account, "public.jwk"));
  }

  private Path file(AccountId account, String kind) {
    return settings.keys().resolve(new TenantNames(account).file(kind));
  }

  private static Optional<ECKey> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(ECKey.parse(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new IllegalStateException(file + " is not a key in JWK form", e);
    }
  }

  /// Linked into place whole and never over one that is there: of two that make it at once one
  /// wins, and the other signs with the winner's.
  private void make(AccountId account) {
    try {
      Files.createDirectories(settings.keys());
      ECKey pair = new ECKeyGenerator(Curve.P_256).keyID(account.value()).generate();
      Path fresh = Files.createTempFile(settings.keys(), account.value(), ".new");
      Files.writeString(fresh, pair.toJSONString());
      try {
        Files.createLink(file(account, "private.jwk"), fresh);
      } catch (FileAlreadyExistsException anotherWasQuicker) {
        // Its pair is read next.
      } finally {
        Files.delete(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot make a key pair", e);
    }
  }

  /// Moved into place whole: a reader finds all of it or none.
  private void publish(AccountId account, ECKey pair) {
    try {
      Path fresh = settings.keys().resolve(account + "." + UUID.randomUUID() + ".new");
      Files.writeString(fresh, pair.toPublicJWK().toJSONString());
      Files.move(fresh, file(account, "public.jwk"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
