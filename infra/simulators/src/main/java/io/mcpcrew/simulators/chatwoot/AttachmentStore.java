package io.mcpcrew.simulators.chatwoot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of attachments, and the addresses under which they can be fetched without a token, as
/// with ActiveStorage: whoever has the link has the file.
final class AttachmentStore {
  private static final Pattern KEY = Pattern.compile("[0-9a-f-]{8,64}");

  private final @Nullable Path folder;
  private final Supplier<String> keys;
  private final Map<String, byte[]> inMemory = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable URI> baseUrl;

  AttachmentStore(@Nullable Path dataDir, @Nullable URI baseUrl, Supplier<String> keys) {
    this.folder = dataDir == null ? null : dataDir.resolve("attachments");
    this.baseUrl = new AtomicReference<>(baseUrl);
    this.keys = keys;
  }

  /// The first request tells under which address this simulator is known.
  void reachedAt(URI request) {
    if (baseUrl.get() == null) {
      baseUrl.compareAndSet(null, request.resolve("/"));
    }
  }

  Message.Attachment store(long id, String name, String mime, byte[] bytes) {
    String key = keys.get();
    if (folder == null) {
      inMemory.put(key, bytes);
    } else {
      write(folder.resolve(key), bytes);
    }
    return new Message.Attachment(id, fileType(mime), name, mime, bytes.length, key);
  }

  Optional<byte[]> bytes(String key) {
    if (!KEY.matcher(key).matches()) {
      return Optional.empty();
    }
    return folder == null ? Optional.ofNullable(inMemory.get(key)) : read(folder.resolve(key));
  }

  /// The link of a webhook or API answer; following it leads by a redirect to the file.
  String dataUrl(Message.Attachment attachment) {
    return base() + "rails/active_storage/blobs/redirect/" + pathOf(attachment);
  }

  String thumbUrl(Message.Attachment attachment) {
    return attachment.fileType().equals("image")
        ? base() + "rails/active_storage/representations/redirect/" + pathOf(attachment)
        : "";
  }

  /// Without host: what a page of the same origin needs.
  static String localPath(Message.Attachment attachment) {
    return "/rails/active_storage/disk/" + pathOf(attachment);
  }

  private static String pathOf(Message.Attachment attachment) {
    String mime =
        java.net.URLEncoder.encode(attachment.mime(), java.nio.charset.StandardCharsets.UTF_8);
    return attachment.key() + "/" + safeName(attachment.name()) + "?content_type=" + mime;
  }

  private static String safeName(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return safe.isBlank() ? "arquivo" : safe;
  }

  private String base() {
    URI known = baseUrl.get();
    String text = known == null ? "http://127.0.0.1/" : known.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  static String fileType(String mime) {
    String kind = mime.toLowerCase(Locale.ROOT);
    if (kind.startsWith("image/")) {
      return "image";
    }
    if (kind.startsWith("audio/")) {
      return "audio";
    }
    return kind.startsWith("video/") ? "video" : "file";
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("The attachment " + file + " cannot be written", e);
    }
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The attachment " + file + " cannot be read", e);
    }
  }
}
