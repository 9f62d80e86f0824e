package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AccountSettings;
import io.mcpcrew.simulators.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The whole of one Chatwoot: accounts, tokens, ids, the journal, and who listens.
final class Installation implements AutoCloseable {
  private final InstantSource clock;
  private final Sequences ids = new Sequences();
  private final Map<Long, Account> byNumber = new LinkedHashMap<>();
  private final Map<String, Account> bySlug = new HashMap<>();
  private final Map<String, Holder> byToken = new HashMap<>();
  private final List<Consumer<Happening>> listeners = new CopyOnWriteArrayList<>();
  private final Journal<Row> journal;

  /// To whom a token belongs. A bot or user works in its own account only.
  record Holder(Account account, Actor actor) {}

  Installation(ChatwootSimulatorSettings settings, InstantSource clock, JsonMapper json) {
    this.clock = clock;
    settings.accounts().forEach(this::add);
    this.journal = opened(settings.dataDir(), json);
    ids.restarted();
    settings.accounts().forEach(this::addConfiguredWebhook);
  }

  private Journal<Row> opened(@Nullable Path dataDir, JsonMapper json) {
    return dataDir == null
        ? Journal.forgetting(Row.class, json)
        : Journal.open(dataDir.resolve("chatwoot.jsonl"), Row.class, json, this::replay);
  }

  private void add(AccountSettings settings) {
    var account =
        new Account(settings, new ContactBook(settings.number(), ids, row -> append(row)));
    byNumber.put(settings.number(), account);
    bySlug.put(settings.slug(), account);
    byToken.put(settings.userToken(), new Holder(account, new Actor.User(account.owner())));
    var bot = settings.bot();
    if (bot != null) {
      byToken.put(bot.token(), new Holder(account, new Actor.Bot(bot)));
    }
  }

  /// The webhook of the settings is not journalled: the settings are where it is kept.
  private void addConfiguredWebhook(AccountSettings settings) {
    var url = settings.webhookUrl();
    if (url != null) {
      account(settings.number())
          .webhooks()
          .add(
              new Webhook(
                  ids.webhooks.next(),
                  "MCP-Crew",
                  url,
                  Webhook.ALLOWED_EVENTS,
                  settings.webhookSecret()));
    }
  }

  Collection<Account> accounts() {
    return byNumber.values();
  }

  Optional<Account> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  Account account(long number) {
    return find(number).orElseThrow(Refused::notFound);
  }

  Optional<Account> bySlug(String slug) {
    return Optional.ofNullable(bySlug.get(slug));
  }

  Optional<Holder> holderOf(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  InstantSource clock() {
    return clock;
  }

  Sequences ids() {
    return ids;
  }

  void listen(Consumer<Happening> listener) {
    listeners.add(listener);
  }

  void publish(Happening happening) {
    listeners.forEach(listener -> listener.accept(happening));
  }

  /// Written soon, together with its neighbours.
  void append(Row row) {
    var _ = journal.append(row);
  }

  /// Returns when the row is safe from a killed process.
  void appendNow(Row row) {
    journal.append(row).join();
  }

  private void replay(Row row) {
    find(row.account()).ifPresent(account -> replay(account, row));
  }

  private void replay(Account account, Row row) {
    if (row.contact() != null) {
      account.contacts().replay(row.contact());
    }
    if (row.contactInbox() != null) {
      account.contacts().replay(row.contactInbox());
    }
    if (row.webhook() != null) {
      ids.webhooks.seen(row.webhook().id());
      account.replace(row.webhook());
    }
    if (row.merge() != null) {
      account.contacts().replay(row.merge());
      account.inherit(row.merge());
    }
    if (row.conversation() != null) {
      replay(account, row.conversation(), row.message());
    }
  }

  private void replay(Account account, ConversationState state, @Nullable Message message) {
    var known = account.find(state.displayId());
    var conversation = known.orElseGet(() -> new Conversation(state));
    if (known.isEmpty()) {
      account.add(conversation);
    }
    conversation.exclusively(() -> {
      account.moved(conversation.state(), state);
      conversation.become(state);
      if (message != null) {
        conversation.put(message);
        ids.messages.seen(message.id());
        message.attachments().forEach(attachment -> ids.attachments.seen(attachment.id()));
      }
      return state;
    });
  }

  @Override
  public void close() {
    journal.close();
  }
}
