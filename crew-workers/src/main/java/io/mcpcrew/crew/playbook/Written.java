package io.mcpcrew.crew.playbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A playbook as it stands in its file; `playbook.schema.json` says more.
record Written(
    String name,
    List<String> intents,
    @Nullable Texts title,
    @Nullable Map<String, Slot> slots,
    List<Step> steps) {

  record Slot(
      @Nullable String kind, @Nullable Map<String, Map<String, String>> choice, Texts ask) {}

  record Step(
      @Nullable List<String> ask,
      @Nullable String again,
      @Nullable String identify,
      @Nullable String call,
      @Nullable String write,
      @Nullable Map<String, Object> with,
      @Nullable String as,
      @Nullable Texts confirm,
      @Nullable Texts refused,
      @Nullable List<Step> declined,
      @Nullable List<Step> failed,
      @Nullable String choose,
      @Nullable JsonNode choices,
      @Nullable String value,
      @Nullable String label,
      @JsonProperty("if") @Nullable String condition,
      @Nullable List<Step> then,
      @JsonProperty("else") @Nullable List<Step> otherwise,
      @Nullable String known,
      @Nullable Texts say,
      @Nullable Texts person,
      @Nullable String play,
      @Nullable List<String> carry,
      @Nullable Texts offer,
      @Nullable Boolean end) {}
}
