package io.mcpcrew.schemas;

import java.util.regex.Pattern;

/// The tenant. Leads every key, filter, cache entry, metric and log line; its letters are such that
/// it can stand in a file name, a header, a URL and a metric without being escaped.
public record AccountId(String value) implements Comparable<AccountId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");

  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an account is 1 to 32 lower-case letters, digits and inner hyphens, not '%s'"
              .formatted(Shown.of(value)));
    }
  }

  /// Whether a text could name an account; for edges that answer instead of throwing.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
