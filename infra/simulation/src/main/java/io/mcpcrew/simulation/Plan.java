package io.mcpcrew.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// What a history is made of. A seed gives one; shrinking takes away from it.
///
/// @param messages that customers write, by conversation
/// @param people how many messages persons write
/// @param faults that begin at a time and last for one
/// @param hit a process at a spot
record Plan(
    long seed,
    int workers,
    int publishers,
    int places,
    List<Integer> messages,
    int people,
    List<Trouble> faults,
    List<Hit> hit) {

  /// Until when troubles begin, in milliseconds.
  static final long HORIZON = 60_000;

  record Trouble(Fault fault, long at, long lasts) {}

  /// What happens to a process at a spot, and for how long.
  enum Blow {
    CRASHES,
    FREEZES,
    IS_SUSPENDED,
    JOINS_ITS_GROUP_AGAIN
  }

  /// @param nth time that a process comes to the spot
  record Hit(Spot spot, int nth, Blow blow, long lasts) {}

  static Plan of(long seed) {
    var dice = new Dice(seed);
    int workers = 1 + dice.upTo(3);
    int publishers = 1 + dice.upTo(2);
    int places = 1 + dice.upTo(3);
    List<Integer> messages = new ArrayList<>();
    int conversations = 1 + dice.upTo(3);
    for (int i = 0; i < conversations; i++) {
      messages.add(1 + dice.upTo(3));
    }
    int people = dice.chance(0.4) ? 1 + dice.upTo(2) : 0;
    List<Trouble> faults = new ArrayList<>();
    int troubles = dice.chance(0.1) ? 0 : dice.upTo(5);
    var all = List.copyOf(EnumSet.allOf(Fault.class));
    for (int i = 0; i < troubles; i++) {
      Fault fault = dice.pick(all);
      faults.add(new Trouble(fault, dice.between(0, HORIZON / 3), lasts(fault, dice)));
    }
    List<Hit> hits = new ArrayList<>();
    int spots = dice.chance(0.3) ? 0 : 1 + dice.upTo(2);
    var blows = List.copyOf(EnumSet.allOf(Blow.class));
    var everywhere = List.copyOf(EnumSet.allOf(Spot.class));
    for (int i = 0; i < spots; i++) {
      hits.add(new Hit(dice.pick(everywhere), 1 + dice.upTo(4), dice.pick(blows), lasts(dice)));
    }
    return new Plan(seed, workers, publishers, places, messages, people, faults, hits);
  }

  private static long lasts(Dice dice) {
    return dice.chance(0.5) ? dice.between(500, 20_000) : dice.mostlyLittle(50, 90_000);
  }

  private static long lasts(Fault fault, Dice dice) {
    return switch (fault) {
      case INTENT_IS_AWAY -> dice.between(60_000, 3_600_000);
      case CHANNEL_IS_AWAY, TOOLS_ARE_AWAY -> dice.mostlyLittle(500, 900_000);
      case WORKER_FREEZES, WORKER_IS_SUSPENDED, PUBLISHER_FREEZES ->
          dice.mostlyLittle(100, 120_000);
      default -> dice.mostlyLittle(500, 30_000);
    };
  }

  boolean isUntroubled() {
    return faults.isEmpty() && hit.isEmpty() && people == 0;
  }

  boolean has(Fault fault) {
    return faults.stream().anyMatch(trouble -> trouble.fault() == fault);
  }

  String inWords() {
    var words = new StringBuilder();
    words.append(
        "%d workers, %d publishers, %d places, customers write %s, persons write %d%n"
            .formatted(workers, publishers, places, messages, people));
    for (Trouble t : faults) {
      words.append("  at %6d ms for %7d ms: %s%n".formatted(t.at(), t.lasts(), t.fault()));
    }
    for (Hit h : hit) {
      words.append(
          "  %s, time %d: %s for %d ms%n".formatted(h.spot(), h.nth(), h.blow(), h.lasts()));
    }
    return words.toString();
  }

  Plan withFaults(List<Trouble> fewer) {
    return new Plan(seed, workers, publishers, places, messages, people, fewer, hit);
  }

  Plan withHits(List<Hit> fewer) {
    return new Plan(seed, workers, publishers, places, messages, people, faults, fewer);
  }

  Plan withMessages(List<Integer> fewer) {
    return new Plan(seed, workers, publishers, places, List.copyOf(fewer), people, faults, hit);
  }

  Plan withPeople(int fewer) {
    return new Plan(seed, workers, publishers, places, messages, fewer, faults, hit);
  }

  Plan withWorkers(int fewer) {
    return new Plan(seed, fewer, publishers, places, messages, people, faults, hit);
  }

  Plan withPublishers(int fewer) {
    return new Plan(seed, workers, fewer, places, messages, people, faults, hit);
  }
}
