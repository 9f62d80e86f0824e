package io.mcpcrew.mcp.shell;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A call's arguments, typed; the schema has been checked before.
public record Arguments(Map<String, Object> all) {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  public Arguments {
    all = Map.copyOf(all);
  }

  /// @throws IllegalArgumentException naming the argument that is missing
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("the argument " + name + " is missing"));
  }

  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(all.get(name))
        .map(value -> value.toString().strip())
        .filter(value -> !value.isEmpty());
  }

  /// A whole number between bounds; what lies outside is moved to the nearer bound.
  public int number(String name, int otherwise, int least, int most) {
    long given = all.get(name) instanceof Number number ? number.longValue() : otherwise;
    return Math.clamp(given, least, most);
  }

  /// @throws IllegalArgumentException when it is missing or no whole number
  public long id(String name) {
    if (all.get(name) instanceof Number number && number.longValue() > 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + " must be a positive whole number");
  }

  /// As [#id(String)], where it may be left out.
  public Optional<Long> optionalId(String name) {
    return all.containsKey(name) ? Optional.of(id(name)) : Optional.empty();
  }

  /// @throws IllegalArgumentException when it is given and not above zero
  public BigDecimal quantity(String name, BigDecimal otherwise) {
    if (!all.containsKey(name)) {
      return otherwise;
    }
    if (all.get(name) instanceof Number number) {
      BigDecimal given = new BigDecimal(number.toString());
      if (given.signum() > 0) {
        return given;
      }
    }
    throw new IllegalArgumentException(name + " must be a number above 0");
  }

  /// As it was given, if it was.
  public Optional<Object> value(String name) {
    return Optional.ofNullable(all.get(name));
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(all.get(name));
  }

  public List<?> list(String name) {
    return all.get(name) instanceof List<?> list ? list : List.of();
  }

  /// Sixteen hexadecimal digits that differ when what is wanted differs. The key does not count,
  /// nor whether it is only tried.
  public String fingerprint() {
    Map<String, Object> wanted = new TreeMap<>(all);
    wanted.keySet().removeAll(List.of("idempotency_key", "dry_run"));
    return hash(SORTED.writeValueAsString(wanted)).substring(0, 16);
  }

  /// SHA-256, in hexadecimal digits.
  public static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// A list of objects, each read as arguments of its own.
  ///
  /// @throws IllegalArgumentException when something in it is no object
  public List<Arguments> objects(String name) {
    return list(name).stream().map(item -> nested(name, item)).toList();
  }

  private static Arguments nested(String name, @Nullable Object item) {
    Map<String, Object> given = new LinkedHashMap<>();
    object(name, item)
        .forEach((key, value) -> {
          if (value != null) {
            given.put(key, value);
          }
        });
    return new Arguments(given);
  }

  /// An object; empty when it is left out. Null stands for a value that is to be emptied.
  public Map<String, @Nullable Object> object(String name) {
    return all.get(name) == null ? Map.of() : object(name, all.get(name));
  }

  private static Map<String, @Nullable Object> object(String name, @Nullable Object given) {
    if (!(given instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException(name + " must hold named values");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    fields.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
