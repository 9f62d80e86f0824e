package io.mcpcrew.runtime.tenant;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.TenantSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Settings as JSON and back. A version is a hash over the document, so equal settings are the same
/// version.
public final class TenantDocuments {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private static final JsonNode GATHERING =
      JSON.valueToTree(Tenant.Gathering.of(Duration.ofMillis(800), Duration.ofSeconds(10), 10));

  private static final JsonNode AUTONOMY_RULE =
      JSON.createObjectNode().putNull("inbox").putNull("intent");

  private static final JsonNode TEAM_RULE =
      JSON.createObjectNode().putNull("intent").putNull("language");

  private static final JsonNode ROUTE =
      JSON.createObjectNode()
          .putNull("crew")
          .put("urgent", false)
          .putNull("deadline")
          .put("person", false);

  private TenantDocuments() {}

  /// @throws IllegalArgumentException naming the path that is wrong
  public static Tenant parse(AccountId account, String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      if (!tree.isObject()) {
        throw new IllegalArgumentException(
            "the settings of account %s are no JSON object".formatted(account));
      }
      var document = JSON.treeToValue(withLaterFields(tree), Tenant.Document.class);
      return new Tenant(account, hash(JSON.writeValueAsString(tree)), document);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the settings of account %s are wrong at %s: %s"
              .formatted(account, e.getPathReference(), e.getOriginalMessage()),
          e);
    }
  }

  /// Documents are kept for ever and hashed as they were written; a field that came later has its
  /// default here and nowhere else.
  private static JsonNode withLaterFields(JsonNode written) {
    ObjectNode tree = (ObjectNode) written.deepCopy();
    for (JsonNode rule : tree.path("intents")) {
      if (rule instanceof ObjectNode object && !object.has("patterns")) {
        object.putArray("patterns");
      }
    }
    // Nobody has said yet how much the agent may do: it may suggest.
    if (!tree.has("autonomy")) {
      tree.put("autonomy", Autonomy.SUGGEST.name());
    }
    fill(tree, "gathering", GATHERING);
    // A channel's profile says what is different from the others'.
    JsonNode gathering = tree.path("gathering");
    for (JsonNode channel : gathering.path("channels")) {
      for (String name : List.of("gap", "longest", "most", "media")) {
        fill(channel, JSON.createObjectNode().set(name, gathering.path(name)));
      }
    }
    fill(tree, "conduct", JSON.valueToTree(Conduct.DEFAULT));
    for (JsonNode rule : tree.path("conduct").path("autonomy")) {
      fill(rule, AUTONOMY_RULE);
    }
    for (JsonNode route : tree.path("conduct").path("routes")) {
      fill(route, ROUTE);
    }
    for (JsonNode rule : tree.path("conduct").path("handover").path("teams")) {
      fill(rule, TEAM_RULE);
    }
    if (tree.path("odoo") instanceof ObjectNode odoo) {
      for (String name : List.of("login", "protocol")) {
        if (!odoo.has(name)) {
          odoo.putNull(name);
        }
      }
    }
    if (tree.path("chatwoot") instanceof ObjectNode chatwoot && !chatwoot.has("outside_window")) {
      chatwoot.putNull("outside_window");
    }
    if (!tree.has("systems")) {
      tree.putObject("systems");
    }
    return tree;
  }

  private static void fill(ObjectNode tree, String name, JsonNode defaults) {
    if (!tree.has(name)) {
      tree.putObject(name);
    }
    fill(tree.path(name), defaults);
  }

  /// Adds what is missing, also within objects that are there.
  private static void fill(JsonNode node, JsonNode defaults) {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    for (Map.Entry<String, JsonNode> each : defaults.properties()) {
      if (!object.has(each.getKey())) {
        object.set(each.getKey(), each.getValue().deepCopy());
      } else {
        fill(object.path(each.getKey()), each.getValue());
      }
    }
  }

  /// The record that holds a version for ever.
  public static TenantSettings version(Tenant tenant, String json, String by, Instant now) {
    return new TenantSettings(tenant.account(), tenant.version(), json, by, now);
  }

  /// The record that names the version in force.
  public static TenantSettings pointer(Tenant tenant, String by, Instant now) {
    return new TenantSettings(tenant.account(), tenant.version(), null, by, now);
  }

  static Tenant read(TenantSettings settings) {
    String json = Objects.requireNonNull(settings.document(), "a pointer holds no document");
    return new Tenant(
        settings.account(), settings.version(), parse(settings.account(), json).document());
  }

  private static String hash(String canonical) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
