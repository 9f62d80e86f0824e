package io.mcpcrew.schemas;

import java.util.regex.Pattern;

/// A kind of knowledge, such as `PRODUCT_INFO`. Upper case, so that in `{account}_{type}` the first
/// underscore separates: an account has none.
public record KnowledgeType(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*");

  public KnowledgeType {
    if (value.length() > 48 || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a knowledge type is upper-case words joined by _, at most 48 characters, not '%s'"
              .formatted(Shown.of(value)));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
