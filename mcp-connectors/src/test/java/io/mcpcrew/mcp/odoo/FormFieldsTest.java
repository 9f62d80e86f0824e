package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormFieldsTest {
  private static final String FORM =
      """
      <form string="Task">
        <header><field name="stage_id"/></header>
        <sheet>
          <field name="name"/>
          <field name="line_ids">
            <list><field name="product_id"/><field name="name"/></list>
          </field>
          <group><field name="partner_id"/><field name="name" invisible="1"/></group>
        </sheet>
      </form>\
      """;

  @Test
  void fields_come_in_the_forms_order_each_once_and_none_of_a_list_inside() throws IOException {
    assertThat(FormFields.of(FORM)).containsExactly("stage_id", "name", "line_ids", "partner_id");
  }

  @Test
  void a_model_without_a_form_shows_nothing() throws IOException {
    assertThat(FormFields.of("")).isEmpty();
  }

  @Test
  void a_form_is_called_what_it_says_or_by_its_model() {
    assertThat(FormFields.title(FORM, "project.task")).isEqualTo("Task");
    assertThat(FormFields.title("<form><field name=\"name\"/></form>", "project.task"))
        .isEqualTo("project task");
  }

  @Test
  void what_is_no_form_is_an_answer_of_something_else_and_reaches_nothing_outside() {
    assertThatThrownBy(() -> FormFields.of("<form><field")).isInstanceOf(IOException.class);
    String outside = "<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><form>&x;</form>";
    assertThatThrownBy(() -> FormFields.of(outside)).isInstanceOf(IOException.class);
  }

  @Test
  void found_models_are_named_whole_or_by_how_they_begin() {
    var settings = new OdooSettings(List.of(), List.of("project.*", "stock.picking"));
    assertThat(settings.isFound("project.task")).isTrue();
    assertThat(settings.isFound("stock.picking")).isFalse();
    for (String wrong : List.of("*", "res.users", "Project", "ir.cron")) {
      assertThatThrownBy(() -> new OdooSettings(List.of(), List.of(wrong)))
          .hasMessageContaining("connectors.odoo.found-models");
    }
  }
}
