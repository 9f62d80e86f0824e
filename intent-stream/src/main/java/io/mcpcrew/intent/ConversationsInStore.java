package io.mcpcrew.intent;

import io.mcpcrew.intent.ask.Conversations;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.topics.AccountPartitioner;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.wire.CrewSerde;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// Conversations where Streams has them: in a store of this instance, or in another's.
final class ConversationsInStore implements Conversations {
  private final KafkaStreams streams;
  private final int partitions;
  private final CrewSerde<ConversationState> states =
      new CrewSerde<>("conversations", ConversationState.class);

  ConversationsInStore(KafkaStreams streams, int partitions) {
    this.streams = streams;
    this.partitions = partitions;
  }

  @Override
  public Answer ask(ConversationKey key) {
    try {
      byte[] stored = here(key).get(Drawer.Part.CONVERSATIONS.key(key.toString()));
      return stored == null
          ? new Answer.Unknown()
          : new Answer.Found(states.fromBytes(stored, null));
    } catch (StreamsNotStartedException e) {
      return new Answer.NotNow("the streams have not started");
    } catch (InvalidStateStoreException notHere) {
      return elsewhere(key);
    }
  }

  private ReadOnlyKeyValueStore<String, byte[]> here(ConversationKey key) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                IntentTopology.STORE, QueryableStoreTypes.<String, byte[]>keyValueStore())
            .withPartition(Partitions.ofAccount(key.toString(), partitions)));
  }

  private Answer elsewhere(ConversationKey key) {
    KeyQueryMetadata place =
        streams.queryMetadataForKey(
            IntentTopology.STORE, key.toString(), new AccountPartitioner<>());
    if (place == null || place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return new Answer.NotNow("the conversations are being shared anew");
    }
    HostInfo host = place.activeHost();
    if (host.equals(HostInfo.unavailable()) || host.host().isEmpty()) {
      return new Answer.NotNow("its instance is not known; set intent.address on each");
    }
    String address = "%s:%d".formatted(host.host(), host.port());
    // Its owner, which is still restoring it, must not send the caller to itself.
    return streams.metadataForAllStreamsClients().stream()
            .anyMatch(each -> each.hostInfo().equals(host))
        ? new Answer.Elsewhere(address)
        : new Answer.NotNow("its instance has just gone");
  }
}
