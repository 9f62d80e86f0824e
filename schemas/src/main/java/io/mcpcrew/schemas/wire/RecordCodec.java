package io.mcpcrew.schemas.wire;

import io.mcpcrew.schemas.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/// Writes and reads one Java record type in Avro, without generated classes: the record **is** the
/// type that the services compute with. Component `messageNumber` is field `message_number`; a
/// sealed interface is a union of its cases; an enumeration falls back to the schema's default; an
/// id type is the string that it prints and parses.
///
/// Everything is looked up once, when the codec is made; a record that does not fit its schema
/// fails there and not in the middle of a stream. Safe for use by many threads.
public final class RecordCodec<T> {
  private final Schema schema;
  private final Part root;
  private final Class<T> type;
  private final Map<Schema, ConcurrentLinkedQueue<ResolvingDecoder>> idleDecoders =
      new ConcurrentHashMap<>();

  public RecordCodec(Class<T> type, Schema schema) {
    this.type = type;
    this.schema = schema;
    this.root = part(type, schema);
  }

  public byte[] write(T value) {
    var out = new ByteArrayOutputStream(512);
    write(value, out);
    return out.toByteArray();
  }

  void write(T value, ByteArrayOutputStream out) {
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      root.write(value, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Reads what was written with `writer`, a schema of this or another release.
  public T read(Schema writer, byte[] bytes, int offset) throws IOException {
    BinaryDecoder binary =
        DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
    var idle = idleDecoders.computeIfAbsent(writer, _ -> new ConcurrentLinkedQueue<>());
    ResolvingDecoder decoder = idle.poll();
    if (decoder == null) {
      decoder = DecoderFactory.get().resolvingDecoder(writer, schema, binary);
    } else {
      decoder.configure(binary);
    }
    T value = type.cast(required(root.read(decoder)));
    decoder.drain();
    if (!binary.isEnd()) {
      throw new IOException("bytes are left over after the record");
    }
    // Only a decoder that came to its end cleanly is used again.
    idle.offer(decoder);
    return value;
  }

  // ------------------------------------------------------------------ the parts that a schema is
  // made of

  private interface Part {
    void write(@Nullable Object value, BinaryEncoder out) throws IOException;

    @Nullable Object read(ResolvingDecoder in) throws IOException;
  }

  private static Part part(Type type, Schema schema) {
    Class<?> raw = raw(type);
    return switch (schema.getType()) {
      case STRING -> raw == String.class ? new TextPart() : new IdPart(raw);
      case LONG -> raw == Instant.class ? new InstantPart() : new LongPart();
      case INT -> new IntPart();
      case DOUBLE -> new DoublePart();
      case BOOLEAN -> new BooleanPart();
      case BYTES -> new BytesPart();
      case ENUM -> new EnumPart(raw, schema);
      case ARRAY -> new ListPart(part(argument(type, 0), schema.getElementType()));
      case MAP -> new MapPart(part(argument(type, 1), schema.getValueType()));
      case RECORD -> new RecordPart(raw, schema);
      case UNION -> new UnionPart(type, schema);
      default -> throw new IllegalArgumentException("no Java type is bound to Avro's " + schema);
    };
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType p -> (Class<?>) p.getRawType();
      default -> throw new IllegalArgumentException("cannot bind " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static <V> V required(@Nullable V value) {
    if (value == null) {
      throw new IllegalArgumentException("a null stands where the schema has none");
    }
    return value;
  }

  private record TextPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeString((String) required(value));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return in.readString();
    }
  }

  private record LongPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeLong((Long) required(value));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return in.readLong();
    }
  }

  private record InstantPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeLong(((Instant) required(value)).toEpochMilli());
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return Instant.ofEpochMilli(in.readLong());
    }
  }

  private record IntPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeInt((Integer) required(value));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return in.readInt();
    }
  }

  private record DoublePart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeDouble((Double) required(value));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return in.readDouble();
    }
  }

  private record BooleanPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeBoolean((Boolean) required(value));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return in.readBoolean();
    }
  }

  private record BytesPart() implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeBytes(((Bytes) required(value)).toArray());
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      ByteBuffer buffer = in.readBytes(null);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return Bytes.of(bytes);
    }
  }

  /// A type that prints itself as a string and has `parse(String)` or a constructor for the way
  /// back.
  private static final class IdPart implements Part {
    private final MethodHandle parse;

    IdPart(Class<?> type) {
      this.parse = parser(type);
    }

    private static MethodHandle parser(Class<?> type) {
      var lookup = MethodHandles.publicLookup();
      try {
        return lookup
            .unreflect(type.getMethod("parse", String.class))
            .asType(MethodType.methodType(Object.class, String.class));
      } catch (ReflectiveOperationException noParse) {
        try {
          return lookup
              .unreflectConstructor(type.getConstructor(String.class))
              .asType(MethodType.methodType(Object.class, String.class));
        } catch (ReflectiveOperationException noConstructor) {
          throw new IllegalArgumentException(type + " cannot be read from a string", noConstructor);
        }
      }
    }

    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeString(required(value).toString());
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      String text = in.readString();
      try {
        return (Object) parse.invokeExact(text);
      } catch (IOException | RuntimeException | Error asItIs) {
        throw asItIs;
      } catch (Throwable unexpected) {
        throw new IOException("cannot read an id", unexpected);
      }
    }
  }

  private static final class EnumPart implements Part {
    private final Map<Object, Integer> ordinals = new HashMap<>();
    private final Object[] constants;

    EnumPart(Class<?> type, Schema schema) {
      List<String> symbols = schema.getEnumSymbols();
      Object[] values = required(type.getEnumConstants());
      List<String> names = Arrays.stream(values).map(Object::toString).toList();
      if (!names.equals(symbols)) {
        throw new IllegalArgumentException(
            "%s has %s, its schema %s".formatted(type.getSimpleName(), names, symbols));
      }
      this.constants = values;
      for (int i = 0; i < values.length; i++) {
        ordinals.put(values[i], i);
      }
    }

    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      out.writeEnum(required(ordinals.get(required(value))));
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      return constants[in.readEnum()];
    }
  }

  private record ListPart(Part element) implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      List<?> list = (List<?>) required(value);
      out.writeArrayStart();
      out.setItemCount(list.size());
      for (Object item : list) {
        out.startItem();
        element.write(item, out);
      }
      out.writeArrayEnd();
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      List<@Nullable Object> list = new ArrayList<>();
      for (long n = in.readArrayStart(); n > 0; n = in.arrayNext()) {
        for (long i = 0; i < n; i++) {
          list.add(element.read(in));
        }
      }
      return list;
    }
  }

  /// Written in the order of its keys, so that equal maps are equal bytes.
  private record MapPart(Part element) implements Part {
    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      var sorted = new TreeMap<>((Map<?, ?>) required(value));
      out.writeMapStart();
      out.setItemCount(sorted.size());
      for (var entry : sorted.entrySet()) {
        out.startItem();
        out.writeString((String) required(entry.getKey()));
        element.write(entry.getValue(), out);
      }
      out.writeMapEnd();
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      Map<String, @Nullable Object> map = new TreeMap<>();
      for (long n = in.readMapStart(); n > 0; n = in.mapNext()) {
        for (long i = 0; i < n; i++) {
          map.put(in.readString(), element.read(in));
        }
      }
      return map;
    }
  }

  private static final class RecordPart implements Part {
    private final String name;
    private final MethodHandle constructor;
    private final MethodHandle[] accessors;
    private final Part[] parts;

    RecordPart(Class<?> type, Schema schema) {
      this.name = type.getSimpleName();
      RecordComponent[] components = required(type.getRecordComponents());
      List<String> fields = schema.getFields().stream().map(Schema.Field::name).toList();
      List<String> named = Arrays.stream(components).map(c -> fieldName(c.getName())).toList();
      if (!named.equals(fields) || !schema.getName().equals(name)) {
        throw new IllegalArgumentException(
            "%s%s does not fit schema %s%s".formatted(name, named, schema.getName(), fields));
      }
      this.parts = new Part[components.length];
      this.accessors = new MethodHandle[components.length];
      try {
        for (int i = 0; i < components.length; i++) {
          parts[i] = part(components[i].getGenericType(), schema.getFields().get(i).schema());
          accessors[i] =
              MethodHandles.publicLookup()
                  .unreflect(components[i].getAccessor())
                  .asType(MethodType.methodType(Object.class, Object.class));
        }
        this.constructor = constructor(type, components);
      } catch (ReflectiveOperationException notPublic) {
        throw new IllegalArgumentException(name + " must be public", notPublic);
      }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components)
        throws ReflectiveOperationException {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> canonical = type.getConstructor(types);
      return MethodHandles.publicLookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static String fieldName(String component) {
      return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      Object subject = required(value);
      for (int i = 0; i < parts.length; i++) {
        parts[i].write(component(subject, i), out);
      }
    }

    private @Nullable Object component(Object subject, int i) throws IOException {
      try {
        return (Object) accessors[i].invokeExact(subject);
      } catch (IOException | RuntimeException | Error asItIs) {
        throw asItIs;
      } catch (Throwable unexpected) {
        throw new IOException("cannot read a component of " + name, unexpected);
      }
    }

    @Override
    public Object read(ResolvingDecoder in) throws IOException {
      @Nullable Object[] values = new @Nullable Object[parts.length];
      for (Schema.Field field : in.readFieldOrder()) {
        values[field.pos()] = parts[field.pos()].read(in);
      }
      try {
        return (Object) constructor.invokeExact(values);
      } catch (IOException | RuntimeException | Error asItIs) {
        throw asItIs;
      } catch (Throwable unexpected) {
        throw new IOException("cannot make a " + name, unexpected);
      }
    }
  }

  /// Null or one of several records; a case is found by its class, which bears the schema's name.
  private static final class UnionPart implements Part {
    private final Map<String, Integer> branches = new HashMap<>();
    private final @Nullable Part[] parts;
    private int nullBranch = -1;

    UnionPart(Type type, Schema schema) {
      List<Schema> cases = schema.getTypes();
      this.parts = new @Nullable Part[cases.size()];
      for (int i = 0; i < cases.size(); i++) {
        Schema branch = cases.get(i);
        if (branch.getType() == Schema.Type.NULL) {
          nullBranch = i;
        } else {
          Type bound = caseOf(type, branch);
          parts[i] = part(bound, branch);
          branches.put(raw(bound).getName(), i);
        }
      }
    }

    private static Type caseOf(Type type, Schema branch) {
      Class<?>[] permitted = raw(type).getPermittedSubclasses();
      if (permitted == null) {
        return type;
      }
      return Arrays.stream(permitted)
          .filter(c -> c.getSimpleName().equals(branch.getName()))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("%s has no case %s".formatted(type, branch)));
    }

    @Override
    public void write(@Nullable Object value, BinaryEncoder out) throws IOException {
      int branch =
          value == null ? nullBranch : branches.getOrDefault(value.getClass().getName(), -1);
      if (branch < 0) {
        throw new IllegalArgumentException("no case of the union takes " + value);
      }
      out.writeIndex(branch);
      Part part = parts[branch];
      if (part != null) {
        part.write(value, out);
      }
    }

    @Override
    public @Nullable Object read(ResolvingDecoder in) throws IOException {
      Part part = parts[in.readIndex()];
      if (part == null) {
        in.readNull();
        return null;
      }
      return part.read(in);
    }
  }
}
