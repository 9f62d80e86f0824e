package io.mcpcrew.simulation;

import java.util.PriorityQueue;

/// The only clock that is right, in milliseconds, and what will happen when.
final class Scheduler {
  private record Event(long time, long order, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long order;
  private long now;
  private int happened;

  long now() {
    return now;
  }

  int happened() {
    return happened;
  }

  void at(long time, Runnable run) {
    events.add(new Event(Math.max(time, now), order++, run));
  }

  void after(long delay, Runnable run) {
    at(now + delay, run);
  }

  /// Until nothing more happens. False when that takes more events than it should.
  boolean run(int most) {
    while (!events.isEmpty()) {
      if (happened++ > most) {
        return false;
      }
      Event next = events.poll();
      now = next.time();
      next.run().run();
    }
    return true;
  }
}
