package io.mcpcrew.endtoend;

import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.topics.Topics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why conversations went to a person, by what the log says of it: a test that counts persons can
/// then say what for.
final class Handovers {
  private static final Pattern NAMES = Pattern.compile("\\b[\\w./-]*\\d[\\w./:-]*");

  private Handovers() {}

  /// The last reasons of the steps that handed over, without numbers, and how often each.
  static String of(String bootstrapServers) {
    Map<String, Integer> times = new HashMap<>();
    var settings = new KafkaSettings(bootstrapServers, 1, (short) 1);
    try (var log = new LogReader(settings, "handovers")) {
      for (int partition = 0; partition < log.partitions(Topics.TRANSITIONS); partition++) {
        log.scan(
            Topics.TRANSITIONS,
            partition,
            entry -> {
              if (entry.value() != null) {
                count(Topics.TRANSITIONS.serde().fromBytes(entry.value(), null), times);
              }
            });
      }
    }
    return times.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .map(reason -> "  %4d  %s".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining("\n"));
  }

  private static void count(Transition transition, Map<String, Integer> times) {
    List<Reason> reasons = transition.reasons();
    reasons.stream()
        .filter(reason -> reason.stage().equals("handover"))
        .map(reason -> NAMES.matcher(reason.sentence()).replaceAll("…"))
        .forEach(sentence -> times.merge(sentence, 1, Integer::sum));
  }
}
