package io.mcpcrew.mcp.odoo;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/// What people wrote, for fields that hold HTML: taken at its word, a paragraph for each line.
final class Html {
  private Html() {}

  static String of(String... texts) {
    return Stream.of(texts)
        .flatMap(String::lines)
        .map(line -> "<p>" + HtmlUtils.htmlEscape(line, "UTF-8") + "</p>")
        .collect(Collectors.joining());
  }

  /// Descriptions are HTML in Odoo, other texts are not.
  static String ifNeeded(String field, String text) {
    return field.equals("description") ? of(text) : text;
  }
}
