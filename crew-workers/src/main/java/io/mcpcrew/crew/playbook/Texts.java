package io.mcpcrew.crew.playbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// One thing to say, in each language; Portuguese stands for those that are missing.
public final class Texts {
  /// A number that is zero is as good as not there: nobody is told "we have 0".
  private static final Mustache.Compiler TEMPLATES =
      Mustache.compiler().escapeHTML(false).defaultValue("").zeroIsFalse(true);

  private final Map<String, Template> byLanguage = new HashMap<>();

  private Texts(Map<String, String> written) {
    written.forEach((language, text) -> byLanguage.put(language, TEMPLATES.compile(text)));
  }

  /// @throws IllegalArgumentException when one of them is no template
  @JsonCreator
  static Texts of(Map<String, String> written) {
    try {
      return new Texts(written);
    } catch (MustacheException e) {
      throw new IllegalArgumentException("the template %s is wrong".formatted(written), e);
    }
  }

  /// One for all languages.
  ///
  /// @throws IllegalArgumentException when it is no template
  @JsonCreator
  static Texts of(String everywhere) {
    return of(Map.of("pt", everywhere));
  }

  String in(String language, Map<String, Object> facts) {
    Template template = byLanguage.getOrDefault(language, byLanguage.get("pt"));
    return Objects.requireNonNull(template, "a text in pt is wanted").execute(facts).strip();
  }
}
