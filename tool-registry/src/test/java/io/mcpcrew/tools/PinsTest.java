package io.mcpcrew.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PinsTest {
  private static final Map<String, Object> SCHEMA =
      Map.of("type", "object", "properties", Map.of("query", Map.of("type", "string")));

  @Property(tries = 200)
  void the_order_of_keys_does_not_matter_however_deep(@ForAll Map<String, String> fields) {
    SequencedMap<String, Object> forwards = new LinkedHashMap<>(new TreeMap<>(fields));
    SequencedMap<String, Object> backwards = new LinkedHashMap<>();
    forwards.sequencedEntrySet().reversed().forEach(e -> backwards.put(e.getKey(), e.getValue()));

    assertThat(Pins.of(offered("d", Map.of("deep", List.of(backwards)))))
        .isEqualTo(Pins.of(offered("d", Map.of("deep", List.of(forwards)))));
    assertThat(Pins.canonical(backwards)).isEqualTo(Pins.canonical(forwards));
  }

  @Property(tries = 200)
  void one_other_letter_of_a_description_does(@ForAll String description) {
    assertThat(Pins.of(offered(description + "a", SCHEMA)))
        .isNotEqualTo(Pins.of(offered(description + "b", SCHEMA)))
        .isNotEqualTo(Pins.of(offered(description, SCHEMA)));
  }

  @Test
  void every_part_of_a_tool_is_pinned() {
    var none = Map.<String, Object>of();
    var some = Map.<String, Object>of("x", true);
    List<Offered> all =
        List.of(
            new Offered("n", "t", "d", none, none, none, none),
            new Offered("N", "t", "d", none, none, none, none),
            new Offered("n", "T", "d", none, none, none, none),
            new Offered("n", "t", "D", none, none, none, none),
            new Offered("n", "t", "d", some, none, none, none),
            new Offered("n", "t", "d", none, some, none, none),
            new Offered("n", "t", "d", none, none, some, none),
            new Offered("n", "t", "d", none, none, none, some));

    assertThat(all.stream().map(Pins::of).distinct()).hasSize(all.size());
  }

  @Test
  void the_order_of_a_list_matters() {
    assertThat(Pins.canonical(Map.of("required", List.of("a", "b"))))
        .isNotEqualTo(Pins.canonical(Map.of("required", List.of("b", "a"))));
  }

  private static Offered offered(String description, Map<String, Object> schema) {
    return new Offered("n", "t", description, schema, Map.of(), Map.of(), Map.of());
  }
}
