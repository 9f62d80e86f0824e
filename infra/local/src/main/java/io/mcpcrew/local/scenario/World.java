package io.mcpcrew.local.scenario;

import io.mcpcrew.crew.tools.Answered;
import io.mcpcrew.crew.tools.CrewTools;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The tools of a scenario: they answer what the file says, and remember that they were called.
final class World implements CrewTools {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  private final List<Map<String, List<Scenario.Answer>>> layers;
  private final List<String> calls = new ArrayList<>();
  private final List<Map<String, Object>> writes = new ArrayList<>();

  /// @param layers what is nearest to the conversation first
  World(List<Map<String, List<Scenario.Answer>>> layers) {
    this.layers = List.copyOf(layers);
  }

  List<String> calls() {
    return calls;
  }

  List<Map<String, Object>> writes() {
    return writes;
  }

  @Override
  public Answered read(String path, String capability, Map<String, Object> arguments) {
    calls.add(capability);
    return answer(capability, arguments);
  }

  @Override
  public Answered call(String path, String capability, Map<String, Object> arguments) {
    writes.add(new LinkedHashMap<>(arguments));
    return read(path, capability, arguments);
  }

  private Answered answer(String capability, Map<String, Object> arguments) {
    for (Map<String, List<Scenario.Answer>> layer : layers) {
      for (Scenario.Answer answer : layer.getOrDefault(capability, List.of())) {
        if (fits(answer, arguments)) {
          return answered(answer);
        }
      }
    }
    return new Answered.Failed("nobody offers " + capability);
  }

  private static boolean fits(Scenario.Answer answer, Map<String, Object> arguments) {
    return answer.when() == null
        || answer.when().entrySet().stream()
            .allMatch(wanted ->
                folded(String.valueOf(arguments.get(wanted.getKey())))
                    .contains(folded(wanted.getValue())));
  }

  private static Answered answered(Scenario.Answer answer) {
    if (answer.declined() != null) {
      return new Answered.Declined(answer.declined());
    }
    if (answer.failed() != null) {
      return new Answered.Failed(answer.failed());
    }
    return new Answered.Result(
        Map.of("records", answer.records() == null ? List.of() : answer.records()));
  }

  static String folded(String text) {
    return ACCENTS
        .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
        .replaceAll("");
  }
}
