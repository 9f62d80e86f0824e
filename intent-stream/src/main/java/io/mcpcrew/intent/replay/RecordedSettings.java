package io.mcpcrew.intent.replay;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An account's settings as they were published, by version. One version decided many transitions
/// and is read once, and only when it is asked for: one that this program no longer reads stands in
/// nobody's way who does not need it.
public final class RecordedSettings {
  private final AccountId account;
  private final Map<String, String> documents;
  private final Map<String, Tenant> read = new ConcurrentHashMap<>();

  public RecordedSettings(AccountId account, Map<String, String> documents) {
    this.account = account;
    this.documents = Map.copyOf(documents);
  }

  /// As it was written.
  public Optional<String> document(String version) {
    return Optional.ofNullable(documents.get(version));
  }

  /// @throws IllegalArgumentException when it cannot be read any more
  public Optional<Tenant> version(String version) {
    return document(version)
        .map(document -> read.computeIfAbsent(version, _ -> tenant(version, document)));
  }

  private Tenant tenant(String version, String document) {
    return new Tenant(account, version, TenantDocuments.parse(account, document).document());
  }
}
