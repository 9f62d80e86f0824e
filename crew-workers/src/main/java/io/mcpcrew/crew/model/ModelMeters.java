package io.mcpcrew.crew.model;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TenantNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is measured of models, by account. So that a thousand accounts are not ten thousand series,
/// only the first 200 that a worker meets have series of their own.
final class ModelMeters {
  private static final int MOST_ACCOUNTS = 200;

  private final MeterRegistry meters;
  private final Set<AccountId> own = ConcurrentHashMap.newKeySet();

  ModelMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void called(AccountId account, String model, String outcome) {
    meters
        .counter("crew.model.calls", "tenant_id", tag(account), "model", model, "outcome", outcome)
        .increment();
  }

  void spent(AccountId account, ModelAnswer answer, long costMicros) {
    String tenant = tag(account);
    String model = answer.model();
    meters
        .counter("crew.model.tokens", "tenant_id", tenant, "model", model, "direction", "in")
        .increment(answer.tokensIn());
    meters
        .counter("crew.model.tokens", "tenant_id", tenant, "model", model, "direction", "out")
        .increment(answer.tokensOut());
    meters
        .counter("crew.model.cost", "tenant_id", tenant, "model", model)
        .increment(costMicros / 1e6);
  }

  private String tag(AccountId account) {
    if (own.contains(account) || (own.size() < MOST_ACCOUNTS && own.add(account))) {
      return new TenantNames(account).metricTag();
    }
    return "other";
  }
}
