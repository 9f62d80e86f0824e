package io.mcpcrew.intent;

import io.mcpcrew.runtime.host.ServiceHost;

/// Runs intent-stream alone.
public final class IntentStreamApplication {
  private IntentStreamApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, IntentStreamConfiguration.class);
  }
}
