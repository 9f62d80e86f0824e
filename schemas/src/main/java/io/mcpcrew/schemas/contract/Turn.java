package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.turns`: a unit of work, complete in itself.
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
    @Nullable JournalRange journal) {

  public Turn {
    messages = List.copyOf(messages);
    attachments = List.copyOf(attachments);
    history = List.copyOf(history);
    tasks = List.copyOf(tasks);
    memory = List.copyOf(memory);
  }
}
