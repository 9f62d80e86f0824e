package io.mcpcrew.crew.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void a_new_one_has_room_for_a_hundred() {
    assertThat(new Window(5_000).room()).isEqualTo(100);
    assertThat(new Window(7).room()).isEqualTo(7);
  }

  @Test
  void each_turn_that_has_ended_leaves_its_room_and_one_more() {
    var window = new Window(5_000);

    hold(window, 100);
    assertThat(window.room()).isZero();
    end(window, 100);

    assertThat(window.room()).isEqualTo(200);
    assertThat(window.held()).isZero();
  }

  @Test
  void it_grows_to_its_end_and_no_further() {
    var window = new Window(130);

    hold(window, 100);
    end(window, 100);

    assertThat(window.room()).isEqualTo(130);
  }

  @Test
  void a_few_free_places_are_not_worth_a_transaction() {
    var window = new Window(5_000);
    hold(window, 100);

    end(window, 30);
    assertThat(window.room()).as("60 of 130").isZero();

    end(window, 1);
    assertThat(window.room()).as("62 of 131, less than half").isZero();
    end(window, 10);
    assertThat(window.room()).isEqualTo(82);
  }

  @Test
  void a_large_one_waits_for_room_for_a_whole_poll() {
    var window = new Window(2_000);
    hold(window, 3_000);
    end(window, 3_000);
    hold(window, 1_501);

    assertThat(window.room()).isZero();
    end(window, 1);
    assertThat(window.room()).isEqualTo(500);
  }

  private static void hold(Window window, int turns) {
    IntStream.range(0, turns).forEach(_ -> window.taken());
  }

  private static void end(Window window, int turns) {
    IntStream.range(0, turns).forEach(_ -> window.ended());
  }
}
