package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.replies`: a reply that may be posted, once.
public record ReleasedReply(
    TurnId turn,
    int attempt,
    String replyKey,
    ReplyKind kind,
    List<Content> parts,
    @Nullable Content note,
    String channel,
    String inbox,
    long replyTo,
    Instant releasedAt,
    Instant expiresAt) {

  /// Ends the key of a line that only says what is being done.
  public static final String HOLDING = "/holding";

  public ReleasedReply {
    parts = List.copyOf(parts);
  }

  /// It answers nothing, and is of no use later.
  public boolean isHolding() {
    return replyKey.endsWith(HOLDING);
  }
}
