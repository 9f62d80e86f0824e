package io.mcpcrew.knowledge.archive;

import static io.mcpcrew.knowledge.Observations.PRODUCT;
import static io.mcpcrew.knowledge.Observations.after;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.parts.MongoProtocolServer;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.SourceClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(30)
class KnowledgeArchiveIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static MongoProtocolServer server;
  private static MongoClient mongo;
  private static KnowledgeArchive archive;

  private final AccountId loja = new AccountId("loja" + System.nanoTime() % 1_000_000);
  private final AccountId outra = new AccountId(loja + "-norte");

  @BeforeAll
  static void start() {
    server = MongoProtocolServer.start(PartsSettings.forTests(folder));
    mongo = MongoClients.create(server.address());
    archive = new KnowledgeArchive(mongo);
  }

  @AfterAll
  static void stop() {
    mongo.close();
    server.close();
  }

  @Test
  void readingTheLogAgainChangesNothing() {
    List<KnowledgeItem> log =
        List.of(
            price(loja, "99.90", 1, 0, null),
            price(loja, "99.90", 1, 0, 60L),
            price(loja, "89.90", 2, 60, null));

    archive.write(log);
    List<Document> once = documents(loja);
    archive.write(log.subList(1, 3));
    archive.write(log);

    assertThat(documents(loja)).isEqualTo(once).hasSize(2);
  }

  @Test
  void whatHoldsIsFoundAndWhatWasKnownThenAlso() {
    archive.write(List.of(price(loja, "99.90", 1, 0, 60L), price(loja, "89.90", 2, 60, 120L)));

    ItemKey drill = new ItemKey(loja, PRODUCT, "EX-01", null);
    assertThat(archive.find(drill, null)).isEmpty();
    assertThat(archive.find(drill, after(-1))).isEmpty();
    assertThat(archive.find(drill, after(0))).map(KnowledgeItem::version).contains(1L);
    assertThat(archive.find(drill, after(59))).map(KnowledgeItem::version).contains(1L);
    assertThat(archive.find(drill, after(60))).map(KnowledgeItem::version).contains(2L);
    assertThat(archive.find(drill, after(120))).isEmpty();
  }

  @Test
  void everyDocumentSaysWhoseItIsAndLiesInItsAccountsDatabase() {
    archive.write(List.of(price(loja, "1", 1, 0, null), price(outra, "2", 1, 0, null)));

    assertThat(documents(loja))
        .allSatisfy(d -> assertThat(d.getString("account_id")).isEqualTo(loja.value()))
        .hasSize(1);
    assertThat(documents(outra))
        .allSatisfy(d -> assertThat(d.getString("account_id")).isEqualTo(outra.value()))
        .hasSize(1);
  }

  @Test
  void aDocumentOfAnotherAccountIsNotFoundEvenInTheWrongDatabase() {
    archive.write(List.of(price(loja, "1", 1, 0, null)));
    Document strayed = Documents.of(price(outra, "2", 7, 0, null));
    strayed.put("item", new ItemKey(loja, PRODUCT, "EX-01", null).toString());
    Mono.from(
            mongo
                .getDatabase(new TenantNames(loja).mongoDatabase())
                .getCollection(KnowledgeArchive.COLLECTION)
                .insertOne(strayed))
        .block(SOON);

    assertThat(archive.find(new ItemKey(loja, PRODUCT, "EX-01", null), null))
        .map(KnowledgeItem::version)
        .contains(1L);
    assertThat(search(loja, null, null)).extracting(KnowledgeItem::version).containsExactly(1L);
  }

  @Test
  void wordsAreFoundWithoutRegardToCaseAndAccentsAndAreNoPatterns() {
    archive.write(
        List.of(
            item(loja, PRODUCT, "MT-1", null, "Trena métrica (5 m)", Map.of("price", "19.90")),
            item(loja, PRODUCT, "MT-2", null, "Trena longa", Map.of("price", "29.90"))));

    assertThat(found(loja, "METRICA", "trena")).containsExactly("MT-1");
    assertThat(found(loja, "trena")).containsExactly("MT-1", "MT-2");
    assertThat(found(loja, "(5")).containsExactly("MT-1");
    assertThat(found(loja, "29.90")).containsExactly("MT-2");
    assertThat(found(loja, ".*")).isEmpty();
    assertThat(found(loja, "\\E.*\\Q")).isEmpty();
  }

  @Test
  void whatIsAboutAContactIsFoundOnlyByNamingTheContact() {
    var insight = new KnowledgeType("CUSTOMER_INSIGHT");
    archive.write(
        List.of(
            item(loja, insight, "hours", "contact-9", "mornings", Map.of()),
            item(loja, PRODUCT, "MT-1", null, "Trena", Map.of())));

    assertThat(search(loja, null, null)).extracting(KnowledgeItem::key).containsExactly("MT-1");
    assertThat(search(loja, null, "contact-9"))
        .extracting(KnowledgeItem::key)
        .containsExactly("hours");
    assertThat(search(loja, null, "contact-8")).isEmpty();
    assertThat(archive.find(new ItemKey(loja, insight, "hours", null), null)).isEmpty();
  }

  @Test
  void aFieldMayHaveAnyNameAndASealedTextStaysSealed() {
    var sealed = new Content.Sealed("contact-9", Bytes.of(new byte[] {1, 2, 3}));
    KnowledgeItem plain = item(loja, PRODUCT, "EX/7", null, "x", Map.of("$a.b", "1", "", "2"));
    KnowledgeItem secret =
        new KnowledgeItem(
            loja,
            PRODUCT,
            "secret",
            null,
            1,
            SourceClass.COMPANY_PERSON,
            "ana",
            sealed,
            Map.of(),
            1,
            0,
            after(0),
            null,
            after(0),
            null);
    archive.write(List.of(plain, secret));

    assertThat(archive.find(ItemKey.of(plain), null)).contains(plain);
    assertThat(archive.find(ItemKey.of(secret), null)).contains(secret);
  }

  private static List<String> found(AccountId account, String... words) {
    return archive
        .search(new KnowledgeArchive.Question(account, PRODUCT, null, List.of(words), null))
        .stream()
        .map(KnowledgeItem::key)
        .toList();
  }

  private static List<KnowledgeItem> search(
      AccountId account, @Nullable KnowledgeType type, @Nullable String subject) {
    return archive.search(new KnowledgeArchive.Question(account, type, subject, List.of(), null));
  }

  private static List<Document> documents(AccountId account) {
    var all =
        mongo
            .getDatabase(new TenantNames(account).mongoDatabase())
            .getCollection(KnowledgeArchive.COLLECTION)
            .find();
    return Objects.requireNonNull(Flux.from(all).collectList().block(SOON));
  }

  private static KnowledgeItem price(
      AccountId account, String price, long version, long from, @Nullable Long to) {
    return new KnowledgeItem(
        account,
        PRODUCT,
        "EX-01",
        null,
        version,
        SourceClass.SYSTEM_OF_RECORD,
        "odoo",
        Content.of("Furadeira"),
        Map.of("price", price),
        0.9,
        3,
        after(from),
        to == null ? null : after(to),
        after(from),
        to == null ? null : after(to));
  }

  private static KnowledgeItem item(
      AccountId account,
      KnowledgeType type,
      String key,
      @Nullable String subject,
      String text,
      Map<String, String> fields) {
    return new KnowledgeItem(
        account,
        type,
        key,
        subject,
        1,
        SourceClass.SYSTEM_OF_RECORD,
        "odoo",
        Content.of(text),
        fields,
        0.9,
        0,
        after(0),
        null,
        after(0),
        null);
  }
}
