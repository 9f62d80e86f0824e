package io.mcpcrew.endtoend.offenders.ingest;

/// What others must not know.
public final class AService {
  private AService() {}

  public static int answer() {
    return 42;
  }
}
