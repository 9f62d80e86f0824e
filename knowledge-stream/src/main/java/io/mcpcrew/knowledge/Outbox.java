package io.mcpcrew.knowledge;

import io.mcpcrew.knowledge.memory.Decision;
import io.mcpcrew.knowledge.memory.Held;
import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.schemas.contract.Dispute;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What a decision writes, encoded and checked for size.
final class Outbox {
  private static final String SOURCE = "/mcp-crew/knowledge-stream";
  private static final String TRACEPARENT = "traceparent";
  private static final CrewSerde<KnowledgeItem> ITEMS = Topics.KNOWLEDGE.serde();
  private static final CrewSerde<Dispute> DISPUTES = Topics.DISPUTES.serde();

  /// An encoded record and where it goes.
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Letter(Topic<?> topic, String key, byte[] value, Headers headers) {}

  private Outbox() {}

  /// The closed version goes before the one that follows it: of a key the log keeps the last
  /// record, and that must be what holds.
  static List<Letter> letters(Decision decision, Headers cause) {
    return switch (decision) {
      case Decision.Opened(Held after) -> List.of(item(after.item(), Change.OPENED, cause));
      case Decision.Confirmed(Held after, boolean isAnnounced) ->
          isAnnounced ? List.of(item(after.item(), Change.CONFIRMED, cause)) : List.of();
      case Decision.Superseded(KnowledgeItem closed, Held after) ->
          List.of(item(closed, Change.SUPERSEDED, cause), item(after.item(), Change.OPENED, cause));
      case Decision.Disputed(Held _, Dispute dispute) -> List.of(dispute(dispute, cause));
      case Decision.Ignored _, Decision.Refused _ -> List.of();
    };
  }

  static Letter expired(KnowledgeItem closed) {
    return item(closed, Change.EXPIRED, new RecordHeaders());
  }

  private static Letter item(KnowledgeItem item, Change change, Headers cause) {
    String key = ItemKey.of(item).toString();
    String id = "%s#%d/%s/%d".formatted(key, item.version(), change.label(), item.confirmations());
    Headers headers = headers(id, KnowledgeItem.class, cause);
    headers.add(Change.HEADER, change.label().getBytes(StandardCharsets.US_ASCII));
    byte[] value = ITEMS.serialize(Topics.KNOWLEDGE.name(), headers, item);
    return new Letter(Topics.KNOWLEDGE, key, Objects.requireNonNull(value), headers);
  }

  private static Letter dispute(Dispute dispute, Headers cause) {
    String key = ItemKey.of(dispute.held()).toString();
    String id = key + "/disputed/" + dispute.claimed().observationId();
    Headers headers = headers(id, Dispute.class, cause);
    byte[] value = DISPUTES.serialize(Topics.DISPUTES.name(), headers, dispute);
    return new Letter(Topics.DISPUTES, key, Objects.requireNonNull(value), headers);
  }

  private static Headers headers(String id, Class<?> type, Headers cause) {
    Headers headers = CloudEvents.mark(new RecordHeaders(), id, SOURCE, type);
    Header traceparent = cause.lastHeader(TRACEPARENT);
    if (traceparent != null) {
      headers.add(TRACEPARENT, traceparent.value());
    }
    return headers;
  }
}
