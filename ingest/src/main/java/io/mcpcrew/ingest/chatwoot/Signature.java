package io.mcpcrew.ingest.chatwoot;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A webhook's signature: HMAC-SHA256 over `timestamp.rawbody`, as Chatwoot sends it in two
/// headers.
public record Signature(@Nullable String timestamp, @Nullable String value) {
  private static final String PREFIX = "sha256=";

  /// True only for a signature of this body by the holder of the secret, made about now. Takes
  /// equally long for every wrong signature.
  public boolean isBy(String secret, byte[] body, Instant now, Duration window) {
    if (timestamp == null || value == null || !isAboutNow(now, window)) {
      return false;
    }
    byte[] expected = (PREFIX + hmac(secret, timestamp, body)).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, value.getBytes(StandardCharsets.US_ASCII));
  }

  private boolean isAboutNow(Instant now, Duration window) {
    try {
      Instant signed = Instant.ofEpochSecond(Long.parseLong(String.valueOf(timestamp)));
      return Duration.between(signed, now).abs().compareTo(window) <= 0;
    } catch (NumberFormatException | ArithmeticException | DateTimeException notATime) {
      return false;
    }
  }

  private static String hmac(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
