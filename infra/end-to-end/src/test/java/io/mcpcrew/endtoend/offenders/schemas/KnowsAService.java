package io.mcpcrew.endtoend.offenders.schemas;

/// Breaks: schemas depends on no other module.
final class KnowsAService {
  int ask() {
    return io.mcpcrew.endtoend.offenders.ingest.AService.answer();
  }
}
