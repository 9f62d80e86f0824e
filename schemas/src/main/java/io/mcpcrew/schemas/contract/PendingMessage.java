package io.mcpcrew.schemas.contract;

import java.util.List;

/// A customer's message that no turn has taken yet.
public record PendingMessage(long number, Line line, List<Attachment> attachments) {
  public PendingMessage {
    attachments = List.copyOf(attachments);
  }
}
