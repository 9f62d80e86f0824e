package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"res.partner", "sale.order", "account.move", "x_own.model", "mail.message"})
  void business_models_are_offered(String model) {
    assertThat(OutOfReach.checkModel(model)).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "res.users",
        "res.users.apikeys",
        "res.groups",
        "ir.cron",
        "ir.model.data",
        "base.module.update",
        "auth_totp.device",
        "mail.mail",
        "fetchmail.server",
        "payment.provider",
        "res.users/../res.partner",
        "Sale.Order",
        "sale order",
        ""
      })
  void technical_models_and_what_is_no_name_are_not(String model) {
    assertThatThrownBy(() -> OutOfReach.checkModel(model))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "partner_id.name",
        "user_id",
        "user_id.name",
        "create_uid.display_name",
        "tokens_used"
      })
  void fields_are_offered_and_the_names_of_users(String field) {
    assertThat(OutOfReach.checkField(field)).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password", "access_token", "signup_token", "user_id.login", "create_uid.partner_id.name",
        "partner_id.user_ids.email", "api_key", "oauth_access", "name; drop", "a..b"
      })
  void secrets_and_what_is_behind_users_are_not(String field) {
    assertThatThrownBy(() -> OutOfReach.checkField(field))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conditions_are_followed_to_their_end() {
    List<?> fine =
        List.of("|", List.of("state", "=", "sale"), List.of("user_id", "in", List.of(1, 2)));
    assertThat(OutOfReach.checkDomain(fine)).isEqualTo(fine);

    assertThatThrownBy(() ->
            OutOfReach.checkDomain(
                List.of(
                    List.of(
                        "order_id",
                        "any",
                        List.of(List.of("user_id", "any", List.of(List.of("login", "=", "x"))))))))
        .hasMessageContaining("order_id.user_id.login");
  }

  @ParameterizedTest
  @ValueSource(strings = {"action_lock", "sale.order._action", "res.users.create", "sale.order."})
  void an_operator_is_told_of_a_method_that_cannot_be_allowed(String method) {
    assertThatThrownBy(() -> new OdooSettings(List.of(method), List.of()))
        .hasMessageContaining("connectors.odoo.methods");
  }
}
