package io.mcpcrew.simulators.odoo;

import java.util.List;

/// Leads and opportunities.
final class CrmModels {
  static final String LEAD = "crm.lead";
  static final String STAGE = "crm.stage";

  static final List<Model> ALL = List.of(lead(), stage());

  private CrmModels() {}

  private static Model lead() {
    return Model.of(
            LEAD,
            Field.text("name", "Opportunity").asRequired(),
            Field.selection("type", "Type", "lead", "Lead", "opportunity", "Opportunity")
                .asRequired()
                .otherwise("lead"),
            Field.many2one("partner_id", "Customer", BaseModels.PARTNER),
            Field.text("partner_name", "Company Name"),
            Field.text("contact_name", "Contact Name"),
            Field.text("email_from", "Email"),
            Field.text("phone", "Phone"),
            Field.text("phone_sanitized", "Sanitized Number")
                .computedBy((_, row) -> BaseModels.sanitized(row.text("phone"))),
            Field.of(FieldType.HTML, "description", "Notes"),
            Field.of(FieldType.MONETARY, "expected_revenue", "Expected Revenue").otherwise(0.0),
            Field.of(FieldType.FLOAT, "probability", "Probability").otherwise(10.0),
            Field.many2one("stage_id", "Stage", STAGE).otherwise(BaseModels.ONLY),
            Field.many2one("user_id", "Salesperson", BaseModels.USER).otherwise(BaseModels.ONLY),
            Field.text("referred", "Referred By"),
            Field.flag("active", "Active", true))
        .foundBy("name", "contact_name", "email_from")
        .orderedBy("id desc")
        .withMessages();
  }

  private static Model stage() {
    return Model.of(
            STAGE,
            Field.text("name", "Stage Name").asRequired(),
            Field.of(FieldType.INTEGER, "sequence", "Sequence").otherwise(1L),
            Field.flag("is_won", "Is Won Stage?", false))
        .orderedBy("sequence, name, id");
  }
}
