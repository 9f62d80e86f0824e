package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.protocol.Look;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LooksTest {
  private static final String KEY = "loja/chatwoot-7#3";

  @Test
  void our_key_is_found_wherever_it_stands() {
    Look look =
        look(
            """
            {"id":10,"message_type":0,"content_attributes":{},"sender":{"type":"contact"}},
            {"id":11,"message_type":1,"content_attributes":{"crew_reply_key":"loja/chatwoot-7#3"},
             "sender":{"type":"agent_bot"}},
            {"id":12,"message_type":0,"content_attributes":{},"sender":{"type":"contact"}}
            """);

    assertThat(look.ours()).hasValue(11);
    assertThat(look.humanSpoke()).isFalse();
  }

  @Test
  void a_label_that_silences_the_agent_is_a_person_s_word() {
    var labelled = JsonMapper.shared().readTree("{\"meta\":{\"labels\":[\"vip\",\"sem-bot\"]}}");

    assertThat(Looks.of(labelled, KEY, Set.of("sem-bot")).humanSpoke()).isTrue();
    assertThat(Looks.of(labelled, KEY, Set.of("silêncio")).humanSpoke()).isFalse();
  }

  @Test
  void the_key_of_another_reply_is_not_ours() {
    assertThat(
            look("""
            {"id":11,"message_type":1,
             "content_attributes":{"crew_reply_key":"loja/chatwoot-7#30"}}
            """)
                .ours())
        .isEmpty();
  }

  @Test
  void a_person_who_wrote_to_the_customer_is_seen() {
    assertThat(look(byPerson(1, false)).humanSpoke()).isTrue();
  }

  @Test
  void a_private_note_does_not_count_as_an_answer() {
    assertThat(look(byPerson(1, true)).humanSpoke()).isFalse();
  }

  @Test
  void an_activity_does_not_count_although_a_person_caused_it() {
    assertThat(look(byPerson(2, false)).humanSpoke()).isFalse();
  }

  @Test
  void neither_a_customer_nor_a_bot_is_a_person() {
    assertThat(
            look("""
            {"id":1,"message_type":0,"private":false,"content_attributes":{},
             "sender":{"type":"contact"}},
            {"id":2,"message_type":1,"private":false,"content_attributes":{},
             "sender":{"type":"agent_bot"}},
            {"id":3,"message_type":1,"private":false,"content_attributes":null,
             "sender":null},
            {"id":4,"message_type":1}
            """)
                .humanSpoke())
        .isFalse();
  }

  @Test
  void what_carries_a_key_of_ours_was_written_by_no_person() {
    assertThat(
            look("""
            {"id":2,"message_type":1,"private":false,
             "content_attributes":{"crew_reply_key":"loja/chatwoot-7#2"},
             "sender":{"type":"user"}}
            """)
                .humanSpoke())
        .isFalse();
  }

  @Test
  void an_empty_conversation_and_a_strange_answer_show_nothing() {
    assertThat(look("")).isEqualTo(new Look(OptionalLong.empty(), false));
    assertThat(Looks.of(JsonMapper.shared().readTree("{\"a\":1}"), KEY, Set.of()).humanSpoke())
        .isFalse();
  }

  private static String byPerson(int type, boolean note) {
    return """
    {"id":5,"message_type":%d,"private":%s,"content_attributes":{},"sender":{"type":"user"}}
    """
        .formatted(type, note);
  }

  private static Look look(String messages) {
    return Looks.of(
        JsonMapper.shared().readTree("{\"payload\":[" + messages + "]}"), KEY, Set.of());
  }
}
