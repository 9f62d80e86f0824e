package io.mcpcrew.runtime.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Carries one trace from the webhook to the posted reply: read off a record's or a request's
/// headers, put on what leaves. Without a collector nothing is recorded, and the trace's id still
/// travels and stands in the logs.
public final class Telemetry implements AutoCloseable {
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Telemetry(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("io.mcpcrew");
  }

  public static Telemetry open(TelemetrySettings settings) {
    var builder = SdkTracerProvider.builder();
    String endpoint = settings.otlpEndpoint();
    if (endpoint != null) {
      var exporter = OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build();
      builder.addSpanProcessor(BatchSpanProcessor.builder(exporter).build());
    }
    return new Telemetry(builder.build());
  }

  /// Begins a span below what the headers of a record say.
  public Span continueFrom(Headers headers, String name, SpanKind kind) {
    Context parent = W3C.extract(Context.root(), headers, HeadersGetter.INSTANCE);
    return tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
  }

  /// Begins a span below what an HTTP request's `traceparent` says, or a new trace.
  public Span continueFrom(@Nullable String traceparent, String name, SpanKind kind) {
    Context parent =
        W3C.extract(Context.root(), traceparent == null ? "" : traceparent, TextGetter.INSTANCE);
    return tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
  }

  /// Puts a span on a record that is about to leave.
  public static void carry(Span span, Headers headers) {
    W3C.inject(
        Context.root().with(span),
        headers,
        (carrier, key, value) -> {
          if (carrier != null) {
            carrier.remove(key);
            carrier.add(key, value.getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  /// The `traceparent` of a span, for an HTTP request that is about to leave.
  public static String traceparent(Span span) {
    var context = span.getSpanContext();
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  @Override
  public void close() {
    provider.close();
  }

  private enum HeadersGetter implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Headers headers) {
      List<String> keys = new ArrayList<>();
      headers.forEach(header -> keys.add(header.key()));
      return keys;
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String key) {
      Header header = headers == null ? null : headers.lastHeader(key);
      return header == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }
  }

  private enum TextGetter implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals("traceparent") && carrier != null && !carrier.isEmpty() ? carrier : null;
    }
  }
}
