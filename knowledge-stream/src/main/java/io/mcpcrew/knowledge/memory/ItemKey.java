package io.mcpcrew.knowledge.memory;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.Observation;
import org.jspecify.annotations.Nullable;

/// What knowledge is about, written `account/TYPE/key` and, when it is about one contact,
/// `account/TYPE/key/subject`.
///
/// A `/` inside a key or a subject is written `%2F` (and `%` as `%25`), so that a product code such
/// as `E-COM07/2` is never taken for what product `E-COM07` means to contact `2`.
public record ItemKey(AccountId account, KnowledgeType type, String key, @Nullable String subject) {

  public static ItemKey of(Observation observation) {
    return new ItemKey(
        observation.account(), observation.type(), observation.key(), observation.subject());
  }

  public static ItemKey of(KnowledgeItem item) {
    return new ItemKey(item.account(), item.type(), item.key(), item.subject());
  }

  @Override
  public String toString() {
    String thing = type.value() + "/" + escaped(key);
    return new TenantNames(account)
        .topicKey(subject == null ? thing : thing + "/" + escaped(subject));
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("/", "%2F");
  }
}
