package io.mcpcrew.runtime.tenant;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.TenantSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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
    JsonNode tree = written.deepCopy();
    for (JsonNode rule : tree.path("intents")) {
      if (rule instanceof ObjectNode object && !object.has("patterns")) {
        object.putArray("patterns");
      }
    }
    return tree;
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
