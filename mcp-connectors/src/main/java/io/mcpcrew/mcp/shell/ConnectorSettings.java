package io.mcpcrew.mcp.shell;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator may set for the connectors.
///
/// @param deadline of a call, waiting for a place included
/// @param callsPerAccount at once; one account's slow system takes no place from another
/// @param callsPerBackend of an account at once to one system, so that a slow one leaves places for
///   its others
/// @param failuresUntilDown in a row, after which an account's system is left alone for a while
/// @param pauseWhenDown until one call finds out whether it is back; twice as long after each that
///   finds it is not
/// @param longestPause of these
/// @param waitForPlace how long a call waits for one before it is told to come later
/// @param largestResult what a tool may answer; more is refused with a hint to ask for less
/// @param largestRequest of a client
/// @param sessionIdle a session that was not used for this long is ended, at the latest after twice
///   this time
/// @param sessionsPerAccount open at once at one connector; the next one is refused
/// @param toolsFor how long an account's offer stands where accounts differ, before its system is
///   asked again
/// @param origins pages whose scripts may call, such as `http://localhost:*`; none unless named
@ConfigurationProperties("connectors")
public record ConnectorSettings(
    @DefaultValue("10s") Duration deadline,
    @DefaultValue("64") int callsPerAccount,
    @DefaultValue("48") int callsPerBackend,
    @DefaultValue("5") int failuresUntilDown,
    @DefaultValue("5s") Duration pauseWhenDown,
    @DefaultValue("1m") Duration longestPause,
    @DefaultValue("2s") Duration waitForPlace,
    @DefaultValue("256KB") DataSize largestResult,
    @DefaultValue("1MB") DataSize largestRequest,
    @DefaultValue("10m") Duration sessionIdle,
    @DefaultValue("100") int sessionsPerAccount,
    @DefaultValue("10m") Duration toolsFor,
    @DefaultValue List<String> origins) {

  public ConnectorSettings {
    origins = List.copyOf(origins);
    atLeastOne(callsPerAccount, "calls-per-account");
    atLeastOne(callsPerBackend, "calls-per-backend");
    atLeastOne(failuresUntilDown, "failures-until-down");
    atLeastOne(sessionsPerAccount, "sessions-per-account");
    if (!toolsFor.isPositive()) {
      throw new IllegalArgumentException("connectors.tools-for must be above zero");
    }
    if (!pauseWhenDown.isPositive() || longestPause.compareTo(pauseWhenDown) < 0) {
      throw new IllegalArgumentException(
          "connectors.pause-when-down must be above zero and not above connectors.longest-pause");
    }
  }

  private static void atLeastOne(int number, String name) {
    if (number < 1) {
      throw new IllegalArgumentException("connectors." + name + " must be at least 1");
    }
  }

  /// When an account's system counts as down.
  BackendState.Rule down() {
    return new BackendState.Rule(failuresUntilDown, pauseWhenDown, longestPause);
  }
}
