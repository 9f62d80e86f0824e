package io.mcpcrew.simulators.odoo;

import java.util.HashMap;
import java.util.Map;

/// What can be done with leads.
final class CrmActions {
  private CrmActions() {}

  static Object won(Draft draft, Call call) {
    Map<String, Object> changes = new HashMap<>(Map.of("active", true, "probability", 100.0));
    draft.rows(CrmModels.STAGE).stream()
        .filter(stage -> stage.flag("is_won"))
        .findFirst()
        .ifPresent(stage -> changes.put("stage_id", stage.id()));
    new Records(draft).write(call.model(), call.ids(), changes);
    return true;
  }

  /// A lost lead is archived.
  static Object lost(Draft draft, Call call) {
    new Records(draft).write(call.model(), call.ids(), Map.of("active", false, "probability", 0.0));
    return true;
  }
}
