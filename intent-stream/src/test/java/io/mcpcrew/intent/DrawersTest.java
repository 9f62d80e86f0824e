package io.mcpcrew.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a task keeps lies in one store, and each part of it knows its own only.
class DrawersTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final byte[] SOMETHING = {7};

  @TempDir private Path folder;
  private TestStore store;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // all is made here
  void start() {
    store = new TestStore(folder);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Drawer drawer(Drawer.Part part) {
    return new Drawer(store.store(), part);
  }

  @Test
  void noPartSeesWhatAnotherKeeps() {
    for (Drawer.Part part : Drawer.Part.values()) {
      drawer(part).put("loja/1", part.name().getBytes(UTF_8));
      drawer(part).put(part + "/2", SOMETHING);
    }
    for (Drawer.Part part : Drawer.Part.values()) {
      assertThat(drawer(part).get("loja/1")).isEqualTo(part.name().getBytes(UTF_8));
      assertThat(drawer(part).keys("", null, 100)).containsExactlyInAnyOrder("loja/1", part + "/2");
    }

    drawer(Drawer.Part.QUEUE).remove("loja/1");

    assertThat(drawer(Drawer.Part.QUEUE).keys("", null, 100)).containsExactly("QUEUE/2");
    assertThat(drawer(Drawer.Part.PLACES).keys("", null, 100)).hasSize(2);
  }

  @Test
  void keysComeInTheirOrderFromOneOnAndBeforeAnother() {
    Drawer drawer = drawer(Drawer.Part.QUEUE);
    List.of("b/1", "a/2", "a/1", "c/1").forEach(key -> drawer.put(key, SOMETHING));

    assertThat(drawer.keys("", null, 100)).containsExactly("a/1", "a/2", "b/1", "c/1");
    assertThat(drawer.keys("a/2", "c/1", 100)).containsExactly("a/2", "b/1");
    assertThat(drawer.keys("", null, 2)).containsExactly("a/1", "a/2");
    assertThat(drawer.first("a/3", "b")).isEmpty();
  }

  @Test
  void whatIsAtHandIsAlwaysWhatIsStored() {
    var dice = new Random(7);
    var drawer = new Drawer(store.store(), Drawer.Part.CONVERSATIONS, 5);
    Map<String, byte[]> expected = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      String key = "loja/" + dice.nextInt(12);
      switch (dice.nextInt(4)) {
        case 0 -> {
          byte[] value = Integer.toString(i).getBytes(UTF_8);
          drawer.put(key, value);
          expected.put(key, value);
        }
        case 1 -> {
          drawer.remove(key);
          expected.remove(key);
        }
        case 2 -> {
          drawer.put(key, null);
          expected.remove(key);
        }
        default -> {}
      }
      assertThat(drawer.get(key)).isEqualTo(expected.get(key));
      assertThat(drawer(Drawer.Part.CONVERSATIONS).get(key)).isEqualTo(expected.get(key));
    }
  }

  @Test
  void whateverIsMovedTheTimersThatAreDueAreFoundInTheirOrder() {
    var dice = new Random(4);
    var timers = new Timers(drawer(Drawer.Part.TIMERS));
    Map<String, Instant> expected = new HashMap<>();
    Instant now = NOON;
    for (int i = 0; i < 3_000; i++) {
      String conversation = "loja/" + dice.nextInt(40);
      switch (dice.nextInt(4)) {
        case 0, 1 -> {
          Instant to = dice.nextInt(5) == 0 ? null : now.plusMillis(dice.nextInt(9_000));
          timers.move(conversation, expected.remove(conversation), to);
          if (to != null) {
            expected.put(conversation, to);
          }
        }
        case 2 -> now = now.plus(Duration.ofMillis(dice.nextInt(400)));
        default -> runAll(timers, expected, now, dice);
      }
      Instant at = now;
      assertThat(timers.isDue(now))
          .as("step %d", i)
          .isEqualTo(expected.values().stream().anyMatch(due -> !due.isAfter(at)));
    }
  }

  private static void runAll(
      Timers timers, Map<String, Instant> expected, Instant now, Random dice) {
    List<Timers.Timer> due = new ArrayList<>();
    expected.forEach((conversation, at) -> {
      if (!at.isAfter(now)) {
        due.add(new Timers.Timer(at, conversation));
      }
    });
    due.sort(Comparator.comparing(Timers.Timer::at).thenComparing(Timers.Timer::conversation));
    assertThat(timers.due(now, 1_000)).isEqualTo(due);
    for (Timers.Timer timer : due) {
      switch (dice.nextInt(3)) {
        case 0 -> {
          timers.ran(timer, null);
          expected.remove(timer.conversation());
        }
        case 1 -> {
          Instant later = now.plusMillis(1 + dice.nextInt(5_000));
          timers.ran(timer, later);
          expected.put(timer.conversation(), later);
        }
        default -> {
          Instant later = now.plusSeconds(60);
          timers.postpone(timer, later);
          expected.put(timer.conversation(), later);
        }
      }
    }
  }
}
