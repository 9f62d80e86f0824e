/// Records as bytes: Confluent's wire format (a zero byte, four bytes of schema id, Avro binary),
/// so that Kafka UI and Connect read everything; ids come from the bundle of released schemas, so
/// that nothing needs a registry.
///
/// [SchemaBundle] knows every released schema; [RecordCodec] maps Java records onto Avro;
/// [CrewSerde] joins both for one topic and keeps the size limit; [WireFailure] says why something
/// cannot be read.
@NullMarked
package io.mcpcrew.schemas.wire;

import org.jspecify.annotations.NullMarked;
