package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.Rules.Limits;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The platform's limits as a transition records them: `lease=PT8S attempts=4 ...`. By the names of
/// the record's components, so that a limit that is added is recorded from then on; what a line
/// does not name has its default.
public final class LimitsLine {
  private LimitsLine() {}

  public static String of(Limits limits) {
    return Arrays.stream(components())
        .map(component -> component.getName() + "=" + value(component, limits))
        .collect(Collectors.joining(" "));
  }

  /// @throws IllegalArgumentException when a value is none of its kind
  public static Limits parse(String line) {
    return with(Limits.DEFAULT, named(line));
  }

  /// The limits with some of them changed.
  ///
  /// @throws IllegalArgumentException for a name that is no limit's, or a value that is none
  public static Limits with(Limits limits, Map<String, String> changed) {
    RecordComponent[] components = components();
    Object[] values = new Object[components.length];
    Map<String, String> left = new LinkedHashMap<>(changed);
    for (int i = 0; i < components.length; i++) {
      String given = left.remove(components[i].getName());
      values[i] =
          given == null
              ? value(components[i], limits)
              : parsed(components[i].getName(), components[i].getType(), given);
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no limit called %s; there are: %s"
              .formatted(
                  left.keySet().iterator().next(),
                  Arrays.stream(components)
                      .map(RecordComponent::getName)
                      .collect(Collectors.joining(", "))));
    }
    return made(components, values);
  }

  private static Map<String, String> named(String line) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String pair : line.isBlank() ? new String[0] : line.split(" ", -1)) {
      String[] sides = pair.split("=", 2);
      // A limit that a later release recorded and this one does not know decided nothing here.
      if (sides.length == 2 && isKnown(sides[0])) {
        named.put(sides[0], sides[1]);
      }
    }
    // Before there were losses, what was lost counted as failed.
    if (named.containsKey("attempts")) {
      named.putIfAbsent("losses", named.get("attempts"));
    }
    return named;
  }

  private static boolean isKnown(String name) {
    return Arrays.stream(components()).anyMatch(component -> component.getName().equals(name));
  }

  private static RecordComponent[] components() {
    return Limits.class.getRecordComponents();
  }

  private static Object parsed(String name, Class<?> type, String value) {
    try {
      if (type == Duration.class) {
        return Duration.parse(value);
      }
      if (type == int.class) {
        return Integer.parseInt(value);
      }
      if (type == long.class) {
        return Long.parseLong(value);
      }
      if (type == double.class) {
        return Double.parseDouble(value);
      }
      if (type == boolean.class) {
        return Boolean.parseBoolean(value);
      }
      return value;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the limit %s cannot be %s".formatted(name, value), e);
    }
  }

  private static Object value(RecordComponent component, Limits limits) {
    try {
      return component.getAccessor().invoke(limits);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Limits made(RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return Limits.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "these limits do not go together: " + (e.getCause() == null ? e : e.getCause()), e);
    }
  }
}
