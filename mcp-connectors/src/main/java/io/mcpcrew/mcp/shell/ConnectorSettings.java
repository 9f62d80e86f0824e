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
/// @param waitForPlace how long a call waits for one before it is told to come later
/// @param largestResult what a tool may answer; more is refused with a hint to ask for less
/// @param largestRequest of a client
/// @param sessionIdle a session that was not used for this long is ended, at the latest after twice
///   this time
/// @param origins pages whose scripts may call, such as `http://localhost:*`; none unless named
@ConfigurationProperties("connectors")
public record ConnectorSettings(
    @DefaultValue("10s") Duration deadline,
    @DefaultValue("64") int callsPerAccount,
    @DefaultValue("2s") Duration waitForPlace,
    @DefaultValue("256KB") DataSize largestResult,
    @DefaultValue("1MB") DataSize largestRequest,
    @DefaultValue("10m") Duration sessionIdle,
    @DefaultValue List<String> origins) {

  public ConnectorSettings {
    origins = List.copyOf(origins);
    if (callsPerAccount < 1) {
      throw new IllegalArgumentException("connectors.calls-per-account must be at least 1");
    }
  }
}
