package io.mcpcrew.simulators.odoo;

import io.mcpcrew.simulators.odoo.Method.Reads;
import io.mcpcrew.simulators.odoo.Method.Writes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that can be called.
final class Methods {
  private static final Map<String, Method> ALL =
      Stream.of(
              Method.ofModel("search", new Reads(SearchActions::search))
                  .needs("domain")
                  .takes("offset", "limit", "order"),
              Method.ofModel("search_count", new Reads(SearchActions::count))
                  .needs("domain")
                  .takes("limit"),
              Method.ofModel("search_read", new Reads(SearchActions::searchRead))
                  .takes("domain", "fields", "offset", "limit", "order", "load"),
              Method.ofModel("name_search", new Reads(SearchActions::nameSearch))
                  .takes("name", "domain", "operator", "limit"),
              Method.ofModel("fields_get", new Reads(SearchActions::fieldsGet))
                  .takes("allfields", "attributes"),
              Method.ofRecords("read", new Reads(SearchActions::read)).takes("fields", "load"),
              Method.ofRecords("has_access", new Reads((_, _) -> true)).needs("operation"),
              Method.ofModel("check_access_rights", new Reads((_, _) -> true))
                  .needs("operation")
                  .takes("raise_exception"),
              Method.ofModel("create", new Writes(WriteActions::create)).needs("vals_list"),
              Method.ofRecords("write", new Writes(WriteActions::write)).needs("vals"),
              Method.ofRecords("unlink", new Writes(WriteActions::unlink)),
              Method.ofRecords("action_archive", new Writes(WriteActions::archive))
                  .on(Model::hasArchive),
              Method.ofRecords("action_unarchive", new Writes(WriteActions::unarchive))
                  .on(Model::hasArchive),
              Method.ofRecords("message_post", new Writes(MessageActions::post))
                  .takes(
                      "body",
                      "subject",
                      "message_type",
                      "subtype_xmlid",
                      "partner_ids",
                      "attachment_ids",
                      "body_is_html")
                  .on(Model::thread),
              Method.ofRecords("action_confirm", new Writes(SaleActions::confirm))
                  .on(model -> model.name().equals(SaleModels.ORDER)),
              Method.ofRecords("action_cancel", new Writes(SaleActions::cancel))
                  .on(model -> model.name().equals(SaleModels.ORDER)),
              Method.ofModel("onchange", new Reads(OrderForm::filledIn))
                  .needs("values", "field_names", "fields_spec")
                  .on(model -> model.name().equals(SaleModels.ORDER)),
              Method.ofRecords("get_portal_url", new Writes(AccountModels::portal))
                  .takes("suffix", "report_type", "download", "query_string", "anchor")
                  .on(model -> model.fields().containsKey("access_token")),
              Method.ofModel("load", new Writes(LoadActions::load)).needs("fields", "data"),
              Method.ofModel("formatted_read_group", new Reads(Grouping::groups))
                  .needs("domain")
                  .takes("groupby", "aggregates", "having", "offset", "limit", "order"),
              Method.ofModel("check_object_reference", new Reads(ExternalIds::reference))
                  .needs("module", "xml_id")
                  .takes("raise_on_access_error")
                  .on(model -> model.name().equals(BaseModels.EXTERNAL_ID)),
              Method.ofRecords("action_set_won", new Writes(CrmActions::won))
                  .on(model -> model.name().equals(CrmModels.LEAD)),
              Method.ofRecords("action_set_lost", new Writes(CrmActions::lost))
                  .on(model -> model.name().equals(CrmModels.LEAD)),
              Method.ofModel("context_get", new Reads(SearchActions::contextGet))
                  .on(model -> model.name().equals(BaseModels.USER)))
          .collect(Collectors.toMap(Method::name, Function.identity()));

  private Methods() {}

  static Method of(Model model, String name) {
    if (name.startsWith("_")) {
      throw OdooError.access(
          "Private methods (such as '%s.%s') cannot be called remotely."
              .formatted(model.name(), name));
    }
    Method method = ALL.get(name);
    if (method == null || !method.offered().test(model)) {
      throw OdooError.notFound("The method '%s.%s' does not exist".formatted(model.name(), name));
    }
    return method;
  }
}
