package io.mcpcrew.ingest.timeline;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TenantNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Timelines in MongoDB: a database for each account, and the account in each document and each
/// question besides.
final class TimelineStore {
  private static final String COLLECTION = "timeline";
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 200;

  private final MongoClient mongo;
  private final Set<AccountId> indexed = ConcurrentHashMap.newKeySet();

  TimelineStore(MongoClient mongo) {
    this.mongo = mongo;
  }

  /// Writes lines; those that are there already are written over with the same.
  void write(List<TimelineLine> lines) {
    Map<AccountId, List<WriteModel<Document>>> byAccount = new HashMap<>();
    for (TimelineLine line : lines) {
      byAccount
          .computeIfAbsent(line.conversation().account(), _ -> new ArrayList<>())
          .add(
              new ReplaceOneModel<>(
                  Filters.eq("_id", line.id()), document(line), new ReplaceOptions().upsert(true)));
    }
    byAccount.forEach(
        (account, writes) -> Mono.from(collection(account).bulkWrite(writes)).block(DEADLINE));
  }

  /// The turn whose reply is this message, or that this message became part of; empty when there is
  /// none, or none of this account.
  Optional<String> turnOfMessage(ConversationKey conversation, long message) {
    List<TimelineLine> about =
        read(conversation, Filters.and(of(conversation), Filters.eq("message", message)));
    Optional<String> replied =
        about.stream().map(TimelineLine::turn).filter(Objects::nonNull).findFirst();
    return replied.isPresent() || about.isEmpty()
        ? replied
        : openedAfter(conversation, about.getFirst().at());
  }

  private Optional<String> openedAfter(ConversationKey conversation, Instant at) {
    Bson filter =
        Filters.and(
            of(conversation),
            Filters.exists("turn"),
            Filters.eq("stage", "gather"),
            Filters.gte("at", Date.from(at)));
    var first =
        collection(conversation.account()).find(filter).sort(Sorts.ascending("at", "_id")).first();
    return Optional.ofNullable(Mono.from(first).block(DEADLINE)).map(d -> d.getString("turn"));
  }

  /// What was received before a turn of the conversation was opened, and after the one before it.
  List<TimelineLine> receivedFor(ConversationKey conversation, List<TimelineLine> ofTurn) {
    if (ofTurn.isEmpty()) {
      return List.of();
    }
    Bson before =
        Filters.and(of(conversation), Filters.lte("at", Date.from(ofTurn.getFirst().at())));
    List<TimelineLine> lines = read(conversation, before);
    int last = lines.size() - 1;
    while (last >= 0 && Objects.equals(lines.get(last).turn(), ofTurn.getFirst().turn())) {
      last--;
    }
    int first = last;
    while (first >= 0 && lines.get(first).turn() == null) {
      first--;
    }
    return lines.subList(first + 1, last + 1).stream()
        .filter(line -> line.stage().equals("message"))
        .toList();
  }

  List<TimelineLine> ofTurn(ConversationKey conversation, String turn) {
    return read(conversation, Filters.and(of(conversation), Filters.eq("turn", turn)));
  }

  List<TimelineLine> of(ConversationKey conversation, int most) {
    List<TimelineLine> lines = read(conversation, of(conversation));
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private List<TimelineLine> read(ConversationKey conversation, Bson filter) {
    var publisher =
        collection(conversation.account())
            .find(filter)
            .sort(Sorts.descending("at", "_id"))
            .limit(LONGEST_ANSWER);
    List<Document> documents = Flux.from(publisher).collectList().block(DEADLINE);
    return Objects.requireNonNull(documents).reversed().stream()
        .map(d -> line(conversation, d))
        .toList();
  }

  private static Bson of(ConversationKey conversation) {
    return Filters.and(
        Filters.eq("account_id", conversation.account().value()),
        Filters.eq("conversation", conversation.conversation()));
  }

  private MongoCollection<Document> collection(AccountId account) {
    MongoCollection<Document> collection =
        mongo.getDatabase(new TenantNames(account).mongoDatabase()).getCollection(COLLECTION);
    if (indexed.add(account)) {
      Mono.from(collection.createIndex(Indexes.ascending("conversation", "turn"))).block(DEADLINE);
    }
    return collection;
  }

  private static Document document(TimelineLine line) {
    var document =
        new Document("_id", line.id())
            .append("account_id", line.conversation().account().value())
            .append("conversation", line.conversation().conversation())
            .append("at", Date.from(line.at()))
            .append("stage", line.stage())
            .append("text", line.text());
    if (line.turn() != null) {
      document.append("turn", line.turn());
    }
    if (line.message() != null) {
      document.append("message", line.message());
    }
    return document;
  }

  private static TimelineLine line(ConversationKey conversation, Document document) {
    return new TimelineLine(
        document.getString("_id"),
        conversation,
        document.getString("turn"),
        document.getLong("message"),
        document.getDate("at").toInstant(),
        document.getString("stage"),
        document.getString("text"));
  }
}
