package io.mcpcrew.simulators.odoo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What changes records of any model.
final class WriteActions {
  private WriteActions() {}

  /// A list of objects, or one object.
  static Object create(Draft draft, Call call) {
    Object given = call.get("vals_list");
    List<?> all = given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    var records = new Records(draft);
    return all.stream()
        .map(values -> records.create(call.model(), Call.object("vals_list", values)))
        .toList();
  }

  static Object write(Draft draft, Call call) {
    new Records(draft)
        .write(call.model(), call.ids(), Call.object("vals", call.arguments().get("vals")));
    return true;
  }

  static Object unlink(Draft draft, Call call) {
    new Records(draft).delete(call.model(), call.ids());
    return true;
  }

  /// Answers with nothing: `null`, not `true`.
  static @Nullable Object archive(Draft draft, Call call) {
    new Records(draft).write(call.model(), call.ids(), Map.of("active", false));
    return null;
  }

  static @Nullable Object unarchive(Draft draft, Call call) {
    new Records(draft).write(call.model(), call.ids(), Map.of("active", true));
    return null;
  }
}
