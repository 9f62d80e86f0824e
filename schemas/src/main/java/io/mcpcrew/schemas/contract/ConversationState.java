package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.ConversationKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation as intent-stream keeps it. Its serialised form is what a transition's hashes are
/// over.
///
/// @param sequence the number of the newest transition
/// @param turns the number of the newest turn
/// @param assigned whether a person is assigned; as old as `status`, like the next
/// @param silenced whether a label says that the agent is to be silent
/// @param personWrote when a person wrote last, while the conversation was not given back since
/// @param spoke when the agent spoke within the last hour
/// @param wrote the hash of what the last turn answered; times, how many turns in a row did
/// @param keptBack what is released when the account's pause is over
/// @param suggested the newest suggestion, while a person may have it sent
/// @param why the last turn ended as it did
/// @param begins transitions and turns are counted from here on: what was before may be of a
///   conversation that was forgotten
/// @param chosen numbers of messages whose choices the customer has answered, the newest last
public record ConversationState(
    ConversationKey conversation,
    long sequence,
    Instant now,
    Seen seen,
    List<PendingMessage> pending,
    List<Line> history,
    List<Slot> memory,
    long turns,
    String channel,
    String inbox,
    @Nullable String contact,
    ConversationStatus status,
    @Nullable Instant statusAt,
    @Nullable String traceparent,
    Phase phase,
    boolean assigned,
    boolean silenced,
    @Nullable Instant personWrote,
    List<Instant> spoke,
    @Nullable String wrote,
    int times,
    List<ReleasedReply> keptBack,
    @Nullable ReleasedReply suggested,
    @Nullable String why,
    long begins,
    List<Long> chosen) {
  public ConversationState {
    pending = List.copyOf(pending);
    history = List.copyOf(history);
    memory = List.copyOf(memory);
    spoke = List.copyOf(spoke);
    keptBack = List.copyOf(keptBack);
    chosen = List.copyOf(chosen);
  }

  /// Nothing has happened in it yet, as far as anybody remembers.
  public boolean isNew() {
    return sequence == begins;
  }

  /// How many turns there were.
  public long turnsSoFar() {
    return turns - begins;
  }
}
