package io.mcpcrew.mcp.shell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What each account is offered where accounts differ: its system is asked when the account comes
/// for the first time or with new settings, and again from time to time beside its requests.
///
/// Guaranteed: what one account's system says is offered to no other. While a system does not
/// answer, its account has what it had, or what all have.
final class AccountOffers implements AutoCloseable {
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final Connector connector;
  private final Admission admission;
  private final ConnectorSettings settings;
  private final Function<List<ConnectorTool>, Endpoints> making;
  private final Endpoints common;
  private final Cache<AccountId, Own> accounts =
      Caffeine.newBuilder()
          .expireAfterAccess(FORGOTTEN_AFTER)
          .<AccountId, Own>removalListener((_, own, _) -> Objects.requireNonNull(own).close())
          .build();

  /// @param making the endpoints of a list of tools
  AccountOffers(
      Connector connector,
      Admission admission,
      ConnectorSettings settings,
      Function<List<ConnectorTool>, Endpoints> making) {
    this.connector = connector;
    this.admission = admission;
    this.settings = settings;
    this.making = making;
    this.common = making.apply(connector.tools());
  }

  Endpoints of(Grant grant) {
    if (!connector.variesByAccount()) {
      return common;
    }
    Optional<Tenant> tenant = admission.serving(grant, connector);
    return tenant.isEmpty() ? common : of(grant, tenant.get());
  }

  private Endpoints of(Grant grant, Tenant tenant) {
    Own own = accounts.get(tenant.account(), _ -> new Own());
    if (!own.isOf(tenant.version())) {
      own.begin(grant, tenant.version());
    } else if (own.isOld()) {
      Thread.startVirtualThread(() -> own.renew(grant));
    }
    return own.endpoints();
  }

  /// One account's offer.
  private final class Own {
    private final ReentrantLock asking = new ReentrantLock();

    /// Null while the account has what all have.
    private volatile @Nullable Endpoints different;

    private volatile String version = "";
    private volatile long askAgain;

    Endpoints endpoints() {
      Endpoints own = different;
      return own == null ? common : own;
    }

    boolean isOf(String wanted) {
      return version.equals(wanted);
    }

    boolean isOld() {
      return System.nanoTime() - askAgain > 0;
    }

    /// Of several at once one asks, and all wait for it, but not for long: a call that comes with
    /// it has a deadline of its own.
    void begin(Grant grant, String wanted) {
      var asked =
          CompletableFuture.runAsync(() -> beginAlone(grant, wanted), Thread::startVirtualThread);
      try {
        asked.get(settings.waitForPlace().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException slow) {
        // The next one finds what it has told.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    private void beginAlone(Grant grant, String wanted) {
      asking.lock();
      try {
        if (!isOf(wanted)) {
          take(asked(grant).orElse(null), connector.tools());
          version = wanted;
        }
      } finally {
        asking.unlock();
      }
    }

    /// Of several at once one asks, and the others go on with what there is.
    void renew(Grant grant) {
      if (asking.tryLock()) {
        try {
          take(asked(grant).orElse(null), null);
        } finally {
          asking.unlock();
        }
      }
    }

    /// @param otherwise what is offered if the system does not say; null: what was offered
    private void take(@Nullable List<ConnectorTool> told, @Nullable List<ConnectorTool> otherwise) {
      Duration until = told != null ? settings.toolsFor() : settings.pauseWhenDown();
      askAgain = System.nanoTime() + until.toNanos();
      List<ConnectorTool> tools = told != null ? told : otherwise;
      if (tools == null
          || tools.stream().map(Offer::declared).toList().equals(endpoints().plain())) {
        return;
      }
      Endpoints before = different;
      different = making.apply(tools);
      if (before != null) {
        Thread.startVirtualThread(() -> closeWhenDone(before));
      }
    }

    void close() {
      Endpoints own = different;
      if (own != null) {
        own.close();
      }
    }
  }

  /// Calls that are under way end within the deadline.
  private void closeWhenDone(Endpoints before) {
    try {
      Thread.sleep(settings.deadline());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    before.close();
  }

  /// Empty when the system does not say.
  private Optional<List<ConnectorTool>> asked(Grant grant) {
    var tools = new AtomicReference<List<ConnectorTool>>();
    ToolAnswer answer =
        admission.read(
            new Caller(grant, Reporter.SILENT),
            connector,
            "tools",
            Map.of(),
            call -> {
              tools.set(connector.toolsOf(call));
              return new ToolAnswer.Result("", Map.of());
            });
    return answer instanceof ToolAnswer.Result ? Optional.of(tools.get()) : Optional.empty();
  }

  @Override
  public void close() {
    accounts.invalidateAll();
    accounts.cleanUp();
    common.close();
  }
}
