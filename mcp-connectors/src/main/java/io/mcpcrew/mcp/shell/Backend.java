package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One account's system behind one connector: how it is doing, and the places for calls to it.
/// Other settings of the account may name another system, so they begin with a clean slate.
final class Backend {
  private static final Logger LOGGER = LoggerFactory.getLogger(Backend.class);

  private final AccountId account;
  private final String connector;
  private final BackendState.Rule rule;
  private final List<Places> places;
  private String version = "";
  private BackendState state = BackendState.up();

  /// @param places a call takes one of each, in this order
  Backend(AccountId account, String connector, BackendState.Rule rule, List<Places> places) {
    this.account = account;
    this.connector = connector;
    this.rule = rule;
    this.places = List.copyOf(places);
  }

  /// Whether a call may be made.
  sealed interface Entry permits Turn, Shut {}

  /// @param reason for the caller, who may try again
  record Shut(String reason) implements Entry {}

  /// The call may be made. Closing it gives its places back; what is not told of it says nothing
  /// about the system.
  final class Turn implements Entry, AutoCloseable {
    private final String version;
    private final boolean probe;
    private BackendState.Outcome outcome = BackendState.Outcome.SAYS_NOTHING;

    private Turn(String version, boolean probe) {
      this.version = version;
      this.probe = probe;
    }

    void answered() {
      outcome = BackendState.Outcome.ANSWERED;
    }

    void failed() {
      outcome = BackendState.Outcome.FAILED;
    }

    @Override
    public void close() {
      places.forEach(Places::giveBack);
      ended(this);
    }
  }

  /// @param settings the version of the account's settings that the call goes by
  /// @param patience with which it waits for its places
  Entry enter(String settings, Duration patience) throws InterruptedException {
    if (!mayBeAsked(settings)) {
      return isNotAsked();
    }
    long ends = System.nanoTime() + patience.toNanos();
    for (int taken = 0; taken < places.size(); taken++) {
      Places next = places.get(taken);
      if (!next.take(Duration.ofNanos(ends - System.nanoTime()))) {
        places.subList(0, taken).forEach(Places::giveBack);
        return new Shut(
            "%d calls of this account are running already; try again in a moment"
                .formatted(next.most()));
      }
    }
    Entry entry = begin(settings);
    if (entry instanceof Shut) {
      places.forEach(Places::giveBack);
    }
    return entry;
  }

  private synchronized boolean mayBeAsked(String settings) {
    if (!version.equals(settings)) {
      version = settings;
      state = BackendState.up();
    }
    return state.mayBeAsked(System.nanoTime());
  }

  /// Others may have found out while the call was waiting.
  private synchronized Entry begin(String settings) {
    if (!state.mayBeAsked(System.nanoTime())) {
      return isNotAsked();
    }
    boolean probe = state.isDown();
    state = state.begun();
    return new Turn(settings, probe);
  }

  private synchronized Shut isNotAsked() {
    long now = System.nanoTime();
    return new Shut(
        "this account's %s does not answer, for %d seconds now; try again in %d seconds"
            .formatted(
                connector, state.downFor(now).toSeconds(), state.retryAfter(now).toSeconds()));
  }

  private synchronized void ended(Turn turn) {
    if (!turn.version.equals(version)) {
      return;
    }
    boolean wasDown = state.isDown();
    state = state.ended(turn.outcome, turn.probe, System.nanoTime(), rule);
    if (wasDown != state.isDown()) {
      LOGGER
          .atWarn()
          .addKeyValue("connector", connector)
          .log(wasDown ? "a system answers again" : "a system does not answer any more");
    }
  }

  synchronized boolean isDown() {
    return state.isDown();
  }

  /// For people: `loja/odoo, 42 s`.
  synchronized String describe() {
    return "%s/%s, %d s"
        .formatted(account, connector, state.downFor(System.nanoTime()).toSeconds());
  }
}
