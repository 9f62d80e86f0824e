package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import java.time.Instant;
import java.util.List;

/// Finds what a customer wants, once per turn. Pure: the same messages, settings and time give the
/// same answer.
@FunctionalInterface
public interface IntentFinder {
  /// @param now for words like tomorrow, which the tenant's time zone makes a date
  Found find(List<String> messages, Tenant tenant, Instant now);

  /// Which words and rules of the platform it finds by; recorded with every transition.
  default String revision() {
    return "";
  }
}
