package io.mcpcrew.simulators.chatwoot;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects in Chatwoot's order of keys, and the three ways in which it writes a time.
final class Fields {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Fields() {}

  /// `pairs` alternates names and values; a null value stays in the object as `null`.
  static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
    Map<String, @Nullable Object> fields = LinkedHashMap.newLinkedHashMap(pairs.length);
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return fields;
  }

  static String iso(Instant time) {
    return ISO.format(time);
  }

  static @Nullable String isoOrNull(@Nullable Instant time) {
    return time == null ? null : iso(time);
  }

  /// Whole seconds; 0 when unset, as Ruby's `nil.to_i`.
  static long epoch(@Nullable Instant time) {
    return time == null ? 0 : time.getEpochSecond();
  }

  static @Nullable Long epochOrNull(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  /// Seconds with a fraction, written plainly and never in scientific notation.
  static BigDecimal fractional(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
