package io.mcpcrew.mcp.shell;

import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports on the stream of the very call.
///
/// @param progressToken null when the client did not ask for progress
record SessionReporter(McpSyncServerExchange exchange, @Nullable Object progressToken)
    implements Reporter {
  private static final Logger LOGGER = LoggerFactory.getLogger(SessionReporter.class);

  @Override
  public void progress(double done, double total) {
    Object token = progressToken;
    if (token != null) {
      told(() ->
          exchange.progressNotification(
              McpSchema.ProgressNotification.builder(token, done).total(total).build()));
    }
  }

  @Override
  public void log(String line) {
    told(() ->
        exchange.loggingNotification(
            McpSchema.LoggingMessageNotification.builder(McpSchema.LoggingLevel.INFO, line)
                .build()));
  }

  /// A client that went away must not make a tool fail that may have written already.
  private static void told(Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      LOGGER.atDebug().setCause(e).log("a client could not be told how far its call is");
    }
  }
}
