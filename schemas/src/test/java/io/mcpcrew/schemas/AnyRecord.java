package io.mcpcrew.schemas;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes any record of the contract from a seed, every nullable component now null and now not. So
/// a property holds for each topic's type without a generator for each.
public final class AnyRecord {
  private final Random random;

  public AnyRecord(long seed) {
    this.random = new Random(seed);
  }

  public <T> T make(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == List.class ? list(last) : map(last);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      Object[] constants = raw.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (raw.isSealed() && raw.isInterface()) {
      Class<?>[] cases = raw.getPermittedSubclasses();
      return value(cases[random.nextInt(cases.length)]);
    }
    return switch (raw.getSimpleName()) {
      case "String" -> text();
      case "int", "Integer" -> random.nextInt();
      case "long", "Long" -> random.nextLong();
      case "double", "Double" -> random.nextDouble();
      case "boolean" -> random.nextBoolean();
      case "Instant" -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      case "Bytes" -> Bytes.of(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case "AccountId" -> new AccountId("conta-" + random.nextInt(1000));
      case "ConversationKey" ->
          ConversationKey.of("conta-" + random.nextInt(1000), "chatwoot-" + random.nextInt(1000));
      case "TurnId" ->
          new TurnId((ConversationKey) value(ConversationKey.class), 1 + random.nextInt(1000));
      case "KnowledgeType" -> new KnowledgeType("TIPO_" + random.nextInt(1000));
      default -> record(raw);
    };
  }

  private Object record(Class<?> raw) {
    RecordComponent[] components = raw.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (!nullable || random.nextBoolean()) {
        values[i] = value(components[i].getGenericType());
      }
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return raw.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + raw, e);
    }
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private Map<String, Object> map(Type element) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), value(element));
    }
    return map;
  }

  private String text() {
    String letters = "abcç ãé🛠️\u0000\n漢 Ω'\"{}";
    var text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(letters.codePointAt(random.nextInt(letters.length())));
    }
    // A lone half of a pair is no text in UTF-8.
    return new String(
        text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
