package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;

/// Finds what a customer wants, once per turn. Pure: the same messages and settings give the same
/// answer.
@FunctionalInterface
public interface IntentFinder {
  Found find(List<String> messages, Tenant tenant);
}
