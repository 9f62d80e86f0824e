package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.mcp.odoo.OdooVersions.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How versions before 19 are spoken to.
class RpcArgumentsTest {
  private static JsonNode version(String info) {
    return JsonMapper.builder().build().readTree(info);
  }

  @Test
  void the_records_of_a_method_come_first_and_a_method_of_the_model_has_none() {
    assertThat(RpcArguments.of("write", Map.of("ids", List.of(9), "vals", Map.of("name", "x"))))
        .isEqualTo(
            new RpcArguments("write", List.of(List.of(9)), Map.of("vals", Map.of("name", "x"))));
    assertThat(RpcArguments.of("search_read", Map.of("domain", List.of(), "limit", 1)))
        .isEqualTo(
            new RpcArguments("search_read", List.of(), Map.of("domain", List.of(), "limit", 1)));
    assertThat(RpcArguments.of("onchange", Map.of("values", Map.of())))
        .isEqualTo(new RpcArguments("onchange", List.of(List.of()), Map.of("values", Map.of())));
  }

  @Test
  void what_is_created_comes_first() {
    assertThat(RpcArguments.of("create", Map.of("vals_list", List.of(Map.of("name", "x")))))
        .isEqualTo(new RpcArguments("create", List.of(List.of(Map.of("name", "x"))), Map.of()));
  }

  @Test
  void groups_are_asked_for_in_the_way_that_all_versions_have() {
    RpcArguments asked =
        RpcArguments.of(
            "formatted_read_group",
            Map.of(
                "domain", List.of(),
                "groupby", List.of("state"),
                "aggregates", List.of("__count", "amount_total:sum"),
                "order", "state"));

    assertThat(asked.method()).isEqualTo("read_group");
    assertThat(asked.named())
        .containsEntry("fields", List.of("amount_total__sum:sum(amount_total)"))
        .containsEntry("orderby", "state")
        .containsEntry("lazy", false)
        .doesNotContainKeys("aggregates", "order");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[16, 0, 0, \"final\", 0, \"\"] | JSON_RPC",
        "[18, 0, 0, \"final\", 0, \"\"] | JSON_RPC",
        "[19, 0, 0, \"final\", 0, \"\"] | JSON_2",
        "[\"saas~17\", 4, 0, \"final\", 0, \"e\"] | JSON_RPC",
        "[\"saas~19\", 1, 0, \"final\", 0, \"e\"] | JSON_2"
      })
  void the_version_says_which_protocol_is_spoken(String info, Dialect dialect) throws IOException {
    assertThat(OdooVersions.of(version(info), Dialect.JSON_RPC)).isEqualTo(dialect);
  }

  @Test
  void what_is_too_old_or_no_odoo_is_told() {
    assertThatThrownBy(() -> OdooVersions.of(version("[15, 0]"), Dialect.JSON_RPC))
        .isInstanceOf(OdooRefusal.class)
        .hasMessageContaining("too old");
    assertThatThrownBy(() -> OdooVersions.of(version("[]"), Dialect.JSON_RPC))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OdooVersions.named("soap"))
        .isInstanceOf(OdooRefusal.class)
        .hasMessageContaining("json-rpc");
  }
}
