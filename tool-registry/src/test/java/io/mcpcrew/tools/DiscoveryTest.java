package io.mcpcrew.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // each test begins with a server
class DiscoveryTest {
  private final Discovery discovery = new Discovery(Duration.ofSeconds(3));
  private PagedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new PagedServer(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_page_is_read_once() {
    assertThat(discovery.ask(server.url(), "t"))
        .extracting(Offered::name)
        .containsExactly("tool_0", "tool_1", "tool_2");
    assertThat(server.asked).hasValue(3);
  }

  @Test
  void as_many_pages_as_are_allowed_are_read() {
    server.pages = 50;

    assertThat(discovery.ask(server.url(), "t")).hasSize(50);
  }

  @Test
  void a_server_with_pages_without_end_is_not_believed() {
    server.pages = Integer.MAX_VALUE;

    assertThatThrownBy(() -> discovery.ask(server.url(), "t")).hasMessageContaining("50 pages");
    assertThat(server.asked).hasValueLessThanOrEqualTo(51);
  }

  @Test
  void a_server_that_hangs_is_given_up_about_when_its_time_is_over() {
    server.hangs = true;
    var hasty = new Discovery(Duration.ofMillis(500));
    long began = System.nanoTime();

    assertThatThrownBy(() -> hasty.ask(server.url(), "t")).isInstanceOf(RuntimeException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void where_nobody_listens_nothing_is_offered() {
    server.close();

    assertThatThrownBy(() -> discovery.ask(server.url(), "t")).isInstanceOf(RuntimeException.class);
  }
}
