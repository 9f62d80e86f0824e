package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.replies`: a reply that may be posted, once.
///
/// @param choices what the customer may answer with, in the order shown
/// @param team whom the conversation goes to, by the channel's name; null for nobody in particular
/// @param language the customer's; empty where it is not known
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
    Instant expiresAt,
    List<Content> choices,
    @Nullable String team,
    String language) {

  /// Ends the key of a line that only says what is being done.
  public static final String HOLDING = "/holding";

  public ReleasedReply {
    parts = List.copyOf(parts);
    choices = List.copyOf(choices);
  }

  /// Without choices, for nobody in particular, in a language that is not known.
  public ReleasedReply(
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
    this(
        turn,
        attempt,
        replyKey,
        kind,
        parts,
        note,
        channel,
        inbox,
        replyTo,
        releasedAt,
        expiresAt,
        List.of(),
        null,
        "");
  }

  /// The same, with what the customer may answer.
  public ReleasedReply offering(List<Content> answers) {
    return new ReleasedReply(
        turn,
        attempt,
        replyKey,
        kind,
        parts,
        note,
        channel,
        inbox,
        replyTo,
        releasedAt,
        expiresAt,
        answers,
        team,
        language);
  }

  /// The same, for a team and in the customer's language.
  public ReleasedReply addressed(@Nullable String toTeam, String inLanguage) {
    return new ReleasedReply(
        turn,
        attempt,
        replyKey,
        kind,
        parts,
        note,
        channel,
        inbox,
        replyTo,
        releasedAt,
        expiresAt,
        choices,
        toTeam,
        inLanguage);
  }

  /// It answers nothing, and is of no use later.
  public boolean isHolding() {
    return replyKey.endsWith(HOLDING);
  }
}
