package io.mcpcrew.local;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/// What is said of a setting that cannot be what it is: which one, and what it may be.
final class WrongSetting {
  private WrongSetting() {}

  /// Empty if no setting is to blame.
  ///
  /// @param innermost the last message of the failure
  static Optional<String> sentence(Throwable failure, String innermost) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException wrong) {
        return Optional.of(sentence(innermostOf(wrong), innermost));
      }
    }
    return Optional.empty();
  }

  /// One is within another: of a map, of its entry, of the entry's value.
  private static BindException innermostOf(BindException wrong) {
    BindException last = wrong;
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException deeper) {
        last = deeper;
      }
    }
    return last;
  }

  private static String sentence(BindException wrong, String innermost) {
    String name = wrong.getName().toString();
    Class<?> type = wrong.getTarget().getType().resolve(Object.class);
    if (type.isEnum()) {
      return "%s: '%s' is none of %s".formatted(name, value(wrong), words(type));
    }
    String any = name.substring(0, Math.max(0, name.lastIndexOf('.'))) + ".*";
    if (innermost.contains(any)) {
      return innermost.replace(any, name);
    }
    return innermost.startsWith(name) ? innermost : name + ": " + innermost;
  }

  private static Object value(BindException wrong) {
    ConfigurationProperty property = wrong.getProperty();
    return property == null ? "" : property.getValue();
  }

  private static String words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }
}
