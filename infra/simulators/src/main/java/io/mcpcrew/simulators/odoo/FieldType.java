package io.mcpcrew.simulators.odoo;

import java.util.Locale;

/// The types of fields, under the names by which Odoo reports them.
enum FieldType {
  CHAR,
  TEXT,
  HTML,
  INTEGER,
  FLOAT,
  MONETARY,
  BOOLEAN,
  DATE,
  DATETIME,
  SELECTION,
  MANY2ONE,
  ONE2MANY,
  MANY2MANY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isRelational() {
    return this == MANY2ONE || this == ONE2MANY || this == MANY2MANY;
  }
}
