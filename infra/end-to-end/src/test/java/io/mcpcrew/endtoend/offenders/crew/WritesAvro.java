package io.mcpcrew.endtoend.offenders.crew;

/// Breaks: only the wire format knows Avro.
final class WritesAvro {
  final Class<?> schema = org.apache.avro.Schema.class;
}
