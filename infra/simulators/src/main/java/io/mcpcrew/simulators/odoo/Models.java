package io.mcpcrew.simulators.odoo;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All models of this Odoo, by name.
final class Models {
  private static final Map<String, Model> ALL = all();

  private Models() {}

  private static Map<String, Model> all() {
    Map<String, Model> models = new LinkedHashMap<>();
    Stream.of(
            BaseModels.ALL,
            ProductModels.ALL,
            SaleModels.ALL,
            AccountModels.ALL,
            CrmModels.ALL,
            CalendarModels.ALL)
        .flatMap(List::stream)
        .forEach(model -> models.put(model.name(), model));
    return models;
  }

  static Optional<Model> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static Model get(String name) {
    return find(name)
        .orElseThrow(() -> OdooError.notFound("the model '" + name + "' does not exist"));
  }

  static Collection<Model> everyOne() {
    return ALL.values();
  }
}
