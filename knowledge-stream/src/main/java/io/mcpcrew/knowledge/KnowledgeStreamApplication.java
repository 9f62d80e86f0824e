package io.mcpcrew.knowledge;

import io.mcpcrew.runtime.host.ServiceHost;

/// Runs knowledge-stream alone.
public final class KnowledgeStreamApplication {
  private KnowledgeStreamApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, KnowledgeStreamConfiguration.class);
  }
}
