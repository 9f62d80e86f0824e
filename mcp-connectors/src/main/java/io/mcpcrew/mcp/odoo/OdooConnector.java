package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;
import java.util.Map;

/// The tools for Odoo.
public final class OdooConnector implements Connector {
  private final Catalogue catalogue;
  private final Records records;
  private final Orders orders;
  private final Leads leads;

  public OdooConnector(GuardedHttp http) {
    var odoo = new OdooJson2(http);
    var fields = new OdooFields(odoo);
    this.catalogue = new Catalogue(odoo, fields);
    this.records = new Records(odoo);
    this.orders = new Orders(odoo, fields);
    this.leads = new Leads(odoo);
  }

  @Override
  public String name() {
    return "odoo";
  }

  @Override
  public String instructions() {
    return "The company's Odoo: products with price and stock, orders, leads. Prefer the tool made for a question; use search_records for what no other tool answers.";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().odoo() != null;
  }

  @Override
  public List<ConnectorTool> tools() {
    return List.of(findProducts(), checkStock(), orderStatus(), createLead(), findLead(), search());
  }

  private ConnectorTool findProducts() {
    return ConnectorTool.read(
        "find_products",
        "Find products",
        "Finds products and services by name or code, as a customer would call them: plural, case and accents do not matter. Gives price and, for goods, the quantity that is free to sell.",
        "catalog.find",
        JsonSchema.arguments()
            .required("query", "string", "What the customer calls it, e.g. `furadeira de impacto`.")
            .number("limit", 1, 50, 5, "How many to give at most; the best first."),
        JsonSchema.result()
            .objects(
                "records",
                "id, name, code, price, currency, in_stock, and available where stock is kept"),
        catalogue::find);
  }

  private ConnectorTool checkStock() {
    return ConnectorTool.read(
        "check_stock",
        "Check stock",
        "Tells how many pieces of one product are free to sell now, by its code.",
        "stock.check",
        JsonSchema.arguments().required("code", "string", "The product's code, e.g. `FUR-650`."),
        JsonSchema.result()
            .objects("records", "as in find_products; empty when there is no such code"),
        catalogue::stock);
  }

  private ConnectorTool orderStatus() {
    return ConnectorTool.read(
        "order_status",
        "Order status",
        "Tells where one order is, by its number. Gives state and total, and nothing about the person who ordered.",
        "order.status",
        JsonSchema.arguments()
            .required("reference", "string", "The order's number, e.g. `S00012`."),
        JsonSchema.result()
            .objects(
                "records", "name, date, total, currency, state and its label in pt, en and es"),
        orders::status);
  }

  private ConnectorTool createLead() {
    return ConnectorTool.checkable(
        "create_lead",
        "Create a lead",
        "Records a customer's wish for the sales people. A second call with the same key gives the lead of the first.",
        "lead.create",
        "find_lead_by_key",
        JsonSchema.writeArguments()
            .required("name", "string", "One line: what the customer wants.")
            .optional("contact_name", "string", "Who wants it.")
            .optional("phone", "string", "With country code, e.g. `+5511999990000`.")
            .optional("email_from", "string", "The customer's e-mail address.")
            .optional("description", "string", "What else is known."),
        leadResult(),
        leads::create);
  }

  private ConnectorTool findLead() {
    return ConnectorTool.read(
        "find_lead_by_key",
        "Find a lead by its key",
        "Tells whether a lead was created with an idempotency key; no record means that it was not.",
        null,
        JsonSchema.arguments().required("idempotency_key", "string", "The key of create_lead."),
        leadResult(),
        leads::find);
  }

  private static JsonSchema leadResult() {
    return JsonSchema.result().objects("records", "id and name of the lead");
  }

  private ConnectorTool search() {
    return ConnectorTool.read(
        "search_records",
        "Search records",
        "Searches any business model. The domain is Odoo's: a list of [field, operator, value] with \"&\", \"|\" and \"!\" before their operands. Settings, users and other technical models are not offered.",
        null,
        JsonSchema.arguments()
            .required("model", "string", "E.g. `res.partner`, `sale.order`, `account.move`.")
            .property(
                "domain",
                Map.of("type", "array", "description", "E.g. [[\"state\", \"=\", \"sale\"]]."))
            .property(
                "fields",
                Map.of(
                    "type",
                    "array",
                    "items",
                    Map.of("type", "string"),
                    "description",
                    "Names; ask for few."))
            .number("limit", 1, 100, 10, "How many at most.")
            .number("offset", 0, 1_000_000, 0, "How many to skip.")
            .optional("order", "string", "E.g. `date_order desc`."),
        JsonSchema.result()
            .required("success", "boolean", "Whether records were searched.")
            .objects("records", "as Odoo gives them; an empty field is false"),
        records::search);
  }
}
