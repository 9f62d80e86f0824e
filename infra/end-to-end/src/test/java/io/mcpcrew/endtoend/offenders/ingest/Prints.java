package io.mcpcrew.endtoend.offenders.ingest;

/// Breaks: services log and never print.
final class Prints {
  void hello() {
    System.out.println("hello");
  }
}
