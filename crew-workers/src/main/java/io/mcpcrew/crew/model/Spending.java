package io.mcpcrew.crew.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TenantNames;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much an account has spent today, and a conversation today: counted in Redis by all workers
/// together; by each alone while Redis is away, for a part of the budget, and added when it is
/// back.
public final class Spending implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Spending.class);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration KEPT = Duration.ofDays(2);

  /// Each purse tells all that it has paid, and not what more: so an answer that was lost, after
  /// which the same is told again, counts nothing twice. Who has paid nothing only asks.
  private static final String TELL =
      """
      local paid = tonumber(ARGV[2])
      if paid > tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') then
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
      end
      local total = 0
      for _, each in ipairs(redis.call('HVALS', KEYS[1])) do
        total = total + tonumber(each)
      end
      return total
      """;

  /// How long a Redis that did not answer is not asked again.
  private static final Duration LEFT_ALONE = Duration.ofSeconds(2);

  private final ModelsSettings.Budgets budgets;
  private final String worker = UUID.randomUUID().toString();
  private final AtomicLong purseNumbers = new AtomicLong();
  private final Cache<String, Purse> purses =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(KEPT).build();
  private final @Nullable RedisClient client;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable StatefulRedisConnection<String, String> connection;
  private volatile long askAgainAt = System.nanoTime();

  public Spending(ModelsSettings.Budgets budgets) {
    this.budgets = budgets;
    URI redis = budgets.redis();
    this.client = redis == null ? null : client(redis);
  }

  private static RedisClient client(URI redis) {
    RedisURI uri = RedisURI.create(redis);
    uri.setTimeout(PATIENCE);
    RedisClient client = RedisClient.create(uri);
    // What cannot be counted now is counted by us; nothing may queue up and be counted later again.
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
            .build());
    return client;
  }

  /// Why nothing more may be spent, if so.
  public Optional<String> refused(ConversationKey conversation, Instant now) {
    long day = ModelsSettings.micros(budgets.accountDayCost());
    if (!allows(ofAccount(conversation.account(), now), day)) {
      return Optional.of("the day's budget of the account is used up");
    }
    long talk = ModelsSettings.micros(budgets.conversationCost());
    return allows(ofConversation(conversation, now), talk)
        ? Optional.empty()
        : Optional.of("the budget of the conversation is used up");
  }

  public void spent(ConversationKey conversation, long micros, Instant now) {
    if (micros > 0) {
      add(ofAccount(conversation.account(), now), micros);
      add(ofConversation(conversation, now), micros);
    }
  }

  /// Adding nothing reads the total, and creates nothing.
  private boolean allows(String key, long limit) {
    boolean together = add(key, 0);
    Purse purse = Objects.requireNonNullElse(purses.getIfPresent(key), Purse.EMPTY);
    // Without a place to count together there is nobody to count together with.
    return purse.allows(limit, together || client == null, budgets.alone());
  }

  /// Adds and tells the others, together with what they have not been told; false when they cannot
  /// be told now.
  private boolean add(String key, long micros) {
    Purse before = purses.asMap().compute(key, (_, p) -> (p == null ? begun() : p).spent(micros));
    Optional<Long> total = told(key, before);
    total.ifPresent(
        heard -> purses.asMap().computeIfPresent(key, (_, p) -> p.heard(heard, before.unseen())));
    return total.isPresent();
  }

  /// One that was forgotten and begins anew counts beside what it was.
  private Purse begun() {
    return Purse.begun(worker + "/" + purseNumbers.incrementAndGet());
  }

  private Optional<Long> told(String key, Purse purse) {
    if (client == null || System.nanoTime() - askAgainAt < 0) {
      return Optional.empty();
    }
    try {
      long total =
          connected(client)
              .sync()
              .eval(
                  TELL,
                  ScriptOutputType.INTEGER,
                  new String[] {key},
                  purse.id(),
                  String.valueOf(purse.paid()),
                  String.valueOf(KEPT.toSeconds()));
      return Optional.of(total);
    } catch (RedisException e) {
      askAgainAt = System.nanoTime() + LEFT_ALONE.toNanos();
      LOGGER.atWarn().addKeyValue("cause", e.toString()).log("spending is counted alone");
      return Optional.empty();
    }
  }

  private StatefulRedisConnection<String, String> connected(RedisClient redis) {
    StatefulRedisConnection<String, String> open = connection;
    if (open != null) {
      return open;
    }
    connecting.lock();
    try {
      StatefulRedisConnection<String, String> again = connection;
      if (again == null) {
        again = redis.connect();
        connection = again;
      }
      return again;
    } finally {
      connecting.unlock();
    }
  }

  private static String ofAccount(AccountId account, Instant now) {
    return new TenantNames(account).redisKey("paid:" + day(now));
  }

  private static String ofConversation(ConversationKey conversation, Instant now) {
    return new TenantNames(conversation.account())
        .redisKey("paid:" + day(now) + ":" + conversation.conversation());
  }

  private static String day(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }
}
