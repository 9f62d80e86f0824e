package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AccountSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AgentSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.BotSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.TeamSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one account has: its settings, contacts, webhooks and conversations.
final class Account {
  private final AccountSettings settings;
  private final ContactBook contacts;
  private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
  private final Map<Long, Conversation> conversations = new ConcurrentHashMap<>();
  private final Map<Long, List<Long>> ofContact = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<Recency> byRecency = new ConcurrentSkipListSet<>();
  private final AtomicLong lastDisplayId = new AtomicLong();

  /// Sorts conversations with the latest activity first.
  private record Recency(Instant at, long displayId) implements Comparable<Recency> {
    private static final Comparator<Recency> LATEST_FIRST =
        Comparator.comparing(Recency::at).thenComparingLong(Recency::displayId).reversed();

    @Override
    public int compareTo(Recency other) {
      return LATEST_FIRST.compare(this, other);
    }
  }

  Account(AccountSettings settings, ContactBook contacts) {
    this.settings = settings;
    this.contacts = contacts;
  }

  long number() {
    return settings.number();
  }

  AccountSettings settings() {
    return settings;
  }

  ContactBook contacts() {
    return contacts;
  }

  /// One that wants nothing is gone.
  void replace(Webhook changed) {
    webhooks.removeIf(webhook -> webhook.id() == changed.id());
    if (!changed.subscriptions().isEmpty()) {
      webhooks.add(changed);
    }
  }

  List<Webhook> webhooks() {
    return webhooks;
  }

  long nextDisplayId() {
    return lastDisplayId.incrementAndGet();
  }

  /// The user to whom the account's token belongs: its first administrator, else its first agent.
  AgentSettings owner() {
    return settings.agents().stream()
        .filter(agent -> agent.role().equals("administrator"))
        .findFirst()
        .or(() -> settings.agents().stream().findFirst())
        .orElseGet(() ->
            new AgentSettings(1, "Administração", "admin@example.com", "administrator", "online"));
  }

  /// The human of the demo page: the first agent, else the owner.
  AgentSettings attendant() {
    return settings.agents().stream()
        .filter(agent -> agent.role().equals("agent"))
        .findFirst()
        .orElseGet(this::owner);
  }

  Optional<AgentSettings> agent(@Nullable Long id) {
    return Stream.concat(settings.agents().stream(), Stream.of(owner()))
        .filter(agent -> id != null && agent.id() == id)
        .findFirst();
  }

  Optional<TeamSettings> team(@Nullable Long id) {
    return settings.teams().stream().filter(team -> id != null && team.id() == id).findFirst();
  }

  Optional<InboxSettings> inbox(long id) {
    return settings.inboxes().stream().filter(inbox -> inbox.id() == id).findFirst();
  }

  /// The bot that is active in this inbox.
  Optional<BotSettings> botOf(long inboxId) {
    return Optional.ofNullable(settings.bot())
        .filter(_ -> inbox(inboxId).map(InboxSettings::bot).orElse(false));
  }

  Optional<Conversation> find(long displayId) {
    return Optional.ofNullable(conversations.get(displayId));
  }

  Conversation conversation(long displayId) {
    return find(displayId).orElseThrow(Refused::notFound);
  }

  /// All conversations, the one with the latest activity first.
  Stream<Conversation> latestFirst() {
    return byRecency.stream()
        .map(recency -> conversations.get(recency.displayId()))
        .filter(conversation -> conversation != null);
  }

  Stream<Conversation> conversationsOf(long contactId) {
    return ofContact.getOrDefault(contactId, List.of()).reversed().stream()
        .map(conversations::get)
        .filter(conversation -> conversation != null);
  }

  void add(Conversation conversation) {
    ConversationState state = conversation.state();
    lastDisplayId.accumulateAndGet(state.displayId(), Math::max);
    conversations.put(state.displayId(), conversation);
    ofContact
        .computeIfAbsent(state.contactId(), _ -> new CopyOnWriteArrayList<>())
        .add(state.displayId());
    byRecency.add(new Recency(state.lastActivityAt(), state.displayId()));
  }

  /// The conversations of a contact that is gone belong to the one it was merged into.
  void inherit(Row.Merge merge) {
    List<Long> moved = ofContact.remove(merge.gone());
    if (moved != null) {
      ofContact.computeIfAbsent(merge.base(), _ -> new CopyOnWriteArrayList<>()).addAll(0, moved);
    }
  }

  /// Called inside the conversation's lock, so that one conversation never has two places.
  void moved(ConversationState before, ConversationState after) {
    if (!before.lastActivityAt().equals(after.lastActivityAt())) {
      byRecency.remove(new Recency(before.lastActivityAt(), before.displayId()));
      byRecency.add(new Recency(after.lastActivityAt(), after.displayId()));
    }
  }
}
