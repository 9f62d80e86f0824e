package io.mcpcrew.crew.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.crew.crews.Crew;
import io.mcpcrew.crew.model.ModelRequest.OfferedTool;
import io.mcpcrew.crew.tools.ToolView.Offer;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The tools of one agent, as its model sees them: without account and key, which are filled in
/// when a tool is called.
///
/// @param byName in the order of their names, so that the same catalogue makes the same prompt
public record Toolbox(Map<String, Tool> byName) {
  private static final List<String> FILLED_IN = List.of("account_id", "idempotency_key");
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_DESCRIPTION = 1_000;

  /// Models are offered no more than providers take.
  private static final int MOST = 100;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /// A catalogue is read by many turns before it changes. By identity: what is offered anew is
  /// written anew.
  private static final Cache<Offer, OfferedTool> WRITTEN = Caffeine.newBuilder().weakKeys().build();

  public record Tool(Offer offer, OfferedTool offered) {
    List<String> required() {
      return offered.schema().get("required") instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    }
  }

  public Toolbox {
    byName = new LinkedHashMap<>(byName);
  }

  /// What the agent's crew names, what the policy lets it have, and no write where none may be
  /// made.
  public static Toolbox of(
      AccountId account,
      Crew.Agent agent,
      List<Offer> offers,
      ToolPolicy policy,
      WriteGate writes) {
    Map<String, Tool> tools = new TreeMap<>();
    offers.stream()
        .filter(offer -> offer.tool().effect() != EffectClass.UNKNOWN)
        .filter(offer -> isNamed(agent, offer))
        .filter(offer -> writes != WriteGate.NEVER || !WriteGate.isWrite(offer.tool()))
        .filter(offer -> policy.mayOffer(account, offer.tool()))
        .limit(MOST)
        .forEach(offer -> tools.putIfAbsent(name(offer), tool(offer)));
    return new Toolbox(tools);
  }

  Optional<Tool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<OfferedTool> offered() {
    return byName.values().stream().map(Tool::offered).toList();
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  private static boolean isNamed(Crew.Agent agent, Offer offer) {
    String capability = offer.tool().capability();
    return (capability != null && agent.capabilities().contains(capability))
        || agent.tools().contains(offer.tool().name());
  }

  private static String name(Offer offer) {
    String name = offer.tool().name().replaceAll("[^a-zA-Z0-9_-]", "_");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static Tool tool(Offer offer) {
    return new Tool(offer, WRITTEN.get(offer, Toolbox::written));
  }

  private static OfferedTool written(Offer offer) {
    String description = offer.tool().description();
    String brief =
        description.length() <= LONGEST_DESCRIPTION
            ? description
            : description.substring(0, LONGEST_DESCRIPTION);
    return new OfferedTool(name(offer), brief, schema(offer));
  }

  private static Map<String, Object> schema(Offer offer) {
    Map<String, Object> schema = new TreeMap<>();
    schema.put("type", "object");
    try {
      schema.putAll(JsonMapper.shared().readValue(offer.tool().inputSchema(), OBJECT));
    } catch (JacksonException noSchema) {
      return schema;
    }
    if (!offer.ours()) {
      return schema;
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      Map<String, Object> left = new TreeMap<>();
      properties.forEach((name, inner) -> {
        if (!FILLED_IN.contains(String.valueOf(name))) {
          left.put(String.valueOf(name), inner);
        }
      });
      schema.put("properties", left);
    }
    if (schema.get("required") instanceof List<?> required) {
      schema.put(
          "required",
          required.stream().map(String::valueOf).filter(r -> !FILLED_IN.contains(r)).toList());
    }
    return schema;
  }
}
