package io.mcpcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each rule of the protocol is switched off in turn, and must be missed. A history that misses it
/// is remembered by its seed, so that it need not be searched for every time; after a change of the
/// simulation it is searched for again, and the file can be mended.
@SuppressWarnings("NullAway") // a test's failures are looked at by people
class MutationTest {
  private static final Properties SEEDS = seeds();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Timeout(900)
  void a_rule_that_is_switched_off_is_missed(Mutation mutation) {
    var simulator = new Simulator(mutation);

    assertThat(
            remembered(simulator, mutation)
                .or(() -> simulator.firstFailure(1, ProtocolTest.BUDGET)))
        .as(() -> "no history misses the rule that " + mutation + " switches off")
        .isPresent();
  }

  private static Optional<History> remembered(Simulator simulator, Mutation mutation) {
    return Optional.ofNullable(SEEDS.getProperty(mutation.name()))
        .map(Long::parseLong)
        .map(simulator::history)
        .filter(history -> !history.violations().isEmpty());
  }

  private static Properties seeds() {
    var seeds = new Properties();
    try (InputStream file =
        Objects.requireNonNull(MutationTest.class.getResourceAsStream("seeds.properties"))) {
      seeds.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seeds;
  }
}
