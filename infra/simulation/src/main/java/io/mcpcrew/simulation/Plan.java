package io.mcpcrew.simulation;

import java.util.ArrayList;
import java.util.List;

/// What a history is made of. A seed gives one; shrinking takes away from it.
///
/// @param margin how much longer the log waits than a worker writes, in milliseconds
/// @param messages that customers write, by conversation
/// @param people how many messages persons write
/// @param faults that begin at a time and last for one
/// @param hit a process at a spot
record Plan(
    long seed,
    int workers,
    int publishers,
    int places,
    long margin,
    List<Integer> messages,
    int people,
    List<Trouble> faults,
    List<Hit> hit) {

  /// Until when troubles begin, in milliseconds.
  static final long HORIZON = 60_000;

  /// What the clocks of brokers and workers may differ by while a lease lasts.
  static final long LEAST_MARGIN = 600;

  record Trouble(Fault fault, long at, long lasts) {}

  /// What troubles have in common: those of one kind make each other worse.
  private record Theme(List<Fault> faults, List<Spot> spots) {
    static final List<Theme> ALL =
        List.of(
            new Theme(List.of(Fault.values()), List.of(Spot.values())),
            // Leases.
            new Theme(
                List.of(
                    Fault.WORKER_FREEZES,
                    Fault.WORKER_IS_SUSPENDED,
                    Fault.WORKER_CRASHES,
                    Fault.LOG_IS_AWAY,
                    Fault.ACKNOWLEDGEMENTS_ARE_LOST,
                    Fault.NETWORK_IS_SLOW,
                    Fault.LEADER_CHANGES,
                    Fault.TOOLS_ARE_SLOW),
                List.of(
                    Spot.AFTER_THE_CLAIM,
                    Spot.AFTER_A_SIGN_IS_SENT,
                    Spot.AFTER_THE_ANNOUNCEMENT,
                    Spot.BEFORE_THE_CALL_LEAVES,
                    Spot.WHILE_THE_CALL_IS_UNDER_WAY)),
            // A log that stumbles: what is said comes late, and so does what is known of it.
            new Theme(
                List.of(
                    Fault.LOG_IS_AWAY,
                    Fault.ACKNOWLEDGEMENTS_ARE_LOST,
                    Fault.ACKNOWLEDGEMENTS_ARE_LOST),
                List.of(Spot.AFTER_A_SIGN_IS_SENT, Spot.AFTER_THE_ANNOUNCEMENT)),
            // Posts.
            new Theme(
                List.of(
                    Fault.PUBLISHER_CRASHES,
                    Fault.PUBLISHER_FREEZES,
                    Fault.PUBLISHER_JOINS_AGAIN,
                    Fault.CHANNEL_IS_SLOW,
                    Fault.CHANNEL_IS_AWAY,
                    Fault.PERSONS_WRITE_AT_THE_WORST_MOMENT),
                List.of(
                    Spot.BEFORE_THE_LOOK,
                    Spot.AFTER_THE_LOOK,
                    Spot.BEFORE_THE_POST_LEAVES,
                    Spot.WHILE_THE_POST_IS_UNDER_WAY,
                    Spot.AFTER_THE_POST)),
            // Two publishers at one reply: one was held up, and the other's post takes its time.
            new Theme(
                List.of(Fault.PUBLISHER_FREEZES, Fault.CHANNEL_IS_SLOW, Fault.CHANNEL_IS_SLOW),
                List.of(Spot.BEFORE_THE_LOOK, Spot.AFTER_THE_LOOK)));
  }

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
    long margin = dice.chance(0.5) ? LEAST_MARGIN : 2_000;
    List<Integer> messages = new ArrayList<>();
    int conversations = 1 + dice.upTo(3);
    for (int i = 0; i < conversations; i++) {
      messages.add(1 + dice.upTo(3));
    }
    int people = dice.chance(0.4) ? 1 + dice.upTo(2) : 0;
    Theme theme = dice.pick(Theme.ALL);
    List<Trouble> faults = new ArrayList<>();
    int troubles = dice.chance(0.1) ? 0 : dice.upTo(5);
    for (int i = 0; i < troubles; i++) {
      Fault fault = dice.pick(theme.faults());
      faults.add(new Trouble(fault, dice.between(0, HORIZON / 3), lasts(fault, dice)));
    }
    List<Hit> hits = new ArrayList<>();
    int spots = dice.chance(0.3) ? 0 : 1 + dice.upTo(2);
    for (int i = 0; i < spots; i++) {
      Blow blow = dice.pick(List.of(Blow.values()));
      hits.add(new Hit(dice.pick(theme.spots()), 1 + dice.upTo(4), blow, lasts(dice)));
    }
    return new Plan(seed, workers, publishers, places, margin, messages, people, faults, hits);
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

  /// Whether customers come back after everything was forgotten, with old news among the new.
  boolean comesBack() {
    return later().chance(0.12);
  }

  /// What is thrown for the time after that, so that nothing before it depends on it.
  Dice later() {
    return new Dice(seed * 31 + 7);
  }

  /// Workers that are away until everything was forgotten, and then say what they had to say, or
  /// take the turns that they find.
  List<Trouble> outlast() {
    Dice dice = later();
    if (!dice.chance(0.12) || faults.isEmpty() || !dice.chance(0.4)) {
      return List.of();
    }
    Fault fault =
        dice.pick(List.of(Fault.WORKER_FREEZES, Fault.WORKER_IS_SUSPENDED, Fault.WORKER_CRASHES));
    long lasts = World.FORGET_AFTER.toMillis() + dice.between(0, 3_600_000);
    return List.of(new Trouble(fault, dice.between(0, HORIZON / 3), lasts));
  }

  /// Whether the account wants persons asked before anything is written.
  boolean asksFirst() {
    return Math.floorMod(seed, 5) == 2;
  }

  /// Whether who comes back tells that who was there before is gone.
  boolean keepsNames() {
    return Math.floorMod(seed, 3) != 0;
  }

  boolean isUntroubled() {
    return faults.isEmpty() && hit.isEmpty() && people == 0;
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
    return new Plan(seed, workers, publishers, places, margin, messages, people, fewer, hit);
  }

  Plan withHits(List<Hit> fewer) {
    return new Plan(seed, workers, publishers, places, margin, messages, people, faults, fewer);
  }

  Plan withMessages(List<Integer> fewer) {
    return new Plan(
        seed, workers, publishers, places, margin, List.copyOf(fewer), people, faults, hit);
  }

  Plan withPeople(int fewer) {
    return new Plan(seed, workers, publishers, places, margin, messages, fewer, faults, hit);
  }

  Plan withWorkers(int fewer) {
    return new Plan(seed, fewer, publishers, places, margin, messages, people, faults, hit);
  }

  Plan withPublishers(int fewer) {
    return new Plan(seed, workers, fewer, places, margin, messages, people, faults, hit);
  }
}
