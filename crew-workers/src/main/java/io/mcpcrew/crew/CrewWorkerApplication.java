package io.mcpcrew.crew;

import io.mcpcrew.runtime.host.ServiceHost;

/// Runs a worker with its publisher alone.
public final class CrewWorkerApplication {
  private CrewWorkerApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, CrewWorkerConfiguration.class);
  }
}
