package io.mcpcrew.crew;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.work.Worker;
import java.util.List;
import java.util.function.Supplier;

/// Who there is to work: the crews as they are now, and the workers in the order in which they are
/// asked.
record Hands(Supplier<Crews> crews, List<Worker> workers) {
  Hands {
    workers = List.copyOf(workers);
  }
}
