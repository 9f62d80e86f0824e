package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Task;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A finder that always says something: what another fails at is `unknown`, for the concierge. A
/// turn is often opened because of another conversation's record, which must not fail with it.
public final class UnfailingFinder implements IntentFinder {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnfailingFinder.class);

  private final IntentFinder finder;
  private final String concierge;

  public UnfailingFinder(IntentFinder finder, Lexicon lexicon) {
    this.finder = finder;
    this.concierge = lexicon.concierge();
  }

  @Override
  public Found find(List<String> messages, Tenant tenant, Instant now) {
    try {
      return finder.find(messages, tenant, now);
    } catch (RuntimeException | StackOverflowError e) {
      LOGGER
          .atError()
          .addKeyValue("tenant_id", tenant.account())
          .setCause(e)
          .log("the finder failed; its turn goes to the concierge");
      String language = tenant.document().language();
      var unknown = new Intent("unknown", 0, "none", "the finder failed", language);
      return new Found(List.of(new Task(unknown, List.of(), concierge)));
    }
  }

  @Override
  public String revision() {
    return finder.revision();
  }
}
