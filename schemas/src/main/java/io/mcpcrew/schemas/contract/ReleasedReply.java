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

  public ReleasedReply {
    parts = List.copyOf(parts);
  }
}
