package io.mcpcrew.schemas;

/// Every name that a tenant has outside the log, made in this one place. No account's name is ever
/// another's or the beginning of another's: each ends the account with a character that an account
/// cannot contain.
///
/// A name is the first fence, not the only one: whatever is stored under it also carries
/// `account_id`, and whatever is read filters by it.
public record TenantNames(AccountId account) {

  /// The MongoDB database; the separator keeps `loja` out of `loja-norte`.
  public String mongoDatabase() {
    return "crew_" + account.value() + "_";
  }

  /// The Qdrant collection of one kind of knowledge: `{account_id}_{type}`.
  public String qdrantCollection(KnowledgeType type) {
    return account.value() + "_" + type.value();
  }

  /// A Redis key: `account:thing`.
  public String redisKey(String thing) {
    return redisPrefix() + thing;
  }

  public String redisPrefix() {
    return account.value() + ":";
  }

  /// A key of a compacted topic: `account/thing`.
  public String topicKey(String thing) {
    return account.value() + "/" + thing;
  }

  /// A file of the account below a folder that all accounts share.
  public String file(String extension) {
    return account.value() + "." + extension;
  }

  /// The value of the tag `tenant_id` of metrics, and of the log field of that name.
  public String metricTag() {
    return account.value();
  }
}
