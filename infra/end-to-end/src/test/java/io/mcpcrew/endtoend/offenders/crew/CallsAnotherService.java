package io.mcpcrew.endtoend.offenders.crew;

/// Breaks: services meet only in the log.
final class CallsAnotherService {
  int ask() {
    return io.mcpcrew.endtoend.offenders.ingest.AService.answer();
  }
}
