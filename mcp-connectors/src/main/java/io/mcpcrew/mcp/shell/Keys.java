package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The keys of the last calls of each account, as far as this process has seen them, for systems
/// that keep no keys. Where a tool can leave its key in what it writes, it does so, and this closes
/// the gap between looking and writing. For values that are set, this is all there is: such a call
/// changes nothing when it is repeated, and after a restart it is a new one.
public final class Keys {
  private static final int PER_ACCOUNT = 10_000;

  private final Map<AccountId, Map<String, Use>> used = new ConcurrentHashMap<>();

  /// One key's use. Calls with the same key wait for each other.
  private static final class Use {
    private final String wanted;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean done;

    Use(String wanted) {
      this.wanted = wanted;
    }
  }

  private static final class Latest extends LinkedHashMap<String, Use> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
      return size() > PER_ACCOUNT;
    }
  }

  /// @param again what a call does whose key has had its effect
  /// @throws IllegalArgumentException when the key was used for something else
  public ToolAnswer once(
      ToolCall call, String tool, ConnectorTool.Body act, ConnectorTool.Body again)
      throws IOException, InterruptedException {
    Use use = use(call, tool + " " + call.arguments().fingerprint());
    if (!use.turn.tryLock(call.left().toMillis(), TimeUnit.MILLISECONDS)) {
      return new ToolAnswer.Unavailable("a call with the same key is still under way");
    }
    try {
      ToolAnswer answer = use.done ? again.answer(call) : act.answer(call);
      use.done = use.done || answer instanceof ToolAnswer.Result;
      return answer;
    } catch (IllegalArgumentException refused) {
      forget(call, use);
      throw refused;
    } finally {
      use.turn.unlock();
    }
  }

  public static IllegalArgumentException usedOtherwise() {
    return new IllegalArgumentException(
        "this idempotency_key was used with other arguments; a new effect needs a new key");
  }

  private static String key(ToolCall call) {
    return call.arguments().text("idempotency_key");
  }

  private Use use(ToolCall call, String wanted) {
    Map<String, Use> latest = used.computeIfAbsent(call.account(), _ -> new Latest());
    synchronized (latest) {
      Use use = latest.computeIfAbsent(key(call), _ -> new Use(wanted));
      if (!use.wanted.equals(wanted)) {
        throw usedOtherwise();
      }
      return use;
    }
  }

  /// A call that was refused has done nothing, and may be made with better arguments.
  private void forget(ToolCall call, Use use) {
    Map<String, Use> latest = used.computeIfAbsent(call.account(), _ -> new Latest());
    synchronized (latest) {
      if (!use.done) {
        latest.remove(key(call), use);
      }
    }
  }
}
