package io.mcpcrew.knowledge;

import io.mcpcrew.knowledge.memory.Held;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is held, as the store and its changelog keep it: a format number, the times and ids, and
/// the item as its topic carries it, so that an older item is read by a newer release.
final class HeldCodec {
  private static final int FORMAT = 1;
  private static final int MOST = 10_000;

  private final CrewSerde<KnowledgeItem> items = Topics.KNOWLEDGE.serde();

  byte[] toBytes(Held held) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(held.observedAt().toEpochMilli());
      out.writeLong(held.announcedAt().toEpochMilli());
      write(held.seen(), out);
      write(held.disputed(), out);
      out.write(items.toBytes(held.item()));
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }

  Held fromBytes(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw undecodable("has format " + format, null);
      }
      Instant observedAt = Instant.ofEpochMilli(in.readLong());
      Instant announcedAt = Instant.ofEpochMilli(in.readLong());
      List<String> seen = read(in);
      List<String> disputed = read(in);
      KnowledgeItem item = items.fromBytes(in.readAllBytes(), null);
      return new Held(item, observedAt, announcedAt, seen, disputed);
    } catch (IOException cut) {
      throw undecodable("is cut off", cut);
    }
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> read(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST) {
      throw undecodable("has a list of " + size, null);
    }
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static WireFailure undecodable(String what, @Nullable Exception cause) {
    String message = "what is held " + what;
    return cause == null
        ? new WireFailure(WireFailure.Kind.UNDECODABLE, message)
        : new WireFailure(WireFailure.Kind.UNDECODABLE, message, cause);
  }
}
