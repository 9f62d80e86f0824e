package io.mcpcrew.simulators.chatwoot;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set, under `simulator.chatwoot`.
///
/// @param dataDir where state is kept; without it nothing survives a restart
/// @param baseUrl how the outside reaches this simulator, for attachment links; learnt from the
///   first request when unset
/// @param whyUrl where the page asks how a reply came about; `{account}` is the slug, `{number}`
///   the account's number, `{conversation}` and `{message}` Chatwoot's ids
/// @param webhookTimeout how long a webhook's receiver may take
/// @param botRetryDelay between the tries of an agent bot's webhook
/// @param webhookConcurrency webhook calls under way at once, as Chatwoot's job workers bound them
/// @param accounts of this installation, with their inboxes, people and tokens
@ConfigurationProperties("simulator.chatwoot")
public record ChatwootSimulatorSettings(
    @Nullable Path dataDir,
    @Nullable URI baseUrl,
    @Nullable String whyUrl,
    @DefaultValue("5s") Duration webhookTimeout,
    @DefaultValue("3s") Duration botRetryDelay,
    @DefaultValue("64") int webhookConcurrency,
    @DefaultValue Limits limits,
    @DefaultValue List<AccountSettings> accounts) {

  public ChatwootSimulatorSettings {
    accounts = List.copyOf(accounts);
    requirePositive("webhook-timeout", webhookTimeout);
    requirePositive("bot-retry-delay", botRetryDelay);
    require(webhookConcurrency > 0, "webhook-concurrency", "must be at least 1");
    requireDistinct(accounts, AccountSettings::number, "accounts[].number");
    requireDistinct(accounts, AccountSettings::slug, "accounts[].slug");
    requireDistinctTokens(accounts);
    var inboxes = accounts.stream().flatMap(account -> account.inboxes().stream()).toList();
    requireDistinct(inboxes, InboxSettings::id, "accounts[].inboxes[].id");
  }

  /// Requests allowed in a minute; 0 switches a limit off, as `ENABLE_RACK_ATTACK=false` does.
  ///
  /// @param requestsPerMinutePerIp of one caller's address
  /// @param contactSearchPerMinute of an account
  /// @param messagesPerConversationPerMinute before the flood guard holds them back
  public record Limits(
      @DefaultValue("3000") int requestsPerMinutePerIp,
      @DefaultValue("100") int contactSearchPerMinute,
      @DefaultValue("200") int messagesPerConversationPerMinute) {}

  /// One account. The user token belongs to its first administrator.
  public record AccountSettings(
      long number,
      String slug,
      String name,
      String userToken,
      @Nullable URI webhookUrl,
      @Nullable String webhookSecret,
      @Nullable BotSettings bot,
      @DefaultValue List<InboxSettings> inboxes,
      @DefaultValue List<AgentSettings> agents,
      @DefaultValue List<TeamSettings> teams,
      @DefaultValue List<String> labels,
      @DefaultValue List<CannedResponseSettings> cannedResponses) {
    public AccountSettings {
      inboxes = List.copyOf(inboxes);
      agents = List.copyOf(agents);
      teams = List.copyOf(teams);
      labels = List.copyOf(labels);
      cannedResponses = List.copyOf(cannedResponses);
      require(number > 0, "accounts[].number", "must be positive");
      require(slug.matches("[a-z0-9-]{1,32}"), "accounts[].slug", "must match [a-z0-9-]{1,32}");
      require(!userToken.isBlank(), "accounts[].user-token", "must not be blank");
      require(!inboxes.isEmpty(), "accounts[].inboxes", "needs at least one inbox");
      requireDistinct(agents, AgentSettings::id, "accounts[].agents[].id");
    }
  }

  /// The agent bot, linked and active in every inbox of its account whose `bot` is not false.
  public record BotSettings(
      @DefaultValue("1") long id,
      String name,
      String token,
      @Nullable URI url,
      @Nullable String secret) {}

  /// `webhookUrl` and `webhookSecret` are those of an API channel and only used there.
  public record InboxSettings(
      long id,
      String name,
      @DefaultValue("Channel::WebWidget") String channel,
      @DefaultValue("true") boolean bot,
      @Nullable URI webhookUrl,
      @Nullable String webhookSecret) {
    public InboxSettings {
      require(
          channel.startsWith("Channel::"), "accounts[].inboxes[].channel", "is no channel type");
    }
  }

  public record AgentSettings(
      long id,
      String name,
      String email,
      @DefaultValue("agent") String role,
      @DefaultValue("online") String availability) {
    public AgentSettings {
      require(
          Set.of("agent", "administrator").contains(role),
          "accounts[].agents[].role",
          "must be agent or administrator");
      require(
          Set.of("online", "busy", "offline").contains(availability),
          "accounts[].agents[].availability",
          "must be online, busy or offline");
    }
  }

  /// @param members agents by their ids; everybody if it is left out
  public record TeamSettings(long id, String name, @DefaultValue List<Long> members) {
    public TeamSettings {
      members = List.copyOf(members);
    }

    boolean has(AgentSettings agent) {
      return members.isEmpty() || members.contains(agent.id());
    }
  }

  public record CannedResponseSettings(String shortCode, String content) {}

  private static void requireDistinctTokens(List<AccountSettings> accounts) {
    Set<String> seen = new HashSet<>();
    for (AccountSettings account : accounts) {
      require(seen.add(account.userToken()), "accounts[].user-token", "is used twice");
      var bot = account.bot();
      require(bot == null || seen.add(bot.token()), "accounts[].bot.token", "is used twice");
    }
  }

  private static <T> void requireDistinct(
      List<T> items, Function<T, ? extends Object> key, String path) {
    Set<Object> seen = new HashSet<>();
    items.forEach(item -> require(seen.add(key.apply(item)), path, "is used twice"));
  }

  private static void requirePositive(String path, Duration duration) {
    require(duration.isPositive(), path, "must be positive");
  }

  private static void require(boolean holds, String path, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException("simulator.chatwoot." + path + " " + complaint);
    }
  }
}
