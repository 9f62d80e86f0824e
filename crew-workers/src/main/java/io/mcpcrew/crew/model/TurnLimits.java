package io.mcpcrew.crew.model;

import java.time.Duration;
import java.util.Optional;

/// What the agents of one turn may use.
public record TurnLimits(int steps, int tokens, long costMicros, Duration time) {

  /// What they have used.
  public record Used(int steps, int tokens, long costMicros) {
    public static final Used NOTHING = new Used(0, 0, 0);

    public Used and(Used more) {
      return new Used(
          steps + more.steps, tokens + more.tokens, Math.addExact(costMicros, more.costMicros));
    }
  }

  /// The smaller of each.
  public TurnLimits within(TurnLimits other) {
    return new TurnLimits(
        Math.min(steps, other.steps),
        Math.min(tokens, other.tokens),
        Math.min(costMicros, other.costMicros),
        time.compareTo(other.time) < 0 ? time : other.time);
  }

  /// Why nothing more may be done, if so.
  public Optional<String> over(Used used, Duration passed) {
    if (used.steps() >= steps) {
      return Optional.of("the limit of %d steps in a turn is reached".formatted(steps));
    }
    if (used.tokens() >= tokens) {
      return Optional.of("the limit of %d tokens in a turn is reached".formatted(tokens));
    }
    if (used.costMicros() > 0 && used.costMicros() >= costMicros) {
      return Optional.of("the budget of the turn is used up");
    }
    return passed.compareTo(time) >= 0
        ? Optional.of("the time of the turn's agents is over")
        : Optional.empty();
  }
}
