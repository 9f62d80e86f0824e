package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/// Counts the sessions that each account has open. Stands between the SDK's server and its
/// transport, because neither tells when a session begins or ends: the beginning is seen here, and
/// the end is a deletion, or that the transport must have swept it away by now.
///
/// Guaranteed: an account never has more sessions than it may, also when it opens many at once.
final class OpenSessions implements McpStreamableServerTransportProvider {
  /// The SDK begins a session on the thread of the very request.
  private static final ThreadLocal<Held> OPENING = new ThreadLocal<>();

  private final McpStreamableServerTransportProvider transport;
  private final int most;
  private final Duration swept;
  private final Map<AccountId, Held> accounts = new ConcurrentHashMap<>();

  /// @param idle how often the transport sweeps away what was not used since the last time
  OpenSessions(McpStreamableServerTransportProvider transport, int most, Duration idle) {
    this.transport = transport;
    this.most = most;
    this.swept = idle.multipliedBy(2);
  }

  /// A request that may open a session.
  @FunctionalInterface
  interface Opening {
    void serve() throws IOException, ServletException;
  }

  /// False, and nothing has happened, when the account has as many sessions as it may.
  boolean open(AccountId account, Opening opening) throws IOException, ServletException {
    Held held = of(account);
    if (!held.reserve(most, System.nanoTime(), swept)) {
      return false;
    }
    OPENING.set(held);
    try {
      opening.serve();
    } finally {
      OPENING.remove();
      held.release();
    }
    return true;
  }

  private Held of(AccountId account) {
    return accounts.computeIfAbsent(account, _ -> new Held());
  }

  void used(AccountId account, String id) {
    of(account).used(id, System.nanoTime());
  }

  void deleted(AccountId account, String id) {
    of(account).deleted(id);
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    transport.setSessionFactory(request -> {
      var begun = factory.startSession(request);
      OPENING.get().begun(begun.session(), System.nanoTime());
      return begun;
    });
  }

  @Override
  public Mono<Void> notifyClients(String method, Object parameters) {
    return transport.notifyClients(method, parameters);
  }

  @Override
  public Mono<Void> notifyClient(String session, String method, Object parameters) {
    return transport.notifyClient(session, method, parameters);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return transport.closeGracefully();
  }

  @Override
  public List<String> protocolVersions() {
    return transport.protocolVersions();
  }

  /// One account's sessions.
  private static final class Held {
    private final Map<String, Use> uses = new HashMap<>();
    private int opening;

    private record Use(McpStreamableServerSession session, long last) {
      boolean isOver(long now, Duration swept) {
        return now - last > swept.toNanos() && !session.hasOpenStream();
      }
    }

    synchronized boolean reserve(int most, long now, Duration swept) {
      if (uses.size() + opening >= most) {
        uses.values().removeIf(use -> use.isOver(now, swept));
      }
      if (uses.size() + opening >= most) {
        return false;
      }
      opening++;
      return true;
    }

    synchronized void release() {
      opening--;
    }

    synchronized void begun(McpStreamableServerSession session, long now) {
      uses.put(session.getId(), new Use(session, now));
    }

    synchronized void used(String id, long now) {
      uses.computeIfPresent(id, (_, use) -> new Use(use.session(), now));
    }

    synchronized void deleted(String id) {
      uses.remove(id);
    }
  }
}
