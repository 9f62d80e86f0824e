package io.mcpcrew.knowledge.archive;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Every version in MongoDB: a database for each account, and the account in each document and each
/// question besides.
public final class KnowledgeArchive {
  static final String COLLECTION = "knowledge";
  static final int LONGEST_ANSWER = 100;

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final MongoClient mongo;
  private final Set<AccountId> indexed = ConcurrentHashMap.newKeySet();

  public KnowledgeArchive(MongoClient mongo) {
    this.mongo = mongo;
  }

  /// What is asked for. Without a subject that is what holds for the whole company: what is held
  /// about a contact is only found by naming the contact.
  ///
  /// @param words that must all occur, without regard to case and accents
  /// @param asOf what was known then; null for now
  record Question(
      AccountId account,
      @Nullable KnowledgeType type,
      @Nullable String subject,
      List<String> words,
      @Nullable Instant asOf) {
    Question {
      words = List.copyOf(words);
    }
  }

  /// Writes versions in their order; one that is there already is written over, so that reading the
  /// log again changes nothing.
  void write(List<KnowledgeItem> items) {
    Map<AccountId, List<WriteModel<Document>>> byAccount = new LinkedHashMap<>();
    for (KnowledgeItem item : items) {
      Document document = Documents.of(item);
      byAccount
          .computeIfAbsent(item.account(), _ -> new ArrayList<>())
          .add(
              new ReplaceOneModel<>(
                  Filters.eq("_id", document.getString("_id")),
                  document,
                  new ReplaceOptions().upsert(true)));
    }
    byAccount.forEach((account, writes) -> {
      index(account);
      Mono.from(collection(account).bulkWrite(writes)).block(DEADLINE);
    });
  }

  /// The version that holds, or that was held to be true at an instant.
  Optional<KnowledgeItem> find(ItemKey key, @Nullable Instant asOf) {
    Bson filter =
        Filters.and(
            Filters.eq("account_id", key.account().value()),
            Filters.eq("item", key.toString()),
            heldAt(asOf));
    return read(key.account(), filter, 1).stream().findFirst();
  }

  /// The first answers in the order of their keys.
  List<KnowledgeItem> search(Question question) {
    List<Bson> all = new ArrayList<>();
    all.add(Filters.eq("account_id", question.account().value()));
    all.add(Filters.eq("subject", question.subject()));
    all.add(heldAt(question.asOf()));
    if (question.type() != null) {
      all.add(Filters.eq("type", question.type().value()));
    }
    for (String word : question.words()) {
      all.add(Filters.regex("words", Pattern.quote(Documents.folded(word))));
    }
    return read(question.account(), Filters.and(all), LONGEST_ANSWER);
  }

  /// By the times of recording: not what was true then, but what a crew could have known.
  private static Bson heldAt(@Nullable Instant asOf) {
    if (asOf == null) {
      return Filters.eq("recorded_to", null);
    }
    Date then = Date.from(asOf);
    return Filters.and(
        Filters.lte("recorded_from", then),
        Filters.or(Filters.eq("recorded_to", null), Filters.gt("recorded_to", then)));
  }

  private List<KnowledgeItem> read(AccountId account, Bson filter, int most) {
    var publisher =
        collection(account)
            .find(filter)
            .sort(Sorts.orderBy(Sorts.ascending("item"), Sorts.descending("version")))
            .limit(most);
    List<Document> documents = Flux.from(publisher).collectList().block(DEADLINE);
    return Objects.requireNonNull(documents).stream()
        .map(document -> Documents.item(account, document))
        .toList();
  }

  private MongoCollection<Document> collection(AccountId account) {
    return mongo.getDatabase(new TenantNames(account).mongoDatabase()).getCollection(COLLECTION);
  }

  private void index(AccountId account) {
    if (!indexed.contains(account)) {
      MongoCollection<Document> collection = collection(account);
      Mono.from(collection.createIndex(Indexes.ascending("item", "version"))).block(DEADLINE);
      Mono.from(collection.createIndex(Indexes.ascending("subject", "type", "item")))
          .block(DEADLINE);
      indexed.add(account);
    }
  }
}
