package io.mcpcrew.runtime.host;

import java.util.Map;

/// A part of the platform that can be started and stopped. Built by its module's one configuration.
public interface Service extends AutoCloseable {

  /// As it appears in health, metrics and logs: `intent-stream`.
  String name();

  /// Returns when it works, or is about to; [#health()] says when it does.
  void start();

  Health health();

  /// Finishes what it has begun, within seconds, and releases what it holds. May be called twice.
  @Override
  void close();

  /// Whether it can do its work now, and what a person should know about that.
  record Health(boolean isReady, Map<String, String> details) {
    public static Health working() {
      return new Health(true, Map.of());
    }

    public static Health working(Map<String, String> details) {
      return new Health(true, details);
    }

    public static Health notReady(String because) {
      return new Health(false, Map.of("because", because));
    }
  }
}
