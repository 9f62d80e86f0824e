package io.mcpcrew.ingest;

import io.mcpcrew.runtime.host.ServiceHost;

/// Runs ingest alone.
public final class IngestApplication {
  private IngestApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, IngestConfiguration.class);
  }
}
