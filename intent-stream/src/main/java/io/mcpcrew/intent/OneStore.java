package io.mcpcrew.intent;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a store of before to what it is now: timers, places and queues were once kept in stores
/// of their own, and follow from the conversations' states. Done once for each task, in the
/// transaction of its first record.
final class OneStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(OneStore.class);
  private static final String DONE = "one-store";
  private static final byte[] YES = {1};
  private static final int AT_ONCE = 1_000;

  private final Drawer conversations;
  private final Drawer marks;
  private boolean done;

  OneStore(KeyValueStore<String, byte[]> store) {
    this.conversations = new Drawer(store, Drawer.Part.CONVERSATIONS);
    this.marks = new Drawer(store, Drawer.Part.MARKS);
    this.done = marks.get(DONE) != null;
  }

  /// @param each takes a conversation that was kept before
  void derive(Accounts accounts, Consumer<ConversationState> each) {
    if (done) {
      return;
    }
    long found = 0;
    List<String> next = conversations.keys("", null, AT_ONCE);
    while (!next.isEmpty()) {
      for (String key : next) {
        take(key, accounts, each);
      }
      found += next.size();
      next = conversations.keys(next.getLast() + "\0", null, AT_ONCE);
    }
    marks.put(DONE, YES);
    done = true;
    if (found > 0) {
      LOGGER.atInfo().addKeyValue("conversations", found).log("kept in one store from now on");
    }
  }

  /// One that cannot be read, or whose account has no settings any more, holds up nobody.
  private static void take(String key, Accounts accounts, Consumer<ConversationState> each) {
    try {
      ConversationState state = accounts.conversation(ConversationKey.parse(key));
      each.accept(Objects.requireNonNull(state, key));
    } catch (StreamsException ofStreams) {
      throw ofStreams;
    } catch (RuntimeException e) {
      LOGGER
          .atError()
          .addKeyValue("conversation", key)
          .setCause(e)
          .log("a conversation's times are not known any more");
    }
  }
}
