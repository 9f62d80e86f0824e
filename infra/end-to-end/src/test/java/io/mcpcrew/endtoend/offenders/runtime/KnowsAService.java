package io.mcpcrew.endtoend.offenders.runtime;

/// Breaks: runtime depends on no service.
final class KnowsAService {
  int ask() {
    return io.mcpcrew.endtoend.offenders.ingest.AService.answer();
  }
}
