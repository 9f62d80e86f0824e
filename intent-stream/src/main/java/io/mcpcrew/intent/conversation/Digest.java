package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Line;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A short hash of what was written, to tell whether it is written again without keeping it.
final class Digest {
  private static final int BYTES = 8;

  private Digest() {}

  static String of(List<Line> lines) {
    return ofTexts(lines.stream().map(line -> line.text().readable()).toList());
  }

  static String of(String text) {
    return ofTexts(List.of(text));
  }

  private static String ofTexts(List<String> texts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String each : texts) {
        String text = each.strip().toLowerCase(Locale.ROOT);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
