package io.mcpcrew.crew.protocol;

import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the attempts of a turn left in the log: steps with their results, and writes of which
/// nobody knows what came of them. Whoever fills it stops at the fence; the current attempt adds
/// what it does itself. Agents of one turn may work at the same time.
public final class EarlierAttempts {
  private final TurnId turn;
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, Announced> open = new HashMap<>();

  public EarlierAttempts(TurnId turn) {
    this.turn = turn;
  }

  /// Takes an entry of `crew.work`, in the order of the log; one of another turn says nothing here.
  public synchronized void hear(Work work) {
    switch (work.event()) {
      case Announced announced when announced.turn().equals(turn) ->
          open.put(announced.path(), announced);
      case Step step when step.turn().equals(turn) -> {
        steps.put(step.path(), step);
        open.remove(step.path());
      }
      default -> {}
    }
  }

  /// What came of the step at this place, if the same was asked there.
  public synchronized Optional<Step> recorded(String path, String argumentsHash) {
    return Optional.ofNullable(steps.get(path))
        .filter(step -> step.argumentsHash().equals(argumentsHash));
  }

  /// What came of the step at this place, if that is known.
  synchronized @Nullable Step known(String path) {
    return steps.get(path);
  }

  /// The write at this place of which nobody knows what came of it.
  synchronized Optional<Announced> open(String path) {
    return Optional.ofNullable(open.get(path));
  }

  public synchronized boolean hasOpen() {
    return !open.isEmpty();
  }
}
