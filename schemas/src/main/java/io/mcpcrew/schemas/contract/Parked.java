package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Bytes;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `<topic>.parked`: a record that cannot be processed, whole, with its cause. A command puts it
/// back.
public record Parked(
    LogPosition origin,
    String service,
    String kind,
    String cause,
    @Nullable Bytes key,
    @Nullable Bytes value,
    Map<String, Bytes> headers,
    Instant parkedAt) {

  public Parked {
    headers = Map.copyOf(headers);
  }
}
