package io.mcpcrew.mcp.odoo;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A record as Odoo writes it, where an empty field is `false` and a reference is `[id, "name"]`.
record Row(JsonNode fields) {

  String text(String name) {
    return fields.path(name).isString() ? fields.path(name).asString() : "";
  }

  Optional<BigDecimal> number(String name) {
    JsonNode value = fields.path(name);
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }

  boolean flag(String name) {
    return fields.path(name).isBoolean() && fields.path(name).asBoolean();
  }

  long id() {
    return fields.path("id").asLong();
  }

  /// What a reference is called.
  String label(String name) {
    JsonNode reference = fields.path(name);
    return reference.isArray() ? reference.path(1).asString("") : "";
  }

  /// The id that a reference holds.
  OptionalLong reference(String name) {
    JsonNode reference = fields.path(name);
    return reference.isArray() && reference.path(0).isNumber()
        ? OptionalLong.of(reference.path(0).asLong())
        : OptionalLong.empty();
  }
}
