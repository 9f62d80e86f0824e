package io.mcpcrew.knowledge.archive;

import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.SourceClass;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// A version as a document and back. Nothing that was sealed is written open.
final class Documents {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  private Documents() {}

  static Document of(KnowledgeItem item) {
    String key = ItemKey.of(item).toString();
    return new Document("_id", key + "#" + item.version())
        .append("account_id", item.account().value())
        .append("item", key)
        .append("type", item.type().value())
        .append("key", item.key())
        .append("subject", item.subject())
        .append("version", item.version())
        .append("source_class", item.sourceClass().name())
        .append("source", item.source())
        .append("text", text(item.text()))
        .append("fields", fields(item.fields()))
        .append("confidence", item.confidence())
        .append("confirmations", item.confirmations())
        .append("valid_from", date(item.validFrom()))
        .append("valid_to", date(item.validTo()))
        .append("recorded_from", date(item.recordedFrom()))
        .append("recorded_to", date(item.recordedTo()))
        .append("words", words(item));
  }

  static KnowledgeItem item(AccountId account, Document document) {
    return new KnowledgeItem(
        account,
        new KnowledgeType(document.getString("type")),
        document.getString("key"),
        document.getString("subject"),
        document.getLong("version"),
        SourceClass.valueOf(document.getString("source_class")),
        document.getString("source"),
        text(document.get("text", Document.class)),
        fields(document.getList("fields", Document.class)),
        document.getDouble("confidence"),
        document.getLong("confirmations"),
        Objects.requireNonNull(instant(document, "valid_from")),
        instant(document, "valid_to"),
        Objects.requireNonNull(instant(document, "recorded_from")),
        instant(document, "recorded_to"));
  }

  /// As words are compared: lower case, without accents.
  static String folded(String text) {
    return ACCENTS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private static String words(KnowledgeItem item) {
    String text = item.text() instanceof Content.Plain(String plain) ? plain : "";
    return folded(item.key() + "\n" + text + "\n" + String.join("\n", item.fields().values()));
  }

  private static Document text(Content content) {
    return switch (content) {
      case Content.Plain(String text) -> new Document("plain", text);
      case Content.Sealed(String keyId, Bytes cipher) ->
          new Document("key_id", keyId).append("cipher", new Binary(cipher.toArray()));
    };
  }

  private static Content text(Document document) {
    String plain = document.getString("plain");
    return plain != null
        ? Content.of(plain)
        : new Content.Sealed(
            document.getString("key_id"), Bytes.of(document.get("cipher", Binary.class).getData()));
  }

  /// A list, because a field's name may contain what MongoDB gives a meaning to.
  private static List<Document> fields(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .map(field -> new Document("name", field.getKey()).append("value", field.getValue()))
            .toList();
  }

  private static Map<String, String> fields(List<Document> documents) {
    Map<String, String> fields = new TreeMap<>();
    documents.forEach(field -> fields.put(field.getString("name"), field.getString("value")));
    return fields;
  }

  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static @Nullable Instant instant(Document document, String name) {
    Date date = document.getDate(name);
    return date == null ? null : date.toInstant();
  }
}
