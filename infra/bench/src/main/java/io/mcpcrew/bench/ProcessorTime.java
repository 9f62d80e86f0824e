package io.mcpcrew.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// What this process and those it has started have used of the processors.
final class ProcessorTime {
  private ProcessorTime() {}

  static long nanos() {
    ProcessHandle here = ProcessHandle.current();
    return Stream.concat(Stream.of(here), here.descendants())
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToLong(Duration::toNanos)
        .sum();
  }
}
