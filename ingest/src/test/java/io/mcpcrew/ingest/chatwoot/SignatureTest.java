package io.mcpcrew.ingest.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String BODY = "{\"event\":\"message_created\",\"content\":\"Olá\"}";

  // Made with: printf '%s' '1800000000.<body>' | openssl dgst -sha256 -hmac s3cret
  private static final String GOOD =
      "sha256=6707f5fc09b43014a739d16fb7d0665578704d6060894da305f1166c7dbf55e4";

  @Test
  void a_signature_that_another_program_made_is_accepted() {
    assertThat(isGood(new Signature("1800000000", GOOD), "s3cret", BODY, NOW)).isTrue();
  }

  @Test
  void the_secret_of_another_is_not() {
    assertThat(isGood(new Signature("1800000000", GOOD), "s3cret2", BODY, NOW)).isFalse();
  }

  @Test
  void one_changed_byte_of_the_body_is_noticed() {
    for (String changed : new String[] {BODY + " ", BODY.replace("Olá", "Ola"), ""}) {
      assertThat(isGood(new Signature("1800000000", GOOD), "s3cret", changed, NOW)).isFalse();
    }
  }

  @Test
  void another_time_with_the_same_signature_is_noticed() {
    assertThat(isGood(new Signature("1800000001", GOOD), "s3cret", BODY, NOW)).isFalse();
    assertThat(isGood(new Signature("01800000000", GOOD), "s3cret", BODY, NOW)).isFalse();
  }

  @Test
  void what_was_signed_too_long_ago_or_in_the_future_is_not_accepted() {
    var signature = new Signature("1800000000", GOOD);

    assertThat(isGood(signature, "s3cret", BODY, NOW.plus(WINDOW))).isTrue();
    assertThat(isGood(signature, "s3cret", BODY, NOW.minus(WINDOW))).isTrue();
    assertThat(isGood(signature, "s3cret", BODY, NOW.plus(WINDOW).plusMillis(1))).isFalse();
    assertThat(isGood(signature, "s3cret", BODY, NOW.minus(WINDOW).minusMillis(1))).isFalse();
  }

  @Test
  void missing_headers_are_no_signature() {
    assertThat(isGood(new Signature(null, GOOD), "s3cret", BODY, NOW)).isFalse();
    assertThat(isGood(new Signature("1800000000", null), "s3cret", BODY, NOW)).isFalse();
    assertThat(isGood(new Signature(null, null), "s3cret", BODY, NOW)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1800000000.0",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999",
        "٣"
      })
  void a_time_that_is_none_is_no_signature(String time) {
    assertThat(isGood(new Signature(time, GOOD), "s3cret", BODY, NOW)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256=", "sha1=00", "sha256=ÿ"})
  void a_value_that_is_none_is_no_signature(String value) {
    assertThat(isGood(new Signature("1800000000", value), "s3cret", BODY, NOW)).isFalse();
    assertThat(isGood(new Signature("1800000000", GOOD.substring(7)), "s3cret", BODY, NOW))
        .isFalse();
  }

  private static boolean isGood(Signature signature, String secret, String body, Instant now) {
    return signature.isBy(secret, body.getBytes(StandardCharsets.UTF_8), now, WINDOW);
  }
}
