package io.mcpcrew.crew.tools;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.WantedWrite;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a person reads of a write that they are asked to approve.
final class WantedWrites {
  private static final int LONGEST_VALUE = 200;
  private static final int LONGEST = 1_500;

  private WantedWrites() {}

  static WantedWrite of(
      Tool tool, String path, String argumentsHash, Map<String, Object> arguments) {
    String title = tool.title().isBlank() ? tool.name() : tool.title();
    return new WantedWrite(path, tool.name(), argumentsHash, title, Content.of(shown(arguments)));
  }

  private static String shown(Map<String, Object> arguments) {
    String lines =
        new TreeMap<>(arguments)
            .entrySet().stream()
                .map(each ->
                    each.getKey().replace('_', ' ')
                        + ": "
                        + cut(value(each.getValue()), LONGEST_VALUE))
                .collect(Collectors.joining("\n"));
    return cut(lines, LONGEST);
  }

  private static String value(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> each.getKey() + " " + value(each.getValue()))
              .sorted()
              .collect(Collectors.joining(", "));
      case List<?> list -> list.stream().map(WantedWrites::value).collect(Collectors.joining("; "));
      default -> String.valueOf(value).replaceAll("\\s+", " ");
    };
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
