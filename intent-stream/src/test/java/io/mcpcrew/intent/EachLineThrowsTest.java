package io.mcpcrew.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.measure.AccountMeters;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever fails while a transition is made, its neighbours are answered and no store keeps half
/// of it.
class EachLineThrowsTest {
  private static final ConversationKey BAD = ConversationKey.of("loja", "chatwoot-666");
  private static final ConversationKey GOOD = ConversationKey.of("loja", "chatwoot-7");
  private static final ConversationKey LATER = ConversationKey.of("loja", "chatwoot-8");
  private static final String CURSED = "maldição";

  @TempDir private Path stateDir;

  /// Where it fails.
  enum Line {
    SETTINGS,
    FINDER,
    FINDER_WITHOUT_END,
    FINDER_OF_ANOTHER_RELEASE,
    TOKEN
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void neighboursAreAnsweredAndTheRestOfTheConversationToo(Line line) {
    try (var driver = driver(line)) {
      var messages =
          driver.createInputTopic(
              Topics.MESSAGES.name(), new StringSerializer(), new ByteArraySerializer());
      var turns =
          driver.createOutputTopic(
              Topics.TURNS.name(), new StringDeserializer(), Topics.TURNS.serde());
      var parked =
          driver.createOutputTopic(
              Topics.parkedOf(Topics.MESSAGES).name(),
              new StringDeserializer(),
              Topics.parkedOf(Topics.MESSAGES).serde());
      for (ConversationEvent event :
          List.of(
              Fixtures.customerWrites(BAD, 1, CURSED),
              Fixtures.customerWrites(GOOD, 2, "quanto custa a furadeira?"))) {
        messages.pipeInput(
            event.conversation().toString(), Topics.MESSAGES.serde().toBytes(event), Fixtures.NOON);
      }

      driver.advanceWallClockTime(Duration.ofSeconds(1));

      assertThat(turns.readValuesToList())
          .extracting(turn -> turn.turn().conversation())
          .containsExactly(GOOD);
      // It is tried again, and holds nobody up then either.
      driver.advanceWallClockTime(Duration.ofMinutes(2));
      var later = Fixtures.customerWrites(LATER, 3, "quanto custa a serra?");
      messages.pipeInput(
          LATER.toString(), Topics.MESSAGES.serde().toBytes(later), Fixtures.NOON.plusSeconds(150));
      driver.advanceWallClockTime(Duration.ofMinutes(1));
      assertThat(turns.readValuesToList())
          .extracting(turn -> turn.turn().conversation())
          .contains(LATER);
      if (line == Line.SETTINGS) {
        assertThat(parked.readValuesToList())
            .singleElement()
            .extracting(Parked::cause)
            .asString()
            .contains("a line that fails");
      }
    }
  }

  private TopologyTestDriver driver(Line line) {
    var settings =
        new IntentSettings(
            "test",
            stateDir,
            1,
            Duration.ofMillis(50),
            Duration.ofSeconds(8),
            Duration.ofSeconds(90),
            4,
            12,
            Duration.ofSeconds(1),
            200,
            Duration.ofMinutes(10),
            Duration.ofDays(30),
            "",
            0,
            1);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    var topology =
        IntentTopology.build(() ->
            new ConversationProcessor(
                tenants(line),
                _ -> false,
                finder(line),
                settings,
                1,
                (turn, _) -> {
                  if (line == Line.TOKEN && turn.conversation().equals(BAD)) {
                    throw new IllegalStateException("a line that fails");
                  }
                  return "token";
                },
                new Stumbles(),
                new AccountMeters(new SimpleMeterRegistry(), 1)));
    return new TopologyTestDriver(topology, properties, Fixtures.NOON);
  }

  private static Function<AccountId, Optional<Tenant>> tenants(Line line) {
    var first = new boolean[] {line == Line.SETTINGS};
    return _ -> {
      if (first[0]) {
        first[0] = false;
        throw new IllegalStateException("a line that fails");
      }
      return Optional.of(Fixtures.aShop());
    };
  }

  private static IntentFinder finder(Line line) {
    var finder = new RuleFinder(Lexicon.builtIn());
    return (messages, tenant, now) -> {
      if (messages.contains(CURSED)) {
        switch (line) {
          case FINDER -> throw new IllegalArgumentException("a line that fails");
          case FINDER_WITHOUT_END -> throw new StackOverflowError();
          case FINDER_OF_ANOTHER_RELEASE -> throw new NoSuchMethodError("a line that fails");
          case SETTINGS, TOKEN -> {}
        }
      }
      return finder.find(messages, tenant, now);
    };
  }
}
