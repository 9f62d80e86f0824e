package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Connector;
import io.mcpcrew.mcp.shell.ConnectorResource;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.ToolCall;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The tools for Odoo.
public final class OdooConnector implements Connector {
  private final List<ConnectorTool> tools;
  private final List<ConnectorResource> resources;
  private final FoundTools found;
  private final boolean finds;

  public OdooConnector(GuardedHttp http, OdooSettings settings, InstantSource clock) {
    var odoo = new Odoo(http);
    var fields = new OdooFields(odoo);
    var effects = new Effects(odoo);
    var receipts = new Receipts(odoo, fields, effects);
    var customers = new Customers(odoo, fields, effects);
    var prices = new Prices(odoo, customers);
    this.tools =
        Stream.of(
                new Catalogue(odoo, fields).tools(),
                prices.tools(),
                customers.tools(),
                new Orders(odoo, fields, effects, receipts, customers, prices).tools(),
                new Invoices(odoo, fields, customers, clock).tools(),
                new Leads(effects).tools(),
                new Visits(odoo, effects, customers, clock).tools(),
                new Notes(fields, effects).tools(),
                effects.tools(),
                new Records(odoo).tools(),
                new Changes(odoo, fields, receipts, settings).tools())
            .flatMap(List::stream)
            .toList();
    this.found = new FoundTools(odoo, new FoundModels(odoo, settings), effects, receipts);
    this.finds = !settings.foundModels().isEmpty();
    this.resources = new Schemas(odoo, fields).resources();
  }

  @Override
  public String name() {
    return "odoo";
  }

  @Override
  public String instructions() {
    return "The company's Odoo: products, prices, stock, customers, orders, invoices, leads, visits. Prefer the tool made for a question; use search_records, read_records, aggregate_records and write_record for what no other tool answers. What is written is written once for an idempotency_key.";
  }

  @Override
  public boolean serves(Tenant tenant) {
    return tenant.document().odoo() != null;
  }

  @Override
  public List<ConnectorTool> tools() {
    return tools;
  }

  @Override
  public boolean variesByAccount() {
    return finds;
  }

  @Override
  public List<ConnectorTool> toolsOf(ToolCall call) throws IOException, InterruptedException {
    return Stream.concat(tools.stream(), found.tools(call).stream()).toList();
  }

  @Override
  public List<ConnectorResource> resources() {
    return resources;
  }
}
