package io.mcpcrew.crew.protocol;

import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Duration;
import java.time.Instant;

/// What may be done about a released reply, by what a look at the channel showed. A channel knows
/// no keys, so whoever posts looks first, and posts soon after or looks again.
public final class PostRule {
  /// A look tells about the moment at which it began. Who was held up since must look again.
  public static final Duration LOOK_HOLDS = Duration.ofSeconds(2);

  /// What to do.
  public enum Next {
    POST,
    /// Our key is there: it was posted before.
    FOUND_POSTED,
    WITHHOLD,
    EXPIRED,
    LOOK_AGAIN
  }

  private PostRule() {}

  /// @param sinceLook how long ago the look began
  public static Next next(ReleasedReply reply, Look look, Duration sinceLook, Instant now) {
    if (look.ours().isPresent()) {
      return Next.FOUND_POSTED;
    }
    if (!now.isBefore(reply.expiresAt())) {
      return Next.EXPIRED;
    }
    if (look.humanWrote() && reply.kind() == ReplyKind.REPLY) {
      return Next.WITHHOLD;
    }
    return sinceLook.compareTo(LOOK_HOLDS) > 0 ? Next.LOOK_AGAIN : Next.POST;
  }
}
