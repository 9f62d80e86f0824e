package io.mcpcrew.ingest.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.EventKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineLinesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");

  private static ConversationEvent event(EventKind kind, Author author, String deliveredBy) {
    return new ConversationEvent(
        "chatwoot/loja/message_created/17",
        ConversationKey.of("loja", "chatwoot-7"),
        kind,
        "message_created",
        author,
        17L,
        Content.of("quanto custa a furadeira?"),
        List.of(),
        null,
        "whatsapp",
        "1",
        null,
        NOON,
        NOON,
        deliveredBy);
  }

  @Test
  void aMessageIsToldWithoutItsWords() {
    TimelineLine line =
        TimelineLines.of(event(EventKind.MESSAGE, Author.CUSTOMER, "agent_bot")).getFirst();

    assertThat(line.text()).isEqualTo("message 17 of customer on whatsapp, by agent_bot");
    assertThat(line.stage()).isEqualTo("message");
    assertThat(line.message()).isEqualTo(17);
    assertThat(line.turn()).isNull();
  }

  @Test
  void theSameMessageDeliveredTwiceIsOneLine() {
    assertThat(
            TimelineLines.of(event(EventKind.MESSAGE, Author.CUSTOMER, "agent_bot"))
                .getFirst()
                .id())
        .isEqualTo(
            TimelineLines.of(event(EventKind.MESSAGE, Author.CUSTOMER, "account_webhook"))
                .getFirst()
                .id());
  }

  @Test
  void whatWeSaidAndWhatNobodySaidIsNotToldHere() {
    assertThat(TimelineLines.of(event(EventKind.MESSAGE, Author.OUR_AGENT, "agent_bot"))).isEmpty();
    assertThat(TimelineLines.of(event(EventKind.ASSIGNED, Author.SYSTEM, "agent_bot"))).isEmpty();
  }
}
