package io.mcpcrew.crew.tools;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Step;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What tools said, as steps of the journal keep it: so that a later attempt and a replay come to
/// the same. What is too long to keep is read again.
final class RecordedResults {
  private static final int LONGEST = 32_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private RecordedResults() {}

  static @Nullable Content toRecord(Answered answer) {
    if (!(answer instanceof Answered.Result(Map<String, Object> structured))) {
      return null;
    }
    String json = JSON.writeValueAsString(structured);
    return json.length() <= LONGEST ? Content.of(json) : null;
  }

  static Optional<Answered> of(Step step) {
    Content result = step.result();
    if (result != null) {
      return Optional.of(new Answered.Result(JSON.readValue(result.readable(), OBJECT)));
    }
    Content summary = step.summary();
    return step.succeeded() || summary == null
        ? Optional.empty()
        : Optional.of(new Answered.Declined(summary.readable()));
  }
}
