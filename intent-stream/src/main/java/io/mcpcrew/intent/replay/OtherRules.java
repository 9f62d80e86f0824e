package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.conversation.Rules.Limits;
import io.mcpcrew.intent.replay.Replay.Repeated;
import io.mcpcrew.runtime.settings.YamlDocuments;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rules to try beside those that were in force: a YAML file with the part of an account's settings
/// that is to be otherwise (`intents`, `gathering`, `autonomy` ...) and, under `limits`, the
/// platform's. What it does not name stays as it was recorded; a list replaces a list.
public final class OtherRules {
  private static final String LIMITS = "limits";
  private static final Pattern SNAKE = Pattern.compile("_([a-z])");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonNode settings;
  private final Map<String, String> limits;

  private OtherRules(JsonNode settings, Map<String, String> limits) {
    this.settings = settings;
    this.limits = limits;
  }

  /// @throws IllegalArgumentException naming the file and what in it is wrong
  public static OtherRules read(String name, String yaml) {
    Map<?, ?> tree = YamlDocuments.read(name, yaml, Map.class);
    Map<Object, @Nullable Object> settings = new HashMap<>(tree);
    Map<String, String> limits = new TreeMap<>();
    if (settings.remove(LIMITS) instanceof Map<?, ?> given) {
      given.forEach((limit, value) ->
          limits.put(
              SNAKE
                  .matcher(String.valueOf(limit))
                  .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT)),
              String.valueOf(value)));
    }
    LimitsLine.with(Limits.DEFAULT, limits);
    return new OtherRules(JSON.valueToTree(settings), limits);
  }

  /// @param document the account's settings that were in force, as they were published
  /// @throws IllegalArgumentException when the settings would be refused with the change
  public Rules over(Rules rules, String document) {
    JsonNode merged = merged(JSON.readTree(document), settings);
    Tenant was = rules.tenant();
    // The version stays: it names what was in force, and would differ in every turn.
    var tenant =
        new Tenant(
            was.account(),
            was.version(),
            TenantDocuments.parse(was.account(), JSON.writeValueAsString(merged)).document());
    return new Rules(
        tenant, rules.finder(), LimitsLine.with(rules.limits(), limits), rules.paused());
  }

  /// What a repeated step would have come to under these rules, from the state that it had: each
  /// step by itself, because what customers and workers would have said after another answer nobody
  /// knows. Empty when it would have been the same.
  public static List<String> differences(
      Repeated step, OtherRules other, RecordedLog.Conversation conversation) {
    Replay.Given given = step.given();
    Decision was = step.decision();
    Optional<String> document =
        conversation.settings().document(step.recorded().transition().settingsVersion());
    if (given == null || was == null || document.isEmpty()) {
      return List.of();
    }
    Rules rules = other.over(given.rules(), document.get());
    Decision would =
        Replay.step(
            Replay.start(step.before(), step.recorded().transition()),
            new Replay.Given(given.input(), given.now(), rules, given.traceparent()));
    return StateTree.differences(was, would);
  }

  private static JsonNode merged(JsonNode was, JsonNode other) {
    if (!(was instanceof ObjectNode object) || !other.isObject()) {
      return other;
    }
    ObjectNode merged = object.deepCopy();
    other
        .properties()
        .forEach(field ->
            merged.set(
                field.getKey(),
                merged.has(field.getKey())
                    ? merged(merged.get(field.getKey()), field.getValue())
                    : field.getValue()));
    return merged;
  }
}
