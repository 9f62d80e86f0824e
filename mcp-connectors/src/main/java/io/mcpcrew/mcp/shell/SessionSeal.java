package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Binds ids of sessions to accounts without keeping a list: an id is followed by a code that only
/// this process can make, of the id and the account. Where nothing is kept, nothing leaks when a
/// session ends without a word.
final class SessionSeal {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  SessionSeal() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  String close(AccountId account, String id) {
    return id + "." + code(account, id);
  }

  /// Nothing when this id was not given to this account.
  Optional<String> open(AccountId account, String sealed) {
    int end = sealed.lastIndexOf('.');
    if (end < 0) {
      return Optional.empty();
    }
    String id = sealed.substring(0, end);
    boolean genuine = MessageDigest.isEqual(bytes(sealed), bytes(close(account, id)));
    return genuine ? Optional.of(id) : Optional.empty();
  }

  private String code(AccountId account, String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(bytes(account.value() + "/" + id));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
