package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.TenantSettings;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Reads a recorded conversation: its transitions, from the beginning of their partition to its
/// end, the records that they name as inputs, and the settings that they were decided by.
public final class RecordedLog {
  private static final String TRACEPARENT = "traceparent";

  /// Whose records are heard again; of a tick its time is enough, which the transition has.
  private static final List<Topic<?>> INPUTS =
      List.of(Topics.MESSAGES, Topics.WORK, Topics.DECISIONS, Topics.DELIVERIES);

  private final LogReader log;

  public RecordedLog(LogReader log) {
    this.log = log;
  }

  /// A conversation as it was recorded.
  public record Conversation(
      ConversationKey key, List<RecordedStep> steps, RecordedSettings settings) {
    public Conversation {
      steps = List.copyOf(steps);
    }

    /// The rules that a transition was decided by.
    public Optional<Rules> rules(Transition transition, IntentFinder finder) {
      return settings
          .version(transition.settingsVersion())
          .map(tenant ->
              new Rules(
                  tenant, finder, LimitsLine.parse(transition.limits()), transition.paused()));
    }
  }

  /// One of them; without steps when the log knows none.
  public Conversation read(ConversationKey key) {
    List<Found> found = transitions(key.account(), key.toString()).getOrDefault(key, List.of());
    return conversation(key, found, inputs(found), settings(key.account()));
  }

  /// All of an account, each topic read once.
  public List<Conversation> read(AccountId account) {
    RecordedSettings settings = settings(account);
    Map<ConversationKey, List<Found>> found = transitions(account, null);
    Map<String, Map<Long, Object>> inputs =
        inputs(found.values().stream().flatMap(List::stream).toList());
    return found.entrySet().stream()
        .map(entry -> conversation(entry.getKey(), entry.getValue(), inputs, settings))
        .toList();
  }

  private record Found(Transition transition, @Nullable String traceparent) {}

  private Map<ConversationKey, List<Found>> transitions(AccountId account, @Nullable String only) {
    Map<ConversationKey, List<Found>> found = new HashMap<>();
    CrewSerde<Transition> serde = Topics.TRANSITIONS.serde();
    String of = account + "/";
    log.scan(
        Topics.TRANSITIONS,
        log.partition(Topics.TRANSITIONS, of),
        entry -> {
          if (only == null ? entry.key().startsWith(of) : entry.key().equals(only)) {
            Transition transition = serde.fromBytes(entry.value(), null);
            found
                .computeIfAbsent(transition.conversation(), _ -> new ArrayList<>())
                .add(new Found(transition, traceparent(entry)));
          }
        });
    return found;
  }

  private static @Nullable String traceparent(ConsumerRecord<String, byte[]> entry) {
    Header header = entry.headers().lastHeader(TRACEPARENT);
    return header == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
  }

  /// The records that an account's transitions name, by topic and offset: all inputs of an account
  /// lie in one partition of each topic.
  private Map<String, Map<Long, Object>> inputs(List<Found> found) {
    Map<String, Map<Long, Object>> inputs = new HashMap<>();
    for (Topic<?> topic : INPUTS) {
      inputs.put(topic.name(), inputs(topic, found));
    }
    return inputs;
  }

  private static Conversation conversation(
      ConversationKey key,
      List<Found> found,
      Map<String, Map<Long, Object>> inputs,
      RecordedSettings settings) {
    List<RecordedStep> steps = new ArrayList<>();
    for (Found each : found) {
      var at = each.transition().input();
      Map<Long, Object> records = inputs.getOrDefault(at.topic(), Map.of());
      steps.add(
          new RecordedStep(
              each.transition(),
              each.traceparent(),
              RecordedInput.of(each.transition(), records.get(at.offset()))));
    }
    return new Conversation(key, steps, settings);
  }

  private Map<Long, Object> inputs(Topic<?> topic, List<Found> found) {
    Map<Integer, NavigableSet<Long>> wanted = new HashMap<>();
    for (Found each : found) {
      var at = each.transition().input();
      if (at.topic().equals(topic.name()) && RecordedInput.needsRecord(each.transition())) {
        wanted.computeIfAbsent(at.partition(), _ -> new TreeSet<>()).add(at.offset());
      }
    }
    CrewSerde<?> serde = topic.serde();
    Map<Long, Object> records = new HashMap<>();
    wanted.forEach((partition, offsets) ->
        log.read(
            topic,
            partition,
            offsets,
            entry -> {
              try {
                records.put(entry.offset(), serde.fromBytes(entry.value(), null));
              } catch (WireFailure unreadable) {
                // Not heard then either; a transition that names it says that it cannot be
                // repeated.
              }
            }));
    return records;
  }

  private RecordedSettings settings(AccountId account) {
    Map<String, String> documents = new HashMap<>();
    CrewSerde<TenantSettings> serde = Topics.TENANTS.serde();
    log.scan(
        Topics.TENANTS,
        log.partition(Topics.TENANTS, account + "/"),
        entry -> {
          if (entry.key().startsWith(account + "/") && entry.value() != null) {
            TenantSettings settings = serde.fromBytes(entry.value(), null);
            if (settings.document() != null) {
              documents.put(settings.version(), settings.document());
            }
          }
        });
    return new RecordedSettings(account, documents);
  }
}
