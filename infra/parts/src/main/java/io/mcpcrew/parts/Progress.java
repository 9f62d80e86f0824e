package io.mcpcrew.parts;

import java.time.Duration;

/// Hears how the start goes, a call per part and step, from several threads at once.
public interface Progress {

  void starting(String part, String address);

  void ready(String part, String address, Duration took);

  /// Only for the registry, which nobody waits for; every other failure is thrown.
  void failed(String part, String sentence);

  /// It ended although nobody stopped it, and is started again.
  void ended(String part, String sentence);

  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String part, String address) {}

      @Override
      public void ready(String part, String address, Duration took) {}

      @Override
      public void failed(String part, String sentence) {}

      @Override
      public void ended(String part, String sentence) {}
    };
  }
}
