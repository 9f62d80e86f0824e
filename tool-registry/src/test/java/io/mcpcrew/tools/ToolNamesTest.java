package io.mcpcrew.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ToolNamesTest {

  @Property(tries = 1000)
  void every_name_is_one_that_the_strictest_provider_takes(
      @ForAll("connectors") String connector, @ForAll String remote) {
    assertThat(ToolNames.exposed(connector, remote)).matches("[A-Za-z0-9_-]{1,64}");
  }

  @Property(tries = 500)
  void different_tools_never_share_a_name(
      @ForAll("connectors") String one,
      @ForAll("connectors") String two,
      @ForAll("similar") Set<String> remotes) {
    List<String> names =
        java.util.stream.Stream.of(one, two)
            .distinct()
            .flatMap(connector -> remotes.stream().map(r -> ToolNames.exposed(connector, r)))
            .toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<String> connectors() {
    return Arbitraries.strings().withChars("ab-").ofMaxLength(30).map(rest -> "a" + rest);
  }

  /// Long ones that begin alike, and short ones that become alike when signs are replaced.
  @Provide
  Arbitrary<Set<String>> similar() {
    Arbitrary<String> tails = Arbitraries.strings().withChars("a_. é/").ofMaxLength(5);
    return Arbitraries.oneOf(tails, tails.map(tail -> "x".repeat(70) + tail)).set().ofMaxSize(20);
  }

  @Test
  void a_good_name_stays_as_it_is() {
    assertThat(ToolNames.exposed("odoo", "find_products")).isEqualTo("odoo__find_products");
    assertThat(ToolNames.exposed("odoo", "x".repeat(58))).hasSize(64).endsWith("xx");
  }

  @Test
  void a_name_that_had_to_be_changed_is_the_same_every_time() {
    assertThat(ToolNames.exposed("odoo", "find.products"))
        .startsWith("odoo__find_products_")
        .isEqualTo(ToolNames.exposed("odoo", "find.products"))
        .isNotEqualTo(ToolNames.exposed("odoo", "find/products"));
  }
}
