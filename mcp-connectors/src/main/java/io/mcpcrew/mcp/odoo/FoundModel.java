package io.mcpcrew.mcp.odoo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model that was found in an account's Odoo, with what its form shows of it.
///
/// @param fields in the form's order, at most so many as a model can overlook
/// @param creatable whether the account's Odoo user may make records of it
record FoundModel(String model, String title, List<Field> fields, boolean creatable) {

  /// @param label as people see it
  /// @param selection the values it may have, each with its label; empty where any is
  /// @param relation the model that it refers to
  /// @param needed a record cannot be made without it
  record Field(
      String name,
      String label,
      String type,
      Map<String, String> selection,
      @Nullable String relation,
      boolean readonly,
      boolean needed) {

    boolean isReference() {
      return type.equals("many2one");
    }

    boolean isText() {
      return type.equals("char") || type.equals("text") || type.equals("html");
    }
  }

  /// As it stands in a tool's name: `project_task`.
  String word() {
    return model.replace('.', '_');
  }

  List<Field> writable() {
    return fields.stream().filter(field -> !field.readonly()).toList();
  }

  /// Nobody can make a record when something is needed that cannot be given.
  boolean isCompletable() {
    return creatable && fields.stream().noneMatch(field -> field.needed() && field.readonly());
  }
}
