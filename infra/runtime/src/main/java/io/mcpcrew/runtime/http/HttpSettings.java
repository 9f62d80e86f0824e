package io.mcpcrew.runtime.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where our calls may go, and how much they may bring back.
///
/// @param allowPrivate hosts inside private networks that may be called, by name or address; only
///   an operator can say so
/// @param connectTimeout until a connection stands
/// @param largestAnswer what is longer is cut off while it is read, and the call fails
public record HttpSettings(
    @DefaultValue List<String> allowPrivate,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("4MB") DataSize largestAnswer) {

  public HttpSettings {
    allowPrivate = List.copyOf(allowPrivate);
  }
}
