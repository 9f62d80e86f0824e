package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.internal.JsonSchemaElementUtils;
import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Schemas as servers write them, and what a model is told of them.
class ToolFormTest {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  @Test
  void as_written_each_property_keeps_what_its_server_wrote() {
    assertThat(
            written(
                """
                {"type":"object","required":["query"],
                 "properties":{"query":{"type":"string","maxLength":80,"pattern":"^[a-z]+$"}}}
                """))
        .isEqualTo(
            json(
                """
                {"type":"object","required":["query"],
                 "properties":{"query":{"type":"string","maxLength":80,"pattern":"^[a-z]+$"}}}
                """));
  }

  @Test
  void what_a_reference_points_to_stands_in_its_place() {
    assertThat(
            written(
                """
                {"type":"object",
                 "$defs":{"Line":{"type":"object","description":"any line",
                                  "properties":{"of":{"$ref":"#/$defs/Product"}}},
                          "Product":{"type":"string","description":"its name"}},
                 "properties":{"line":{"$ref":"#/$defs/Line","description":"the first line"}}}
                """))
        .extracting("properties.line")
        .isEqualTo(
            json(
                """
                {"type":"object","description":"the first line",
                 "properties":{"of":{"type":"string","description":"its name"}}}
                """));
  }

  @Test
  void a_schema_that_holds_itself_many_times_is_written_in_bounded_space() {
    String itself = "{\"$ref\":\"#/$defs/Node\"}";
    var schema =
        json(
            """
            {"type":"object","properties":{"node":%1$s},
             "$defs":{"Node":{"type":"object","properties":{
               "a":%1$s,"b":%1$s,"c":%1$s,"d":%1$s,"e":%1$s,"f":%1$s,"g":%1$s,"h":%1$s}}}}
            """
                .formatted(itself));

    for (ToolForm form : List.of(ToolForm.AS_WRITTEN, ToolForm.PLAIN)) {
      assertThat(form.of(new OfferedTool("t", "", schema)).toString().length()).isLessThan(200_000);
    }
  }

  @Test
  void plainly_each_kind_is_said_in_one_word() {
    var plain =
        plain(
            """
            {"type":"object","required":["text","gone"],"properties":{
              "text":{"type":"string","maxLength":80,"description":"what is looked for"},
              "count":{"type":"integer","minimum":1},
              "price":{"type":["number","null"]},
              "open":{"type":"boolean"},
              "kind":{"enum":["sale","rent"]},
              "always":{"const":"yes"},
              "maybe":{"anyOf":[{"type":"string"},{"type":"null"}]},
              "either":{"oneOf":[{"type":"string"},{"type":"integer"}]},
              "list":{"type":"array","items":{"type":"integer"}},
              "bare":{"type":"array"},
              "line":{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]},
              "unsaid":{}}}
            """);

    assertThat(plain)
        .isEqualTo(
            json(
                """
                {"type":"object","required":["text"],"properties":{
                  "text":{"type":"string","description":"what is looked for"},
                  "count":{"type":"integer"},
                  "price":{"type":"number"},
                  "open":{"type":"boolean"},
                  "kind":{"type":"string","enum":["sale","rent"]},
                  "always":{"type":"string","enum":["yes"]},
                  "maybe":{"type":"string"},
                  "either":{"anyOf":[{"type":"string"},{"type":"integer"}]},
                  "list":{"type":"array","items":{"type":"integer"}},
                  "bare":{"type":"array","items":{"type":"string"}},
                  "line":{"type":"object","properties":{"id":{"type":"integer"}},
                          "required":["id"]},
                  "unsaid":{"type":"string"}}}
                """));
  }

  @Test
  void plainly_an_object_that_may_hold_anything_is_text_if_it_must_be_given_and_else_left_out() {
    var plain =
        plain(
            """
            {"type":"object","required":["filter"],"properties":{
              "filter":{"type":"object","description":"what must hold"},
              "more":{"type":"object"},
              "page":{"type":"integer"}}}
            """);

    assertThat(plain)
        .isEqualTo(
            json(
                """
                {"type":"object","required":["filter"],"properties":{
                  "filter":{"type":"string","description":"what must hold (a JSON object)"},
                  "page":{"type":"integer"}}}
                """));
  }

  @Test
  void plainly_a_tool_without_arguments_has_none() {
    assertThat(ToolForm.PLAIN.of(tool("{\"type\":\"object\",\"properties\":{}}")).parameters())
        .isNull();
  }

  @Property(tries = 200)
  void any_schema_is_written_in_both_forms(@ForAll("schemas") Map<String, Object> schema) {
    for (ToolForm form : List.of(ToolForm.AS_WRITTEN, ToolForm.PLAIN)) {
      var parameters =
          form.of(new OfferedTool("t", "", Map.of("properties", Map.of("p", schema)))).parameters();
      if (parameters != null) {
        assertThat(parameters.properties().keySet()).isSubsetOf("p");
        assertThat(parameters.properties().keySet()).containsAll(parameters.required());
      }
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> schemas() {
    Arbitrary<Object> leaf =
        Arbitraries.of(
            "string",
            "integer",
            "null",
            "",
            "#/$defs/x",
            "#/properties/p",
            true,
            7,
            List.of(),
            Map.of(),
            List.of("string", "null"),
            List.of("a", 1, ""));
    Arbitrary<String> words =
        Arbitraries.of(
            "type",
            "enum",
            "const",
            "anyOf",
            "oneOf",
            "items",
            "properties",
            "required",
            "$ref",
            "description");
    Arbitrary<Object> inner = leaf;
    for (int deep = 0; deep < 3; deep++) {
      Arbitrary<Object> below = inner;
      inner =
          Arbitraries.oneOf(
              leaf, Arbitraries.maps(words, below).ofMaxSize(4), below.list().ofMaxSize(2));
    }
    return Arbitraries.maps(words, inner).ofMaxSize(4);
  }

  private static Map<String, Object> written(String schema) {
    return map(ToolForm.AS_WRITTEN, schema);
  }

  private static Map<String, Object> plain(String schema) {
    return map(ToolForm.PLAIN, schema);
  }

  private static Map<String, Object> map(ToolForm form, String schema) {
    return JsonSchemaElementUtils.toMap(Objects.requireNonNull(form.of(tool(schema)).parameters()));
  }

  private static OfferedTool tool(String schema) {
    return new OfferedTool("t", "", json(schema));
  }

  private static Map<String, Object> json(String text) {
    return JsonMapper.shared().readValue(text, OBJECT);
  }
}
