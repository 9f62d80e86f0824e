package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A field of a model, as data.
///
/// @param relation the model that a relational field leads to
/// @param inverse of a one2many: the field there that leads back
/// @param restricts of a many2one: what it points to cannot be deleted; otherwise it is emptied
/// @param cascades of a many2one: a record is deleted together with what it points to
/// @param fallback the value of a record that was created without one
/// @param computed when there is nothing stored: how the value comes about
record Field(
    String name,
    FieldType type,
    String label,
    @Nullable String relation,
    @Nullable String inverse,
    boolean required,
    boolean restricts,
    boolean cascades,
    List<Choice> selection,
    @Nullable Object fallback,
    @Nullable Computation computed) {

  /// One value of a selection, and what people read.
  record Choice(String value, String label) {}

  /// A function of the record and of what it is connected with. Null stands for empty.
  interface Computation {
    @Nullable Object of(View view, Row row);
  }

  static Field of(FieldType type, String name, String label) {
    return new Field(name, type, label, null, null, false, false, false, List.of(), null, null);
  }

  static Field text(String name, String label) {
    return of(FieldType.CHAR, name, label);
  }

  static Field flag(String name, String label, boolean fallback) {
    return of(FieldType.BOOLEAN, name, label).otherwise(fallback);
  }

  static Field many2one(String name, String label, String relation) {
    return new Field(
        name,
        FieldType.MANY2ONE,
        label,
        relation,
        null,
        false,
        false,
        false,
        List.of(),
        null,
        null);
  }

  static Field one2many(String name, String label, String relation, String inverse) {
    return new Field(
        name,
        FieldType.ONE2MANY,
        label,
        relation,
        inverse,
        false,
        false,
        false,
        List.of(),
        null,
        (view, row) -> view.referring(relation, inverse, row.id()));
  }

  static Field many2many(String name, String label, String relation) {
    return new Field(
        name,
        FieldType.MANY2MANY,
        label,
        relation,
        null,
        false,
        false,
        false,
        List.of(),
        null,
        null);
  }

  /// `choices` alternates values and what people read.
  static Field selection(String name, String label, String... choices) {
    List<Choice> options = new ArrayList<>();
    for (int i = 0; i < choices.length; i += 2) {
      options.add(new Choice(choices[i], choices[i + 1]));
    }
    return new Field(
        name,
        FieldType.SELECTION,
        label,
        null,
        null,
        false,
        false,
        false,
        List.copyOf(options),
        null,
        null);
  }

  Field asRequired() {
    return copy(true, type == FieldType.MANY2ONE, cascades, fallback, computed);
  }

  Field asPart() {
    return copy(true, false, true, fallback, computed);
  }

  Field otherwise(Object value) {
    return copy(required, restricts, cascades, value, computed);
  }

  Field computedBy(Computation how) {
    return copy(required, restricts, cascades, fallback, how);
  }

  private Field copy(
      boolean nowRequired,
      boolean nowRestricts,
      boolean nowCascades,
      @Nullable Object nowFallback,
      @Nullable Computation nowComputed) {
    return new Field(
        name,
        type,
        label,
        relation,
        inverse,
        nowRequired,
        nowRestricts,
        nowCascades,
        selection,
        nowFallback,
        nowComputed);
  }

  boolean isStored() {
    return computed == null;
  }

  /// The model that this relational field leads to.
  String target() {
    return Objects.requireNonNull(relation, name);
  }

  String back() {
    return Objects.requireNonNull(inverse, name);
  }

  @Nullable Object valueIn(View view, Row row) {
    return computed == null ? row.get(name) : computed.of(view, row);
  }
}
