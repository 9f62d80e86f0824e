package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.Quiet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How bursts become turns, as the account wants it in each channel.
class GatheringTest extends ConversationDriver {
  @Test
  void each_channel_waits_as_its_profile_says_and_one_never_seen_as_all_others() {
    tenant =
        withSettings(
            """
            "gathering": {"gap": "PT1S", "longest": "PT9S", "most": 9,
                          "channels": {"facebook": {"gap": "PT5S"}}},
            """);

    assertThat(waitAfter("whatsapp")).isEqualTo(Duration.ofSeconds(1));
    assertThat(waitAfter("facebook")).isEqualTo(Duration.ofSeconds(5));
    assertThat(waitAfter("email")).isEqualTo(Duration.ofSeconds(5));
    assertThat(waitAfter("carrier-pigeon")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_program_that_writes_through_the_api_is_answered_at_once() {
    hear(on("api", customer(QUESTION)));

    assertThat(phase()).isInstanceOf(Answering.class);
  }

  @Test
  void a_file_is_often_explained_in_the_next_message() {
    hear(withFile(customer("")));

    assertThat(((Gathering) phase()).closesAt()).isEqualTo(NOON.plusSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quanto custa a trena? Só isso!", "so isso", "É SÓ ISSO"})
  void who_says_that_this_was_all_is_answered_at_once(String text) {
    hear(customer("oi"));
    hear(customer(text));

    assertThat(handed().messages()).hasSize(2);
  }

  @Test
  void a_message_that_comes_late_stands_where_it_was_written() {
    hear(customerWrites(3, "e a trena?"));
    hear(customerWrites(2, QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(handed().messages().stream().map(line -> line.text().readable()))
        .containsExactly(QUESTION, "e a trena?");
  }

  @Test
  void what_was_deleted_before_it_was_answered_is_not_answered() {
    hear(customerWrites(1, QUESTION));
    hear(
        Fixtures.event(
            CONVERSATION,
            EventKind.DELETED,
            Author.CUSTOMER,
            1L,
            "",
            ConversationStatus.PENDING,
            NOON));
    pass(Duration.ofSeconds(1));

    assertThat(phase()).isInstanceOf(Quiet.class);
    assertThat(commands).isEmpty();
  }

  @Test
  void what_was_changed_before_it_was_answered_is_answered_as_it_is_now() {
    hear(customerWrites(1, QUESTION));
    hear(
        Fixtures.event(
            CONVERSATION,
            EventKind.EDITED,
            Author.CUSTOMER,
            1L,
            "quanto custa a trena?",
            ConversationStatus.PENDING,
            NOON));
    pass(Duration.ofSeconds(1));

    assertThat(handed().messages().getFirst().text().readable()).isEqualTo("quanto custa a trena?");
  }
}
