package io.mcpcrew.mcp.odoo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// XML-RPC's documents as JSON values and back. What is read comes from a server that may be
/// anybody's: there are no document types, no entities, nothing is fetched, and values are nested
/// only so deep.
final class XmlRpc {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final XMLInputFactory READERS = readers();
  private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();
  private static final int DEEPEST = 50;

  /// What XML cannot hold at all.
  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private XmlRpc() {}

  /// A result or a fault's structure.
  record Response(boolean isFault, JsonNode value) {}

  private static XMLInputFactory readers() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("nothing is fetched");
    });
    return factory;
  }

  static byte[] request(String method, ArrayNode parameters) {
    var bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter out = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      out.writeStartElement("methodCall");
      element(out, "methodName", method);
      out.writeStartElement("params");
      for (JsonNode parameter : parameters) {
        out.writeStartElement("param");
        value(out, parameter);
        out.writeEndElement();
      }
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a document in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  private static void value(XMLStreamWriter out, JsonNode value) throws XMLStreamException {
    out.writeStartElement("value");
    switch (value.getNodeType()) {
      case OBJECT -> {
        out.writeStartElement("struct");
        for (var field : value.properties()) {
          out.writeStartElement("member");
          element(out, "name", field.getKey());
          value(out, field.getValue());
          out.writeEndElement();
        }
        out.writeEndElement();
      }
      case ARRAY -> {
        out.writeStartElement("array");
        out.writeStartElement("data");
        for (JsonNode item : value) {
          value(out, item);
        }
        out.writeEndElement();
        out.writeEndElement();
      }
      case BOOLEAN -> element(out, "boolean", value.asBoolean() ? "1" : "0");
      case NUMBER ->
          element(
              out,
              value.isIntegralNumber() ? "int" : "double",
              value.decimalValue().toPlainString());
      case NULL, MISSING -> out.writeEmptyElement("nil");
      default -> element(out, "string", NOT_XML.matcher(value.asString("")).replaceAll(""));
    }
    out.writeEndElement();
  }

  private static void element(XMLStreamWriter out, String name, String text)
      throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(text);
    out.writeEndElement();
  }

  /// @throws IOException when it is no answer of XML-RPC
  static Response response(byte[] document) throws IOException {
    try {
      XMLStreamReader in = READERS.createXMLStreamReader(new ByteArrayInputStream(document));
      expect(in, "methodResponse");
      int event = next(in);
      boolean fault = isStart(in, event, "fault");
      if (!fault) {
        if (!isStart(in, event, "params")) {
          throw new IOException("Odoo answered something else than XML-RPC");
        }
        expect(in, "param");
      }
      expect(in, "value");
      return new Response(fault, read(in, 0));
    } catch (XMLStreamException | NumberFormatException e) {
      throw new IOException("Odoo answered something else than XML-RPC", e);
    }
  }

  /// The value whose element has just begun, up to its end.
  private static JsonNode read(XMLStreamReader in, int depth)
      throws XMLStreamException, IOException {
    if (depth > DEEPEST) {
      throw new IOException("Odoo's answer is nested too deeply");
    }
    var text = new StringBuilder();
    int event = in.next();
    while (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.SPACE) {
      text.append(in.getText());
      event = in.next();
    }
    if (event == XMLStreamConstants.END_ELEMENT) {
      return JSON.getNodeFactory().stringNode(text.toString());
    }
    if (event != XMLStreamConstants.START_ELEMENT) {
      throw new IOException("Odoo answered something else than XML-RPC");
    }
    String type = in.getLocalName();
    JsonNode value =
        switch (type) {
          case "struct" -> struct(in, depth);
          case "array" -> array(in, depth);
          default -> scalar(type, in.getElementText());
        };
    end(in, "value");
    return value;
  }

  private static JsonNode scalar(String type, String text) throws IOException {
    var nodes = JSON.getNodeFactory();
    return switch (type) {
      case "int", "i4", "i8" -> nodes.numberNode(new BigInteger(text.strip()).longValueExact());
      case "double" -> nodes.numberNode(new BigDecimal(text.strip()));
      case "boolean" -> nodes.booleanNode(text.strip().equals("1"));
      case "nil" -> nodes.nullNode();
      case "string", "dateTime.iso8601", "base64" -> nodes.stringNode(text);
      default -> throw new IOException("Odoo answered a value of an unknown type");
    };
  }

  private static JsonNode struct(XMLStreamReader in, int depth)
      throws XMLStreamException, IOException {
    ObjectNode struct = JSON.createObjectNode();
    while (isStart(in, next(in), "member")) {
      expect(in, "name");
      String name = in.getElementText();
      expect(in, "value");
      struct.set(name, read(in, depth + 1));
      end(in, "member");
    }
    return struct;
  }

  private static JsonNode array(XMLStreamReader in, int depth)
      throws XMLStreamException, IOException {
    ArrayNode array = JSON.createArrayNode();
    expect(in, "data");
    while (isStart(in, next(in), "value")) {
      array.add(read(in, depth + 1));
    }
    end(in, "array");
    return array;
  }

  private static boolean isStart(XMLStreamReader in, int event, String name) {
    return event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals(name);
  }

  private static void expect(XMLStreamReader in, String name)
      throws XMLStreamException, IOException {
    if (!isStart(in, next(in), name)) {
      throw new IOException("Odoo answered something else than XML-RPC");
    }
  }

  private static void end(XMLStreamReader in, String name) throws XMLStreamException, IOException {
    if (next(in) != XMLStreamConstants.END_ELEMENT || !in.getLocalName().equals(name)) {
      throw new IOException("Odoo answered something else than XML-RPC");
    }
  }

  /// The next beginning or end; a document type is never one.
  private static int next(XMLStreamReader in) throws XMLStreamException, IOException {
    while (in.hasNext()) {
      int event = in.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
          return event;
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new IOException("Odoo's answer has a document type, which is not read");
        default -> {
          // Space between elements, comments.
        }
      }
    }
    throw new IOException("Odoo's answer ends too early");
  }
}
