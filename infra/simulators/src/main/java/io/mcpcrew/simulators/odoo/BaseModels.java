package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Contacts and what every database has.
final class BaseModels {
  static final String PARTNER = "res.partner";
  static final String CURRENCY = "res.currency";
  static final String USER = "res.users";
  static final String MESSAGE = "mail.message";
  static final String SUBTYPE = "mail.message.subtype";
  static final String SEQUENCE = "ir.sequence";
  static final String EXTERNAL_ID = "ir.model.data";
  static final String ATTACHMENT = "ir.attachment";

  /// The one currency, the one user and the one company of a database.
  static final long ONLY = 1;

  static final List<Model> ALL =
      List.of(
          partner(),
          currency(),
          user(),
          subtype(),
          message(),
          sequence(),
          externalId(),
          attachment());

  private BaseModels() {}

  private static Model partner() {
    return Model.of(
            PARTNER,
            Field.text("name", "Name"),
            Field.text("email", "Email"),
            Field.text("email_normalized", "Normalized Email")
                .computedBy(
                    (_, row) -> emptyAsNull(row.text("email").strip().toLowerCase(Locale.ROOT))),
            Field.text("phone", "Phone"),
            Field.text("phone_sanitized", "Sanitized Number")
                .computedBy((_, row) -> sanitized(row.text("phone"))),
            Field.text("vat", "Tax ID"),
            Field.text("ref", "Reference"),
            Field.flag("is_company", "Is a Company", false),
            Field.many2one("parent_id", "Related Company", PARTNER),
            Field.one2many("child_ids", "Contact", PARTNER, "parent_id"),
            Field.text("street", "Street"),
            Field.text("city", "City"),
            Field.text("zip", "Zip"),
            Field.text("lang", "Language").otherwise("pt_BR"),
            Field.many2one("property_product_pricelist", "Pricelist", ProductModels.PRICE_LIST),
            Field.of(FieldType.HTML, "comment", "Notes"),
            Field.one2many("sale_order_ids", "Sales Order", SaleModels.ORDER, "partner_id"),
            Field.of(FieldType.INTEGER, "sale_order_count", "Sale Order Count")
                .computedBy((view, row) ->
                    (long) view.referring(SaleModels.ORDER, "partner_id", row.id()).size()),
            Field.flag("active", "Active", true))
        .namedBy(BaseModels::partnerName)
        .foundBy("display_name", "email", "ref", "vat")
        .orderedBy("name, id desc")
        .withMessages()
        .ruledBy(new PartnerRules());
  }

  /// A company's contact is called by both names.
  private static Object partnerName(View view, Row row) {
    String own = row.text("name");
    return view.follow(row, "parent_id", PARTNER)
        .map(company -> company.text("name") + ", " + own)
        .orElse(own);
  }

  private static @Nullable String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /// E.164, when the number says to which country it belongs or looks Brazilian.
  static @Nullable String sanitized(String phone) {
    String digits = phone.replaceAll("[^0-9]", "");
    if (phone.strip().startsWith("+")) {
      return emptyAsNull(digits.isEmpty() ? "" : "+" + digits);
    }
    return digits.length() == 10 || digits.length() == 11 ? "+55" + digits : null;
  }

  /// Odoo's database constraint on contacts without a name.
  private static final class PartnerRules implements Model.Rules {
    @Override
    public void check(Draft draft, Row row) {
      if (row.text("name").isBlank()) {
        throw OdooError.validation("The operation cannot be completed: Contacts require a name");
      }
    }
  }

  private static Model currency() {
    return Model.of(
        CURRENCY,
        Field.text("name", "Currency").asRequired(),
        Field.text("symbol", "Symbol").asRequired(),
        Field.text("full_name", "Name"),
        Field.of(FieldType.FLOAT, "rounding", "Rounding Factor").otherwise(0.01),
        Field.selection(
            "position", "Symbol Position", "after", "After Amount", "before", "Before Amount"),
        Field.flag("active", "Active", true));
  }

  private static Model user() {
    return Model.of(
        USER,
        Field.text("name", "Name").asRequired(),
        Field.text("login", "Login").asRequired(),
        Field.many2one("partner_id", "Related Partner", PARTNER),
        Field.flag("active", "Active", true));
  }

  private static Model message() {
    return Model.of(
            MESSAGE,
            Field.of(FieldType.HTML, "body", "Contents"),
            Field.of(FieldType.DATETIME, "date", "Date"),
            Field.text("model", "Related Document Model"),
            Field.of(FieldType.INTEGER, "res_id", "Related Document ID"),
            Field.selection(
                "message_type",
                "Type",
                "comment",
                "Comment",
                "notification",
                "System notification"),
            Field.many2one("subtype_id", "Subtype", SUBTYPE),
            Field.flag("is_internal", "Employee Only", false),
            Field.text("author", "Author"))
        .orderedBy("id desc")
        .ruledBy(new MessageRules());
  }

  private static Model subtype() {
    return Model.of(
        SUBTYPE,
        Field.text("name", "Message Type").asRequired(),
        Field.flag("internal", "Internal Only", false));
  }

  /// A message is about a record that is there.
  private static final class MessageRules implements Model.Rules {
    @Override
    public Map<String, Object> defaults(Draft draft, Map<String, Object> given) {
      return Map.of("date", draft.now());
    }

    @Override
    public void check(Draft draft, Row row) {
      String model = row.text("model");
      long id = (long) row.number("res_id");
      if (!model.isEmpty() && draft.find(Models.get(model).name(), id).isEmpty()) {
        throw OdooError.missing(model, List.of(id));
      }
    }
  }

  /// Names of records that stay the same everywhere: `module.name`.
  private static Model externalId() {
    return Model.of(
            EXTERNAL_ID,
            Field.text("name", "External Identifier").asRequired(),
            Field.text("module", "Module").asRequired(),
            Field.text("complete_name", "Complete ID")
                .computedBy((_, row) -> row.text("module") + "." + row.text("name")),
            Field.text("model", "Model Name").asRequired(),
            Field.of(FieldType.INTEGER, "res_id", "Record ID"),
            Field.flag("noupdate", "Non Updatable", false))
        .ruledBy(new ExternalIds());
  }

  private static Model attachment() {
    return Model.of(
        ATTACHMENT,
        Field.text("name", "Name").asRequired(),
        Field.of(FieldType.TEXT, "datas", "File Content (base64)"),
        Field.of(FieldType.TEXT, "description", "Description"),
        Field.text("res_model", "Resource Model"),
        Field.of(FieldType.INTEGER, "res_id", "Resource ID"));
  }

  private static Model sequence() {
    return Model.of(
        SEQUENCE,
        Field.text("name", "Name").asRequired(),
        Field.text("code", "Sequence Code"),
        Field.of(FieldType.INTEGER, "number_next", "Next Number").otherwise(1L));
  }

  /// The next number of a sequence, which is then used up.
  static long nextNumber(Draft draft, String code) {
    Row sequence =
        draft.rows(SEQUENCE).stream()
            .filter(row -> row.text("code").equals(code))
            .findFirst()
            .orElseGet(() ->
                new Row(
                    draft.nextId(SEQUENCE), Map.of("name", code, "code", code, "number_next", 1L)));
    long next = (long) sequence.number("number_next");
    draft.put(SEQUENCE, sequence.with(Map.of("number_next", next + 1)));
    return next;
  }
}
