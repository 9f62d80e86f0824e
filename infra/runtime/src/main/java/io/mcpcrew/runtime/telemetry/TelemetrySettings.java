package io.mcpcrew.runtime.telemetry;

import org.jspecify.annotations.Nullable;

/// Where traces go.
///
/// @param otlpEndpoint a collector's gRPC address, such as `http://localhost:4317`; traces are
///   still carried from hop to hop without one
public record TelemetrySettings(@Nullable String otlpEndpoint) {}
