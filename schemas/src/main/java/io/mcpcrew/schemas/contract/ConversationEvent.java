package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.messages`: what a customer, a human agent or a system did. At least once, with a
/// deterministic id.
///
/// @param person the channel's id of the company's person who wrote it; null for everybody else
public record ConversationEvent(
    String eventId,
    ConversationKey conversation,
    EventKind kind,
    String channelEvent,
    Author author,
    @Nullable Long messageNumber,
    @Nullable Content text,
    List<Attachment> attachments,
    @Nullable String replyKey,
    String channel,
    String inbox,
    @Nullable ConversationFacts facts,
    Instant writtenAt,
    Instant receivedAt,
    String deliveredBy,
    @Nullable String person) {

  public ConversationEvent {
    attachments = List.copyOf(attachments);
  }

  /// One of which it is not told which person of the company wrote it.
  public ConversationEvent(
      String eventId,
      ConversationKey conversation,
      EventKind kind,
      String channelEvent,
      Author author,
      @Nullable Long messageNumber,
      @Nullable Content text,
      List<Attachment> attachments,
      @Nullable String replyKey,
      String channel,
      String inbox,
      @Nullable ConversationFacts facts,
      Instant writtenAt,
      Instant receivedAt,
      String deliveredBy) {
    this(
        eventId,
        conversation,
        kind,
        channelEvent,
        author,
        messageNumber,
        text,
        attachments,
        replyKey,
        channel,
        inbox,
        facts,
        writtenAt,
        receivedAt,
        deliveredBy,
        null);
  }
}
