package io.mcpcrew.runtime.telemetry;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.MDC;

/// The fields that every log line of some work carries, for as long as the block runs: `tenant_id,
/// conversation_id, turn_id, request_id, trace_id`.
public final class LogFields implements AutoCloseable {
  private final List<MDC.MDCCloseable> open = new ArrayList<>();

  private LogFields() {}

  public static LogFields of(AccountId account) {
    return new LogFields().with("tenant_id", account.value());
  }

  public static LogFields of(ConversationKey conversation) {
    return of(conversation.account()).with("conversation_id", conversation.conversation());
  }

  public static LogFields of(TurnId turn) {
    return of(turn.conversation()).with("turn_id", turn.toString());
  }

  public LogFields request(String id) {
    return with("request_id", id);
  }

  public LogFields trace(Span span) {
    return with("trace_id", span.getSpanContext().getTraceId());
  }

  private LogFields with(String key, String value) {
    open.add(MDC.putCloseable(key, value));
    return this;
  }

  @Override
  public void close() {
    open.reversed().forEach(MDC.MDCCloseable::close);
  }
}
