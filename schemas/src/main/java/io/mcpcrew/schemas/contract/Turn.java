package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.turns`: a unit of work, complete in itself.
///
/// @param approvals what may be written although the autonomy says that a person is asked first
/// @param earlier how many turns the conversation had before it
public record Turn(
    TurnId turn,
    int attempt,
    List<Line> messages,
    List<Attachment> attachments,
    List<Line> history,
    List<Task> tasks,
    List<Slot> memory,
    String channel,
    String inbox,
    String language,
    Autonomy autonomy,
    String settingsVersion,
    long replyTo,
    @Nullable String contact,
    Instant openedAt,
    Instant deadline,
    @Nullable JournalRange journal,
    List<Approval> approvals,
    long earlier) {

  public Turn {
    messages = List.copyOf(messages);
    attachments = List.copyOf(attachments);
    history = List.copyOf(history);
    tasks = List.copyOf(tasks);
    memory = List.copyOf(memory);
    approvals = List.copyOf(approvals);
  }

  /// One for which nobody was asked for anything yet, in a conversation that began with turn 1.
  public Turn(
      TurnId turn,
      int attempt,
      List<Line> messages,
      List<Attachment> attachments,
      List<Line> history,
      List<Task> tasks,
      List<Slot> memory,
      String channel,
      String inbox,
      String language,
      Autonomy autonomy,
      String settingsVersion,
      long replyTo,
      @Nullable String contact,
      Instant openedAt,
      Instant deadline,
      @Nullable JournalRange journal) {
    this(
        turn,
        attempt,
        messages,
        attachments,
        history,
        tasks,
        memory,
        channel,
        inbox,
        language,
        autonomy,
        settingsVersion,
        replyTo,
        contact,
        openedAt,
        deadline,
        journal,
        List.of(),
        turn.number() - 1);
  }

  /// Whether a person has approved this write, with these arguments.
  public boolean isApproved(String path, String argumentsHash) {
    return approvals.stream()
        .anyMatch(a -> a.path().equals(path) && a.argumentsHash().equals(argumentsHash));
  }
}
