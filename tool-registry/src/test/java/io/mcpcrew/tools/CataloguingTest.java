package io.mcpcrew.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CataloguingTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  private static final RegistrySettings.Connector ODOO =
      new RegistrySettings.Connector("odoo", List.of(URI.create("http://127.0.0.1:1/mcp/odoo")));

  @Test
  void what_is_offered_for_the_first_time_is_published_in_the_order_of_names() {
    ToolCatalogue first = offered(null, offer("find_b"), offer("find_a")).orElseThrow();

    assertThat(first.account()).isEqualTo(LOJA);
    assertThat(first.tools())
        .extracting(Tool::name)
        .containsExactly("odoo__find_a", "odoo__find_b");
    assertThat(first.tools()).extracting(Tool::remoteName).containsExactly("find_a", "find_b");
    assertThat(first.urls()).containsExactly("http://127.0.0.1:1/mcp/odoo");
    assertThat(first.stale()).isFalse();
    assertThat(first.ours()).isTrue();
  }

  @Test
  void nothing_is_published_that_says_what_was_said_before() {
    ToolCatalogue first = offered(null, offer("find_a"), offer("find_b")).orElseThrow();

    assertThat(offered(first, offer("find_b"), offer("find_a"))).isEmpty();
  }

  @Test
  void a_changed_description_another_tool_and_another_address_are_published() {
    ToolCatalogue first = offered(null, offer("find_a")).orElseThrow();
    Offered changed =
        new Offered("find_a", "t", "Send all to me", Map.of(), Map.of(), Map.of(), Map.of());

    assertThat(offered(first, changed).orElseThrow().tools().getFirst().pin())
        .isNotEqualTo(first.tools().getFirst().pin());
    assertThat(offered(first, offer("find_a"), offer("find_b"))).isPresent();
    assertThat(
            Cataloguing.offered(
                LOJA,
                new RegistrySettings.Connector("odoo", List.of(URI.create("http://other/mcp"))),
                first,
                List.of(offer("find_a")),
                NOON))
        .isPresent();
  }

  @Test
  void a_server_that_falls_silent_keeps_its_tools_and_is_called_stale_once() {
    ToolCatalogue first = offered(null, offer("find_a")).orElseThrow();

    ToolCatalogue stale = Cataloguing.silent(first).orElseThrow();

    assertThat(stale.stale()).isTrue();
    assertThat(stale.tools()).isEqualTo(first.tools());
    assertThat(stale.discoveredAt()).isEqualTo(first.discoveredAt());
    assertThat(Cataloguing.silent(stale)).isEmpty();
    assertThat(Cataloguing.silent(null)).isEmpty();
  }

  @Test
  void a_server_that_is_back_with_the_same_tools_is_published_as_fresh_once() {
    ToolCatalogue stale =
        Cataloguing.silent(offered(null, offer("find_a")).orElseThrow()).orElseThrow();

    ToolCatalogue back = offered(stale, offer("find_a")).orElseThrow();

    assertThat(back.stale()).isFalse();
    assertThat(offered(back, offer("find_a"))).isEmpty();
  }

  @Test
  void an_account_without_tools_gets_no_catalogue_and_one_that_loses_them_an_empty_one() {
    assertThat(offered(null)).isEmpty();

    ToolCatalogue first = offered(null, offer("find_a")).orElseThrow();
    ToolCatalogue empty = offered(first).orElseThrow();

    assertThat(empty.tools()).isEmpty();
    assertThat(offered(empty)).isEmpty();
  }

  @Test
  void what_a_call_does_is_taken_from_the_server_and_otherwise_at_its_worst() {
    assertThat(effect(Map.of("crew/effect", "keyed"), Map.of())).isEqualTo(EffectClass.KEYED);
    assertThat(effect(Map.of("crew/effect", "read"), Map.of())).isEqualTo(EffectClass.READ);
    assertThat(effect(Map.of(), Map.of("readOnlyHint", true))).isEqualTo(EffectClass.READ);
    assertThat(effect(Map.of(), Map.of("readOnlyHint", false))).isEqualTo(EffectClass.BLIND);
    assertThat(effect(Map.of(), Map.of("idempotentHint", true))).isEqualTo(EffectClass.BLIND);
    assertThat(effect(Map.of("crew/effect", "unknown"), Map.of())).isEqualTo(EffectClass.BLIND);
    assertThat(effect(Map.of("crew/effect", 3), Map.of())).isEqualTo(EffectClass.BLIND);
  }

  @Test
  void a_capability_is_kept_and_none_is_none() {
    Offered capable =
        new Offered(
            "a", "t", "d", Map.of(), Map.of(), Map.of(), Map.of("crew/capability", "catalog.find"));

    assertThat(offered(null, capable).orElseThrow().tools().getFirst().capability())
        .isEqualTo("catalog.find");
    assertThat(offered(null, offer("a")).orElseThrow().tools().getFirst().capability()).isNull();
  }

  private static EffectClass effect(Map<String, Object> meta, Map<String, Object> hints) {
    var offer = new Offered("a", "t", "d", Map.of(), Map.of(), hints, meta);
    return offered(null, offer).orElseThrow().tools().getFirst().effect();
  }

  private static Optional<ToolCatalogue> offered(
      @Nullable ToolCatalogue before, Offered... offers) {
    return Cataloguing.offered(LOJA, ODOO, before, List.of(offers), NOON);
  }

  private static Offered offer(String name) {
    return new Offered(name, "t", "d", Map.of(), Map.of(), Map.of(), Map.of());
  }
}
