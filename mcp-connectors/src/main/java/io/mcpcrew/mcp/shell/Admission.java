package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.audit.AuditTrail;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may call, keeps the limits of each account, and turns every failure into an answer.
///
/// Guaranteed: a tool's function runs only for the account that the caller's token carries. The
/// argument `account_id` must name that account too; whichever other account it names, known or
/// not, the answer is the same, no client is touched, and the attempt is audited.
public final class Admission {
  private static final Logger LOGGER = LoggerFactory.getLogger(Admission.class);
  private static final ToolAnswer.Refused UNKNOWN_ACCOUNT =
      new ToolAnswer.Refused("there is no such account for this caller");

  private final Function<AccountId, Optional<Tenant>> tenants;
  private final ConnectorSettings settings;
  private final AuditTrail audit;
  private final MeterRegistry meters;
  private final Backends backends;
  private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

  public Admission(
      Function<AccountId, Optional<Tenant>> tenants,
      ConnectorSettings settings,
      AuditTrail audit,
      MeterRegistry meters,
      Backends backends) {
    this.tenants = tenants;
    this.settings = settings;
    this.audit = audit;
    this.meters = meters;
    this.backends = backends;
  }

  /// Whether the caller's account has set the connector's system up.
  public boolean mayList(Grant grant, Connector connector) {
    return serving(grant, connector).isPresent();
  }

  ToolAnswer call(
      Caller caller, Connector connector, ConnectorTool tool, Map<String, Object> arguments) {
    return measured(
        caller,
        tool.name(),
        began -> {
          String target = connector.name() + "." + tool.name();
          Grant grant = caller.grant();
          if (!grant.account().value().equals(arguments.get("account_id"))) {
            audit.refused(grant, "call_tool", target, "another account was named");
            return UNKNOWN_ACCOUNT;
          }
          if (tool.effect() != EffectClass.READ && mayList(grant, connector)) {
            audit.allowed(grant, "call_tool", target);
          }
          return admitted(caller, connector, target, arguments, tool.body(), began);
        });
  }

  /// Resources and prompts change nothing and name no account: the token alone says whose they are.
  ///
  /// @param name as it was declared
  ToolAnswer read(
      Caller caller,
      Connector connector,
      String name,
      Map<String, Object> arguments,
      ConnectorTool.Body body) {
    return measured(
        caller,
        name,
        began ->
            admitted(caller, connector, connector.name() + "." + name, arguments, body, began));
  }

  private ToolAnswer measured(Caller caller, String name, LongFunction<ToolAnswer> call) {
    long began = System.nanoTime();
    ToolAnswer answer = call.apply(began);
    timers
        .computeIfAbsent(new Timed(caller.grant().account(), name, kind(answer)), this::timer)
        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    return answer;
  }

  /// Found again without sorting the tags anew at each call.
  private record Timed(AccountId account, String tool, String answer) {}

  private Timer timer(Timed what) {
    return meters.timer(
        "crew.connector.calls",
        "tenant_id",
        what.account().value(),
        "tool",
        what.tool(),
        "answer",
        what.answer());
  }

  /// As metrics and `_meta` call it.
  static String kind(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Result _ -> "result";
      case ToolAnswer.Refused _ -> "refused";
      case ToolAnswer.Unavailable _ -> "retry";
    };
  }

  private ToolAnswer admitted(
      Caller caller,
      Connector connector,
      String target,
      Map<String, Object> arguments,
      ConnectorTool.Body body,
      long began) {
    Optional<Tenant> tenant = serving(caller.grant(), connector);
    if (tenant.isEmpty()) {
      return UNKNOWN_ACCOUNT;
    }
    long ends = began + settings.deadline().toNanos();
    var call = new ToolCall(tenant.get(), new Arguments(arguments), caller.reporter(), ends);
    try {
      return inTurn(call, connector, body, target);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable(target, e);
    }
  }

  /// The caller's account, if it has set the connector's system up.
  Optional<Tenant> serving(Grant grant, Connector connector) {
    return tenants.apply(grant.account()).filter(connector::serves);
  }

  private ToolAnswer inTurn(
      ToolCall call, Connector connector, ConnectorTool.Body body, String target)
      throws InterruptedException {
    Backend backend = backends.of(call.account(), connector.name());
    return switch (backend.enter(call.tenant().version(), settings.waitForPlace())) {
      case Backend.Shut(String reason) -> new ToolAnswer.Unavailable(reason);
      case Backend.Turn turn -> {
        try (turn) {
          yield answered(call, body, turn, target);
        }
      }
    };
  }

  /// What is learnt about the system is what it did: a refusal of our own says nothing about it.
  private static ToolAnswer answered(
      ToolCall call, ConnectorTool.Body body, Backend.Turn turn, String target)
      throws InterruptedException {
    try {
      ToolAnswer answer = body.answer(call);
      if (answer instanceof ToolAnswer.Result) {
        turn.answered();
      }
      return answer;
    } catch (SystemRefusal e) {
      turn.answered();
      return refused(e);
    } catch (IllegalArgumentException | GuardedHttp.ForbiddenAddress e) {
      return refused(e);
    } catch (IOException e) {
      turn.failed();
      return unavailable(target, e);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("tool", target).setCause(e).log("a tool failed");
      return new ToolAnswer.Unavailable("the tool failed; an operator finds the cause in the log");
    }
  }

  private static ToolAnswer refused(Exception because) {
    return new ToolAnswer.Refused(String.valueOf(because.getMessage()));
  }

  private static ToolAnswer unavailable(String target, Exception cause) {
    LOGGER
        .atWarn()
        .addKeyValue("tool", target)
        .addKeyValue("cause", cause.toString())
        .log("the system behind a tool did not answer");
    return new ToolAnswer.Unavailable("the system behind this tool does not answer at the moment");
  }
}
