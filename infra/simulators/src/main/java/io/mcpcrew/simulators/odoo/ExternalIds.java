package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// External ids: each names one record, and the database keeps them unique.
final class ExternalIds implements Model.Rules {

  static Optional<Row> find(View view, String externalId) {
    return view.rows(BaseModels.EXTERNAL_ID).stream()
        .filter(row -> (row.text("module") + "." + row.text("name")).equals(externalId))
        .findFirst();
  }

  static long target(Row externalId) {
    return (long) externalId.number("res_id");
  }

  static void put(Draft draft, String externalId, Model model, long id, boolean noupdate) {
    int dot = externalId.indexOf('.');
    long _ =
        new Records(draft)
            .create(
                Models.get(BaseModels.EXTERNAL_ID),
                Map.of(
                    "module", externalId.substring(0, dot),
                    "name", externalId.substring(dot + 1),
                    "model", model.name(),
                    "res_id", id,
                    "noupdate", noupdate));
  }

  /// A record's names go with it.
  static void forget(Draft draft, String model, long id) {
    List<Row> names =
        draft.rows(BaseModels.EXTERNAL_ID).stream()
            .filter(row -> row.text("model").equals(model) && target(row) == id)
            .toList();
    names.forEach(row -> draft.remove(BaseModels.EXTERNAL_ID, row.id()));
  }

  @Override
  public void check(Draft draft, Row row) {
    String name = row.text("module") + "." + row.text("name");
    if (find(draft, name).filter(other -> other.id() != row.id()).isPresent()) {
      throw OdooError.validation(
          "The operation cannot be completed: duplicate key value violates unique constraint"
              + " \"ir_model_data_module_name_uniq_index\"");
    }
  }

  /// `check_object_reference`: the model and the id; no id where the record may not be seen.
  static Object reference(Snapshot snapshot, Call call) {
    String name = call.text("module", "") + "." + call.text("xml_id", "");
    Row found =
        find(snapshot, name)
            .orElseThrow(() -> OdooError.value("External ID not found in the system: " + name));
    boolean seen =
        snapshot
            .find(found.text("model"), target(found))
            .filter(row -> isShown(Models.get(found.text("model")), row, call))
            .isPresent();
    return List.of(found.text("model"), seen ? (Object) target(found) : false);
  }

  private static boolean isShown(Model model, Row row, Call call) {
    return !model.hasArchive() || !call.context().hidesArchived() || row.flag("active");
  }
}
