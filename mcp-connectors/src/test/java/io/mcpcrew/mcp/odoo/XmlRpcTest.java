package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class XmlRpcTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(String value) throws IOException {
    return XmlRpc.response(
            bytes(
                "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n"
                    + value
                    + "\n</param>\n</params>\n</methodResponse>\n"))
        .value();
  }

  private static String written(Object... parameters) {
    return new String(
        XmlRpc.request("execute_kw", (ArrayNode) JSON.valueToTree(List.of(parameters))),
        StandardCharsets.UTF_8);
  }

  /// What was written, read as if it were an answer.
  private static JsonNode back(Object value) throws IOException {
    String written = written(value);
    int from = written.indexOf("<value>");
    return read(written.substring(from, written.lastIndexOf("</value>") + 8));
  }

  @Test
  void an_answer_as_python_writes_it_is_read() throws IOException {
    JsonNode read =
        read(
            """
            <value><array><data>
            <value><struct>
            <member><name>id</name><value><int>7</int></value></member>
            <member><name>name</name><value><string>Jo&#227;o &amp; Filhos</string></value></member>
            <member><name>parent_id</name><value><array><data><value><int>3</int></value><value><string>Matriz</string></value></data></array></value></member>
            <member><name>credit</name><value><double>12.5</double></value></member>
            <member><name>active</name><value><boolean>1</boolean></value></member>
            <member><name>plain</name><value>text</value></member>
            </struct></value>
            </data></array></value>\
            """);

    assertThat(read)
        .hasToString(
            "[{\"id\":7,\"name\":\"João & Filhos\",\"parent_id\":[3,\"Matriz\"],\"credit\":12.5,\"active\":true,\"plain\":\"text\"}]");
  }

  @Test
  void what_is_written_reads_as_the_same() throws IOException {
    var value = Map.of("ids", List.of(1, 2), "name", "<b> & \"ç\"", "deep", List.of(List.of()));

    assertThat(back(value)).hasToString(JSON.valueToTree(value).toString());
  }

  /// Characters that XML does not know are left out: Odoo would refuse the whole document.
  @Property
  void any_text_can_be_written(@ForAll String text) throws IOException {
    String read = back(text).asString();

    assertThat(text.codePoints().filter(Character::isLetterOrDigit).toArray())
        .containsSequence(read.codePoints().filter(Character::isLetterOrDigit).toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><methodResponse><params><param><value><string>&e;</string></value></param></params></methodResponse>",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><methodResponse><params><param><value>&b;</value></param></params></methodResponse>",
        "<html><body>Please log in</body></html>",
        "<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>",
        "<methodResponse><params>",
        "{}",
        ""
      })
  void what_is_no_answer_or_wants_to_read_files_is_an_error(String document) {
    assertThatThrownBy(() -> XmlRpc.response(bytes(document))).isInstanceOf(IOException.class);
  }

  @Test
  void what_is_nested_without_end_is_an_error() {
    String deep = "<value><array><data>".repeat(5_000);

    assertThatThrownBy(() -> read(deep)).isInstanceOf(IOException.class);
  }

  private static RpcWire.Reply fault(int code, String said) throws IOException {
    return XmlRpcWire.read(
        bytes(
            "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>%d</int></value></member><member><name>faultString</name><value><string>%s</string></value></member></struct></value></fault></methodResponse>"
                .formatted(code, said)));
  }

  @Test
  void that_nothing_cannot_be_written_is_told_after_the_work_is_done() throws IOException {
    var reply =
        fault(
            1,
            "Traceback (most recent call last):\nTypeError: cannot marshal None unless allow_none is enabled\n");

    assertThat(reply).isEqualTo(new RpcWire.Reply.Value(JSON.nullNode()));
  }

  @Test
  void of_a_traceback_only_the_last_sentence_is_told() throws IOException {
    String traceback =
        "Traceback (most recent call last):\n  File \"/odoo/http.py\", line 1, in call\n    raise x\n";

    assertThat(fault(1, traceback + "ValueError: Invalid field 'shoe_size'\n"))
        .isEqualTo(
            new RpcWire.Reply.Fault(RpcWire.Kind.NOT_UNDERSTOOD, "Invalid field 'shoe_size'"));
    assertThat(
            fault(
                1, traceback + "psycopg2.OperationalError: FATAL: database \"x\" does not exist\n"))
        .extracting(reply -> ((RpcWire.Reply.Fault) reply).kind())
        .isEqualTo(RpcWire.Kind.DATABASE);
    assertThat(fault(1, traceback + "psycopg2.errors.SerializationFailure: could not\n"))
        .extracting(reply -> ((RpcWire.Reply.Fault) reply).kind())
        .isEqualTo(RpcWire.Kind.FAILED);
    assertThat(fault(2, "The order is locked."))
        .isEqualTo(new RpcWire.Reply.Fault(RpcWire.Kind.REFUSED, "The order is locked."));
    assertThat(fault(3, "Access Denied"))
        .isEqualTo(new RpcWire.Reply.Fault(RpcWire.Kind.KEY, "Access Denied"));
    assertThat(fault(4, "You are not allowed"))
        .isEqualTo(new RpcWire.Reply.Fault(RpcWire.Kind.NOT_ALLOWED, "You are not allowed"));
  }
}
