package io.mcpcrew.mcp.odoo;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What a form shows, which is what people think important. Pure.
final class FormFields {
  private static final XMLInputFactory READERS = readers();

  private static final Pattern TITLE =
      Pattern.compile("^\\s*<form[^>]*\\sstring=\"([^\"<>&]{2,60})\"");

  private FormFields() {}

  private static XMLInputFactory readers() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// The form's own fields, each once, in their order; those in the lists inside it are of other
  /// models.
  ///
  /// @throws IOException when it is no XML
  static List<String> of(String arch) throws IOException {
    var names = new ArrayList<String>();
    if (arch.isBlank()) {
      return names;
    }
    try {
      XMLStreamReader reader = READERS.createXMLStreamReader(new StringReader(arch));
      int inside = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            boolean isField = reader.getLocalName().equals("field");
            String name = reader.getAttributeValue(null, "name");
            if (isField && inside == 0 && name != null && !names.contains(name)) {
              names.add(name);
            }
            inside += inside > 0 || isField ? 1 : 0;
          }
          case XMLStreamConstants.END_ELEMENT -> inside -= inside > 0 ? 1 : 0;
          default -> {}
        }
      }
      return names;
    } catch (XMLStreamException e) {
      throw new IOException("Odoo's form is no XML", e);
    }
  }

  /// What the form calls itself, else the model's own words.
  static String title(String arch, String model) {
    Matcher found = TITLE.matcher(arch);
    return found.find() ? found.group(1) : model.replace('.', ' ').toLowerCase(Locale.ROOT);
  }
}
