package io.mcpcrew.crew.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.RedisServer;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two workers that count what they spend in a real Redis, which goes away and comes back.
@Timeout(60)
class SpendingIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ConversationKey TALK =
      new ConversationKey(new AccountId("loja"), "chatwoot-1");
  private static final ConversationKey OTHERS =
      new ConversationKey(new AccountId("clinica"), "chatwoot-1");

  @Test
  void workers_count_together_go_on_alone_for_a_while_and_tell_each_other_later(
      @TempDir Path folder) {
    try (RedisServer redis = RedisServer.start(PartsSettings.forTests(folder));
        var one = new Spending(budgets(redis.address()));
        var other = new Spending(budgets(redis.address()))) {
      one.spent(TALK, 600_000, NOON);
      awaitGoesOn(one);
      awaitGoesOn(other);
      other.spent(TALK, 300_000, NOON);
      awaitGoesOn(other);
      awaitGoesOn(one);

      redis.stop();

      assertThat(one.refused(TALK, NOON)).as("it goes on").isEmpty();
      one.spent(TALK, 150_000, NOON);
      assertThat(one.refused(TALK, NOON))
          .as("but not for long")
          .hasValue("the day's budget of the account is used up");
      assertThat(one.refused(OTHERS, NOON)).as("another account's is its own").isEmpty();
      assertThat(one.refused(TALK, NOON.plus(Duration.ofDays(1)))).as("another day").isEmpty();
    }
  }

  @Test
  void what_is_told_again_because_its_answer_was_lost_counts_once(@TempDir Path folder)
      throws IOException {
    try (RedisServer redis = RedisServer.start(PartsSettings.forTests(folder));
        var one = new Spending(budgets(redis.address()));
        var other = new Spending(budgets(redis.address()))) {
      awaitGoesOn(one);
      hold(redis);
      one.spent(TALK, 600_000, NOON);

      // Alone it may not spend so much; so what it knows has been told again, and counted once.
      awaitGoesOn(one);
      other.spent(TALK, 400_000, NOON);
      await().atMost(SOON).until(() -> other.refused(TALK, NOON).isPresent());
    }
  }

  /// Long enough that whoever asks does not wait for the answer; what was asked is done after it.
  private static void hold(RedisServer redis) throws IOException {
    URI uri = URI.create(redis.address());
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write("CLIENT PAUSE 1500 ALL\r\n".getBytes(US_ASCII));
      socket.getInputStream().readNBytes("+OK\r\n".length());
    }
  }

  @Test
  void what_was_spent_alone_is_told_when_the_counter_is_back(@TempDir Path folder) {
    try (RedisServer redis = RedisServer.start(PartsSettings.forTests(folder));
        var one = new Spending(budgets(redis.address()));
        var other = new Spending(budgets(redis.address()))) {
      one.spent(TALK, 1, NOON);
      redis.stop();
      one.spent(TALK, 999_999, NOON);

      redis.startAgain();

      await()
          .atMost(SOON)
          .until(() -> {
            one.refused(TALK, NOON);
            return other.refused(TALK, NOON).isPresent();
          });
    }
  }

  /// What could not be told at once, on a busy machine, is told when Redis is asked again.
  private static void awaitGoesOn(Spending spending) {
    await().atMost(SOON).until(() -> spending.refused(TALK, NOON).isEmpty());
  }

  private static ModelsSettings.Budgets budgets(String redis) {
    return new ModelsSettings.Budgets(
        24,
        60_000,
        BigDecimal.ONE,
        Duration.ofSeconds(60),
        BigDecimal.TEN,
        BigDecimal.ONE,
        URI.create(redis),
        0.1);
  }
}
