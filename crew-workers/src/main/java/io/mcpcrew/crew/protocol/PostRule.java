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

  /// How long a predecessor that vanished may still be heard of, after its session is over: with
  /// that session it is the longest that a channel works on a request.
  public static final Duration TAKEOVER_SETTLES = Duration.ofSeconds(9);

  /// A predecessor that vanished has been silent for at least so long when its partition becomes
  /// ours: its session, less what clocks may differ. It can have begun nothing that is newer.
  private static final Duration SILENT_BEFORE = Duration.ofSeconds(4);

  /// What to do.
  public enum Next {
    POST,
    /// Our key is there: it was posted before.
    FOUND_POSTED,
    WITHHOLD,
    /// A person has written, so the customer reads nothing more of ours; the note is for that
    /// person.
    NOTE_ONLY,
    EXPIRED,
    LOOK_AGAIN
  }

  private PostRule() {}

  /// Whether a partition is still ours to post from. Who has not heard from the group for this
  /// long, because it was frozen or cut off, may have been replaced, and begins nothing.
  ///
  /// @param sinceHeard since before the last request was sent that the group answered as a member's
  public static boolean holds(Duration sinceHeard) {
    return sinceHeard.compareTo(SILENT_BEFORE) < 0;
  }

  /// How long to wait before the first look. What was released while another had the partition may
  /// be under way by that one: a request that has left a process outlives it.
  ///
  /// @param assignedAt when the partition became ours
  public static Duration waitBeforeLook(ReleasedReply reply, Instant assignedAt, Instant now) {
    boolean mayBeUnderWay = reply.releasedAt().isBefore(assignedAt.minus(SILENT_BEFORE));
    Duration left = Duration.between(now, assignedAt.plus(TAKEOVER_SETTLES));
    return mayBeUnderWay && left.isPositive() ? left : Duration.ZERO;
  }

  /// @param sinceLook how long ago the look began
  public static Next next(ReleasedReply reply, Look look, Duration sinceLook, Instant now) {
    if (look.ours().isPresent()) {
      return Next.FOUND_POSTED;
    }
    if (!now.isBefore(reply.expiresAt())) {
      return Next.EXPIRED;
    }
    if (look.humanSpoke() && !reply.kind().isForPeople()) {
      return reply.kind() == ReplyKind.HANDOVER ? Next.NOTE_ONLY : Next.WITHHOLD;
    }
    return sinceLook.compareTo(LOOK_HOLDS) > 0 ? Next.LOOK_AGAIN : Next.POST;
  }
}
